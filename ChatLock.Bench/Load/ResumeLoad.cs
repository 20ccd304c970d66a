using System.Diagnostics;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Bench.Load;

/// <summary>What it took to come back: from connecting to the last of what was missed.</summary>
internal sealed record ResumeResult(int Missed, IReadOnlyList<double> Milliseconds)
{
    public double Median => Milliseconds.Order().ElementAt(Milliseconds.Count / 2);
}

/// <summary>One client's connection is cut, others post meanwhile, it resumes; each message must come once, in order.</summary>
internal static class ResumeLoad
{
    private const string Lobby = "lobby";
    private const int BatchMax = 50;

    public static async Task<ResumeResult> RunAsync(GatewayUnderTest gateway, int missed, int rounds, int payloadBytes)
    {
        using var crowd = await Crowd.EnterAsync(gateway.Plain, tls: false, 1);
        var poster = crowd.Clients[0];
        var first = new WireClient();
        await first.EnterAsync(gateway.Plain, tls: false, "sleeper");
        var (welcome, at) = (first.Welcome, first.Welcome.Rooms[0].Position);
        var sleeper = first;
        var payloads = new OpaquePayloads(1, payloadBytes);
        var times = new List<double>();
        var @ref = 1UL;
        for (var round = 0; round < rounds; round++)
        {
            sleeper.Cut();
            @ref = await PostAsync(poster, payloads, missed, @ref);
            var watch = Stopwatch.StartNew();
            sleeper = new WireClient(first.Key);
            await sleeper.EnterAsync(gateway.Plain, tls: false, "sleeper", (welcome.ResumeToken, [at]));
            if (!sleeper.Welcome.Resumed)
                throw new BenchException("the session wasn't resumed");
            at = await ReadAsync(sleeper, at, missed);
            times.Add(watch.Elapsed.TotalMilliseconds);
            welcome = sleeper.Welcome;
        }
        sleeper.Dispose();
        first.Dispose();
        return new ResumeResult(missed, times);
    }

    private static async Task<ulong> PostAsync(WireClient poster, OpaquePayloads payloads, int count, ulong @ref)
    {
        for (var posted = 0; posted < count;)
        {
            var batch = Math.Min(BatchMax, count - posted);
            for (var i = 0; i < batch; i++)
            {
                var payload = payloads.Next(0);
                await poster.SendAsync(new ClientFrame
                {
                    Ref = ++@ref,
                    Post = new Post { Room = Lobby, MessageId = payload.Id, Envelope = payload.Envelope },
                });
            }
            for (var answered = 0; answered < batch;)
            {
                var frame = await poster.ReadAsync();
                if (frame.Reply is { } reply)
                    answered += reply.Accepted is null ? throw new BenchException($"a post was answered {reply}") : 1;
            }
            posted += batch;
        }
        return @ref;
    }

    private static async Task<Position> ReadAsync(WireClient client, Position at, int count)
    {
        var next = at.Clone();
        for (var seen = 0; seen < count;)
        {
            if ((await client.ReadAsync()).Posted is not { } posted)
                continue;
            if (posted.Position.Epoch != next.Epoch || posted.Position.Sequence != next.Sequence + 1)
                throw new BenchException($"message {posted.Position} came after {next}");
            next = posted.Position;
            seen++;
        }
        return next;
    }
}
