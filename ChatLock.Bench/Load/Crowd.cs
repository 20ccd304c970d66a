using System.Net;

namespace ChatLock.Bench.Load;

/// <summary>Many clients that are in.</summary>
internal sealed class Crowd : IDisposable
{
    private const int AtOnce = 16;

    private Crowd(WireClient[] clients) => Clients = clients;

    public WireClient[] Clients { get; }

    /// <summary>Brings them in, a few at once.</summary>
    public static async Task<Crowd> EnterAsync(IPEndPoint server, bool tls, int count, Action<WireClient>? entered = null, string name = "bench")
    {
        var clients = new WireClient[count];
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (i, _) =>
        {
            clients[i] = new WireClient();
            await clients[i].EnterAsync(server, tls, $"{name}{i}");
            entered?.Invoke(clients[i]);
        });
        return new Crowd(clients);
    }

    public void Dispose()
    {
        foreach (var client in Clients)
            client.Dispose();
    }
}
