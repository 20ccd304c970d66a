namespace ChatLock.Checker.Soak;

/// <summary>Lets the clients say things, so many a second in all, wherever they are.</summary>
internal sealed class SoakLoad(SoakSettings settings, IReadOnlyList<Soaker> soakers, string canary)
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    /// <summary>Messages that a client may have without an answer; it says nothing more then, as people would.</summary>
    private const int UnansweredMax = 200;

    private readonly Random _random = new((int)settings.Seed);

    public int Sent { get; private set; }

    public async Task RunAsync(TimeProvider time)
    {
        var start = time.GetTimestamp();
        using var ticks = new PeriodicTimer(Tick, time);
        while (time.GetElapsedTime(start) is var passed && passed < settings.Duration)
        {
            for (var due = (int)(passed.TotalSeconds * settings.PerSecond); Sent < due; Sent++)
                await SayOneAsync().ConfigureAwait(false);
            await ticks.WaitForNextTickAsync().ConfigureAwait(false);
        }
    }

    private async Task SayOneAsync()
    {
        var soaker = soakers[_random.Next(soakers.Count)];
        if (soaker.Unanswered >= UnansweredMax)
            return;
        var text = SoakText.Of(canary, SoakText.NewId(), _random);
        var other = soakers[_random.Next(soakers.Count)];
        if (_random.NextDouble() < settings.PrivateShare && other != soaker)
            await soaker.SayToAsync(other, text).ConfigureAwait(false);
        else
            await soaker.SayAsync(RoomOf(soaker), text).ConfigureAwait(false);
    }

    /// <remarks>Each room gets its share, the lobby among them, though all are in that.</remarks>
    private string RoomOf(Soaker soaker) => _random.Next(settings.Rooms) == 0 || soaker.Rooms.Count == 1
        ? soaker.Rooms[0]
        : soaker.Rooms[1 + _random.Next(soaker.Rooms.Count - 1)];
}
