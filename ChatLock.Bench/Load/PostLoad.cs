using System.Diagnostics;
using System.IO.Pipelines;
using System.Net.Sockets;
using ChatLock.Protocol.Framing;
using ChatLock.Protocol.Wire;

namespace ChatLock.Bench.Load;

/// <summary>What posting into rooms came to.</summary>
internal sealed record PostResult(int Rooms, int Posters, long Acknowledged, double Seconds, double ServerCpuSeconds, long DatabaseBytes)
{
    public double PerSecond => Acknowledged / Seconds;
}

/// <summary>Posters who keep so many posts under way each, spread over rooms; counted is what was acknowledged.</summary>
/// <remarks>Acknowledged numbers of a room must be without gaps and doubles, or the run fails.</remarks>
internal sealed class PostLoad(GatewayUnderTest gateway, Crowd crowd, int rooms, int inFlight, int payloadBytes)
{
    private const ulong FirstRef = 1_000;
    private readonly HashSet<ulong>[] _numbers = [.. Enumerable.Range(0, rooms).Select(_ => new HashSet<ulong>())];
    private readonly OpaquePayloads _payloads = new(crowd.Clients.Length, payloadBytes);
    private long _acknowledged;
    private volatile bool _stopping;

    public async Task<PostResult> RunAsync(TimeSpan warmup, TimeSpan duration)
    {
        await Parallel.ForAsync(0, crowd.Clients.Length, async (client, _) => await JoinAsync(client));
        var running = crowd.Clients.Select((_, client) => Task.Run(() => PostAsync(client))).ToArray();
        await Task.WhenAny(Task.Delay(warmup), Task.WhenAny(running));

        var (before, usage, watch) = (Interlocked.Read(ref _acknowledged), gateway.Usage, Stopwatch.StartNew());
        await Task.WhenAny(Task.Delay(duration), Task.WhenAny(running));
        var result = new PostResult(
            rooms, crowd.Clients.Length, Interlocked.Read(ref _acknowledged) - before, watch.Elapsed.TotalSeconds,
            gateway.Usage.CpuSeconds - usage.CpuSeconds, gateway.DataBytes);
        _stopping = true;
        await Task.WhenAll(running);
        CheckNumbers();
        return result;
    }

    private static string RoomOf(int room) => $"#bench-{room}";

    private async Task JoinAsync(int client)
    {
        var wire = crowd.Clients[client];
        await wire.SendAsync(new ClientFrame { Ref = FirstRef, Join = new Join { Room = RoomOf(client % rooms), Create = true, Suite = 2 } });
        while (await wire.ReadAsync() is var frame && frame.Reply?.Ref != FirstRef || frame.Reply.Joined is null)
        {
            if (frame.Reply?.Refused is { } no)
                throw new BenchException($"client {client} can't join: {no}");
        }
    }

    private async Task PostAsync(int client)
    {
        var wire = crowd.Clients[client];
        await using var stream = new NetworkStream(wire.Socket);
        var reader = PipeReader.Create(stream);
        var (nextRef, underWay) = (FirstRef, 0);
        for (; underWay < inFlight; underWay++)
            await wire.SendAsync(Post(client, ++nextRef));
        while (underWay > 0)
        {
            var read = await reader.ReadAsync();
            var buffer = read.Buffer;
            if (read.IsCompleted)
                throw new BenchException($"client {client} was cut off");
            while (LengthPrefix.TryRead(ref buffer, ReadMaxBytes, out var body) == FrameRead.Complete)
            {
                var frame = ServerFrame.Parser.ParseFrom(body);
                if (frame.Reply is { } reply)
                {
                    Count(client, reply);
                    underWay--;
                    for (; !_stopping && underWay < inFlight; underWay++)
                        await wire.SendAsync(Post(client, ++nextRef));
                }
                else if (frame.Ping is { } ping)
                    await wire.SendAsync(new ClientFrame { Pong = new Pong { Nonce = ping.Nonce } });
            }
            reader.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    private const int ReadMaxBytes = 64 * 1024;

    private ClientFrame Post(int client, ulong @ref)
    {
        var payload = _payloads.Next(client);
        return new ClientFrame
        {
            Ref = @ref,
            Post = new Post { Room = RoomOf(client % rooms), MessageId = payload.Id, Envelope = payload.Envelope },
        };
    }

    private void Count(int client, Reply reply)
    {
        var number = reply.Accepted?.Sequence ?? throw new BenchException($"client {client} was answered {reply}");
        Interlocked.Increment(ref _acknowledged);
        var numbers = _numbers[client % rooms];
        lock (numbers)
        {
            if (!numbers.Add(number))
                throw new BenchException($"{RoomOf(client % rooms)} gave out the number {number} twice");
        }
    }

    private void CheckNumbers()
    {
        for (var room = 0; room < rooms; room++)
        {
            var numbers = _numbers[room];
            if (numbers.Count > 0 && (ulong)numbers.Count != numbers.Max() - numbers.Min() + 1)
                throw new BenchException($"{RoomOf(room)}: {numbers.Count} acknowledged, numbers {numbers.Min()} to {numbers.Max()}");
        }
    }
}
