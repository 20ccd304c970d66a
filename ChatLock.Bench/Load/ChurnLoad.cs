using System.Diagnostics;
using ChatLock.Gateway;
using ChatLock.Gateway.Settings;

namespace ChatLock.Bench.Load;

/// <summary>What many comings and goings left behind.</summary>
internal sealed record ChurnResult(int Connections, double Seconds, long ManagedBefore, long ManagedAfter, long SessionsLeft)
{
    public double Growth => (double)ManagedAfter / ManagedBefore - 1;
}

/// <summary>Clients that come, are welcomed and go. The gateway runs in this process, so that a GC can be asked for.</summary>
internal static class ChurnLoad
{
    private const int WarmupConnections = 2000;
    private const int AtOnce = 16;

    public static async Task<ChurnResult> RunAsync(int connections)
    {
        var data = Directory.CreateTempSubdirectory("chatlock-bench-");
        try
        {
            await using var host = await GatewayHost.StartAsync(Settings(data.FullName), TimeProvider.System);
            await ComeAndGoAsync(host, WarmupConnections);
            var before = Settled();
            var watch = Stopwatch.StartNew();
            await ComeAndGoAsync(host, connections);
            var seconds = watch.Elapsed.TotalSeconds;
            return new ChurnResult(connections, seconds, before, Settled(), host.Server.Counters.Sessions);
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private static Akka.Configuration.Config Settings(string data) => SettingsLayers.Merge(
        new Dictionary<string, string>
        {
            ["data-folder"] = data,
            ["listen.tcp"] = "",
            ["listen.tcp-plain"] = "127.0.0.1:0",
            ["listen.page"] = "",
            ["listen.page-tls"] = "",
            ["names.reserve-for"] = "0 s", // else names would be kept for keys that are gone
        },
        [],
        file: null);

    private static async Task ComeAndGoAsync(GatewayHost host, int connections)
    {
        await Parallel.ForAsync(0, connections, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (i, _) =>
        {
            using var client = new WireClient();
            await client.EnterAsync(host.TcpPlain!, tls: false, $"churn{i}");
            await client.LeaveAsync();
        });

        // The last goodbyes are on their way through the actors.
        for (var tries = 0; host.Server.Counters.Sessions > 0 && tries < 100; tries++)
            await Task.Delay(50);
    }

    private static long Settled()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
