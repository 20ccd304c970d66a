using Akka.Actor;
using Akka.Configuration;
using ChatLock.Checker.Canaries;
using ChatLock.Checker.Checking;
using ChatLock.Checker.History;
using ChatLock.Client.Connection;

namespace ChatLock.Checker.Soak;

/// <summary>Many clients of one gateway, through proxies that let things go wrong, while it is killed again and again. In the end
/// what everyone saw is put together and judged.</summary>
internal sealed class SoakRun : IAsyncDisposable
{
    private static readonly Config Quiet = ConfigurationFactory.ParseString(
        "akka { loglevel = OFF, stdout-loglevel = OFF, log-dead-letters = off, log-dead-letters-during-shutdown = off }");

    /// <summary>When nothing has happened for so long, nothing more comes. A database on a busy machine may rest for a while.</summary>
    private static readonly TimeSpan Stillness = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan AMoment = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan BetweenThefts = TimeSpan.FromSeconds(3);

    private readonly SoakSettings _settings;
    private readonly TimeProvider _time = TimeProvider.System;
    private readonly Action<string> _say;
    private readonly ActorSystem _system = ActorSystem.Create("chatlock-soak", Quiet);
    private readonly SoakCounts _counts = new();
    private readonly string _canary = CanarySet.New();
    private readonly GatewayProcess _gateway;
    private readonly SoakProxies _proxies;
    private readonly HistoryWriter _history;
    private readonly IReadOnlyList<Soaker> _soakers;
    private Task _running = Task.CompletedTask;
    private bool _isWritten;

    private SoakRun(SoakSettings settings, Action<string> say, GatewayProcess gateway)
    {
        (_settings, _say, _gateway) = (settings, say, gateway);
        _history = HistoryWriter.Create(HistoryFile(settings), new HistoryClock(_time));
        _proxies = SoakProxies.Start(settings, gateway, _history);
        _soakers = [.. Enumerable.Range(0, settings.Clients).Select(MakeSoaker)];
    }

    /// <param name="settings">What to do.</param>
    /// <param name="say">Told how it goes, a line at a time.</param>
    /// <exception cref="SoakException">It couldn't begin.</exception>
    public static async Task<SoakResult> RunAsync(SoakSettings settings, Action<string> say)
    {
        Directory.CreateDirectory(settings.Folder);
        var gateway = await GatewayProcess.StartAsync(settings).ConfigureAwait(false);
        await using (gateway.ConfigureAwait(false))
        {
            var run = new SoakRun(settings, say, gateway);
            await using (run.ConfigureAwait(false))
                return await run.RunAsync().ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await EndClientsAsync().ConfigureAwait(false);
        foreach (var soaker in _soakers)
            soaker.Dispose();
        await _system.Terminate().ConfigureAwait(false);
        await _proxies.DisposeAsync().ConfigureAwait(false);
        if (!_isWritten)
            await _history.DisposeAsync().ConfigureAwait(false);
    }

    private static string HistoryFile(SoakSettings settings) => Path.Combine(settings.Folder, "history.jsonl");

    private async Task<SoakResult> RunAsync()
    {
        var start = _time.GetTimestamp();
        _proxies.IsQuiet = true;
        _running = Task.WhenAll(_soakers.Select(soaker => soaker.RunAsync()));
        if (!await WaitAsync(() => _soakers.All(soaker => soaker.IsReady), _settings.Patience).ConfigureAwait(false))
            throw new SoakException($"Only {_soakers.Count(soaker => soaker.IsReady)} of {_soakers.Count} clients got into all their rooms.");
        _say($"{_soakers.Count} clients in {_settings.Rooms} rooms; seed {_settings.Seed}");

        _proxies.IsQuiet = false;
        var thief = await StormAsync().ConfigureAwait(false);
        _proxies.IsQuiet = true;
        await SettleAsync().ConfigureAwait(false);
        var away = _soakers.Count(soaker => !soaker.IsOnline);

        await EndClientsAsync().ConfigureAwait(false);
        await _proxies.DisposeAsync().ConfigureAwait(false);
        foreach (var soaker in _soakers)
            await soaker.EndAsync().ConfigureAwait(false);
        _isWritten = true;
        await _history.DisposeAsync().ConfigureAwait(false);
        await _gateway.StopAsync().ConfigureAwait(false);
        return Judge(thief, away) with { Took = _time.GetElapsedTime(start) };
    }

    private async Task EndClientsAsync()
    {
        foreach (var soaker in _soakers)
            await soaker.StopAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
    }

    private async Task<NameThief> StormAsync()
    {
        var load = new SoakLoad(_settings, _soakers, _canary);
        var thief = new NameThief(_system, () => SoakProxies.Address(_gateway.Plain, isPlain: true), _soakers, _history, new Random((int)_settings.Seed));
        using var over = new CancellationTokenSource();
        var beside = Task.WhenAll(
            RepeatAsync(BetweenThefts, thief.TryOneAsync, over.Token),
            RepeatAsync(TimeSpan.FromSeconds(10), () => SayHowItGoes(load), over.Token),
            KillAsync());
        await load.RunAsync(_time).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
        await beside.ConfigureAwait(false);
        return thief;
    }

    /// <summary>Kills the gateway so many times, evenly spread, the last one while messages are still sent.</summary>
    private async Task KillAsync()
    {
        for (var kill = 0; kill < _settings.Kills; kill++)
        {
            await Task.Delay(_settings.Duration / (_settings.Kills + 1), _time).ConfigureAwait(false);
            var start = _time.GetTimestamp();
            await _gateway.KillAndRestartAsync().ConfigureAwait(false);
            _say($"killed the gateway, and started it again in {_time.GetElapsedTime(start).TotalSeconds:0.0} s");
        }
    }

    /// <summary>Until everyone is back and all has come, and for a moment more, in which what came twice would come; or until
    /// nothing comes any more.</summary>
    private Task<bool> SettleAsync()
    {
        var (events, since) = (_counts.Events, _time.GetTimestamp());
        return WaitAsync(
            () =>
            {
                if (_counts.Events != events)
                    (events, since) = (_counts.Events, _time.GetTimestamp());
                var hasAll = _soakers.All(soaker => soaker.Unanswered == 0) && _counts.Came >= _counts.Owed;
                return _soakers.All(soaker => soaker.IsOnline) && _time.GetElapsedTime(since) > (hasAll ? AMoment : Stillness);
            },
            _settings.Patience);
    }

    private SoakResult Judge(NameThief thief, int away)
    {
        _say("judging");
        var verdict = HistoryFiles.Check([HistoryFile(_settings)]);
        string[] files = [_gateway.DataFolder, _gateway.OutputFile, .. _settings.ScanToo];
        var canaries = CanaryScan.Scan(CanarySet.Of([_canary]), files);
        return new SoakResult
        {
            Verdict = verdict,
            Kills = _gateway.Kills,
            Faults = _proxies.Happened,
            Away = away,
            Failed = _counts.Failed,
            Unreadable = _counts.Unreadable,
            RoomsLost = _counts.RoomsLost,
            PrivateGaps = _counts.PrivateGaps,
            NamesRefused = thief.Refused,
            NamesGiven = thief.Given,
            Canaries = canaries.Found,
            BytesScanned = canaries.Bytes,
            SawNames = CanaryScan.Scan(CanarySet.Of([_soakers[0].Name]), files).Found.Count > 0,
            ExpectedNames = _settings.ExpectsNamesOnDisk,
            Folder = _settings.Folder,
            Seed = _settings.Seed,
        };
    }

    private Task SayHowItGoes(SoakLoad load)
    {
        _say($"{load.Sent} said, {_counts.Owed} deliveries owed, {_counts.Came} came, {_proxies.Happened.Values.Sum()} faults, " +
            $"{_soakers.Count(soaker => !soaker.IsOnline)} away");
        return Task.CompletedTask;
    }

    private Soaker MakeSoaker(int number)
    {
        var name = $"soaker-number-{number:000}";
        var client = new LibraryClient(_system, _proxies.AddressFor(number), name);
        return new Soaker(client, name, RoomsFor(number), _history, _counts);
    }

    /// <summary>Rooms beside the lobby: a few each, so that any two rooms share members.</summary>
    private List<string> RoomsFor(int number) =>
    [
        .. Enumerable.Range(0, Math.Min(_settings.RoomsEach, _settings.Rooms - 1))
            .Select(one => $"#soak-room-{(number + one * (1 + number / (_settings.Rooms - 1) % 2)) % (_settings.Rooms - 1) + 1}").Distinct(),
    ];

    private async Task<bool> WaitAsync(Func<bool> isDone, TimeSpan patience)
    {
        var start = _time.GetTimestamp();
        while (!isDone() && _time.GetElapsedTime(start) < patience)
            await Task.Delay(BetweenLooks, _time).ConfigureAwait(false);
        return isDone();
    }

    private async Task RepeatAsync(TimeSpan every, Func<Task> action, CancellationToken over)
    {
        using var timer = new PeriodicTimer(every, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(over).ConfigureAwait(false))
                await action().ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The storm is over.
        }
    }
}
