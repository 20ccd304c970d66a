using System.Diagnostics;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Bench.Load;

/// <summary>What cutting everyone at once came to.</summary>
internal sealed record CutResult(int Clients, bool Tls, double AllResumedSeconds, int Posted, double ServerCpuSeconds);

/// <summary>All connections are cut in one moment while someone goes on posting; all come back as fast as they can. Each must get
/// each message once, in order.</summary>
internal static class CutLoad
{
    /// <summary>Connections under way at once, as a crowd behind a few addresses would make.</summary>
    private const int AtOnce = 64;
    private static readonly TimeSpan BetweenPosts = TimeSpan.FromMilliseconds(50);

    public static async Task<CutResult> RunAsync(GatewayUnderTest gateway, int clients, bool tls)
    {
        var server = tls ? gateway.Tls : gateway.Plain;
        using var crowd = await Crowd.EnterAsync(server, tls, clients);
        using var posters = await Crowd.EnterAsync(gateway.Plain, tls: false, 1, name: "poster");
        var stood = await Task.WhenAll(crowd.Clients.Select(ReadToNowAsync));
        var usage = gateway.Usage;
        using var stop = new CancellationTokenSource();
        var posting = PostAsync(posters.Clients[0], stop.Token);

        foreach (var client in crowd.Clients)
            client.Cut();
        var watch = Stopwatch.StartNew();
        var back = new WireClient[clients];
        await Parallel.ForAsync(0, clients, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (i, _) =>
        {
            back[i] = new WireClient(crowd.Clients[i].Key);
            await back[i].EnterAsync(server, tls, $"bench{i}", (crowd.Clients[i].Welcome.ResumeToken, [stood[i]]));
            if (!back[i].Welcome.Resumed)
                throw new BenchException($"client {i} wasn't resumed");
        });
        var seconds = watch.Elapsed.TotalSeconds;
        var cpu = gateway.Usage.CpuSeconds - usage.CpuSeconds;
        await stop.CancelAsync();
        var last = await posting;
        await Task.WhenAll(back.Select((client, i) => ReadUntilAsync(client, stood[i], last.Sequence)));
        foreach (var client in back)
            client.Dispose();
        return new CutResult(clients, tls, seconds, (int)(last.Sequence - stood[0].Sequence), cpu);
    }

    /// <summary>Nobody has posted yet: where a client stands is what its Welcome said.</summary>
    private static Task<Position> ReadToNowAsync(WireClient client) => Task.FromResult(client.Welcome.Rooms[0].Position);

    private static async Task<Position> PostAsync(WireClient poster, CancellationToken stop)
    {
        var payloads = new OpaquePayloads(1, bytes: 200);
        var at = poster.Welcome.Rooms[0].Position.Clone();
        for (var @ref = 2UL; !stop.IsCancellationRequested; @ref++)
        {
            var payload = payloads.Next(0);
            await poster.SendAsync(new ClientFrame
            {
                Ref = @ref,
                Post = new Post { Room = at.Room, MessageId = payload.Id, Envelope = payload.Envelope },
            });
            ServerFrame frame;
            while ((frame = await poster.ReadAsync()).Reply is null)
            {
            }
            at.Sequence = frame.Reply.Accepted?.Sequence ?? throw new BenchException($"a post was answered {frame.Reply}");
            await Task.Delay(BetweenPosts, CancellationToken.None);
        }
        return at;
    }

    private static async Task ReadUntilAsync(WireClient client, Position stood, ulong last)
    {
        for (var next = stood.Sequence + 1; next <= last;)
        {
            var frame = await client.ReadAsync();
            if (frame.Gap is { } gap)
                throw new BenchException($"a gap: {gap}");
            if (frame.Posted is not { } posted)
                continue;
            if (posted.Position.Sequence != next++)
                throw new BenchException($"message {posted.Position} came where {next - 1} was due");
        }
    }
}
