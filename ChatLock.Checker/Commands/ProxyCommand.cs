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
        var rates = new FaultOptions(new FaultSettings());
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
