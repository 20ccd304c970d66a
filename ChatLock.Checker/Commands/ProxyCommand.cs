using System.CommandLine;
using System.Net;
using ChatLock.Checker.Faults;

namespace ChatLock.Checker.Commands;

/// <summary>The fault proxy by itself, until it is told to stop.</summary>
internal static class ProxyCommand
{
    public static Command Make()
    {
        var listen = new Option<int>("--listen") { Description = "port to listen at on 127.0.0.1; 0 takes any free one" };
        var to = new Option<string>("--to") { Required = true, Description = "the gateway: 127.0.0.1:PORT" };
        var connections = new Option<int>("--connections-max") { DefaultValueFactory = _ => FaultProxy.ConnectionsMaxDefault };
        var quiet = new Option<bool>("--quiet") { Description = "don't print each fault" };
        var rates = new FaultOptions();
        var command = new Command("proxy", "lets things go wrong between clients and a gateway") { listen, to, connections, quiet };
        rates.AddTo(command);
        command.SetAction(async (parsed, stopping) =>
        {
            if (!IPEndPoint.TryParse(parsed.GetValue(to)!, out var target) || !IPAddress.IsLoopback(target.Address))
            {
                await Console.Error.WriteLineAsync("--to takes an address of this machine with a port: 127.0.0.1:4600").ConfigureAwait(false);
                return ExitCode.Unusable;
            }
            var settings = rates.Read(parsed);
            await using var proxy = FaultProxy.Start(
                target, (number, direction) => FaultSchedule.Of(settings, number, direction), TimeProvider.System,
                parsed.GetValue(listen), parsed.GetValue(connections));
            if (!parsed.GetValue(quiet))
                proxy.OnFault += Console.WriteLine;
            Console.WriteLine($"listening on {proxy.Endpoint}, leading to {target}, seed {settings.Seed}");
            await WaitAsync(stopping).ConfigureAwait(false);
            foreach (var (kind, count) in proxy.Happened.OrderBy(pair => pair.Key))
                Console.WriteLine($"{kind}: {count}");
            return ExitCode.Good;
        });
        return command;
    }

    private static async Task WaitAsync(CancellationToken stopping)
    {
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, stopping).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Told to stop.
        }
    }
}

/// <summary>The options that say how often what goes wrong.</summary>
internal sealed class FaultOptions
{
    private readonly Option<ulong> _seed = new("--seed") { Description = "decides which faults come when" };
    private readonly Option<double>[] _rates =
        [Rate("cut"), Rate("stall"), Rate("delay"), Rate("drip"), Rate("half-close"), Rate("corrupt")];
    private readonly Option<double> _stallLongest = new("--stall-longest") { DefaultValueFactory = _ => 5, Description = "seconds" };

    public void AddTo(Command command)
    {
        command.Options.Add(_seed);
        foreach (var rate in _rates)
            command.Options.Add(rate);
        command.Options.Add(_stallLongest);
    }

    public FaultSettings Read(ParseResult parsed) => new()
    {
        Seed = parsed.GetValue(_seed),
        Cut = parsed.GetValue(_rates[0]),
        Stall = parsed.GetValue(_rates[1]),
        Delay = parsed.GetValue(_rates[2]),
        Drip = parsed.GetValue(_rates[3]),
        HalfClose = parsed.GetValue(_rates[4]),
        Corrupt = parsed.GetValue(_rates[5]),
        StallLongest = TimeSpan.FromSeconds(parsed.GetValue(_stallLongest)),
    };

    private static Option<double> Rate(string kind)
    {
        var rate = new Option<double>($"--{kind}") { Description = "chance in each KiB that passes, 0 to 1" };
        rate.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (>= 0 and <= 1))
                result.AddError($"--{kind} takes a chance from 0 to 1.");
        });
        return rate;
    }
}
