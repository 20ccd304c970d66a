using System.Diagnostics;

namespace ChatLock.Bench.Load;

/// <summary>What holding many connections came to.</summary>
internal sealed record IdleResult(int Clients, bool Tls, double EnterSeconds, double ServerCpuSeconds, long BeforeKiB, long AfterKiB)
{
    public double KiBEach => (double)(AfterKiB - BeforeKiB) / Clients;

    public double EnteredPerSecond => Clients / EnterSeconds;

    public double CpuMillisecondsEach => ServerCpuSeconds / Clients * 1e3;
}

/// <summary>Many clients that are in and say nothing.</summary>
internal static class IdleLoad
{
    /// <summary>Long enough for the last announcement of who came, and for one Ping and Pong each.</summary>
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(30);

    public static async Task<IdleResult> RunAsync(GatewayUnderTest gateway, int clients, bool tls)
    {
        // One client before: what the first connection loads isn't the cost of a connection.
        using var first = await Crowd.EnterAsync(tls ? gateway.Tls : gateway.Plain, tls, 1, name: "first");
        await first.Clients[0].LeaveAsync();

        var before = gateway.Usage;
        var idling = new List<Task>();
        var watch = Stopwatch.StartNew();
        using var crowd = await Crowd.EnterAsync(tls ? gateway.Tls : gateway.Plain, tls, clients, client =>
        {
            lock (idling)
                idling.Add(client.IdleAsync());
        });
        var (seconds, entered) = (watch.Elapsed.TotalSeconds, gateway.Usage);
        await Task.Delay(Settle);
        if (idling.Count(task => task.IsCompleted) is var gone and > 0)
            throw new BenchException($"{gone} of {clients} idle connections were closed");
        return new IdleResult(
            clients, tls, seconds, entered.CpuSeconds - before.CpuSeconds, before.ResidentKiB, gateway.Usage.ResidentKiB);
    }
}
