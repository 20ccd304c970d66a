using System.Diagnostics;
using ChatLock.Bench.Native;
using ChatLock.Bench.Report;
using ChatLock.Protocol.Framing;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Bench.Load;

/// <summary>What a run of private messages came to.</summary>
internal sealed record PrivateResult(int Pairs, long Messages, double Seconds, double ServerCpuSeconds, Latencies Latencies)
{
    public double MessagesPerSecond => Messages / Seconds;
}

/// <summary>Pairs that answer each other as fast as they can, one message under way a pair.</summary>
internal sealed class PrivateLoad : IDisposable
{
    private const int ReceiveBytes = 64 * 1024;

    /// <summary>As clients do at most.</summary>
    private const int AcknowledgeEvery = 16;

    private readonly GatewayUnderTest _gateway;
    private readonly Crowd _crowd;
    private readonly Epoll _epoll = new();
    private readonly int[] _handles;
    private readonly FrameStream[] _streams;
    private readonly long[] _sentAt;
    private readonly ulong[] _numbers;
    private readonly ByteString _envelope;
    private readonly byte[] _buffer = new byte[2 * ReceiveBytes];
    private Latencies _latencies = new();
    private long _messages;
    private bool _stopped;

    public PrivateLoad(GatewayUnderTest gateway, Crowd crowd, int payloadBytes)
    {
        (_gateway, _crowd) = (gateway, crowd);
        _handles = [.. crowd.Clients.Select(client => client.Handle)];
        _streams = new FrameStream[_handles.Length];
        _sentAt = new long[_handles.Length / 2];
        _numbers = new ulong[_handles.Length / 2];
        var envelope = new byte[payloadBytes];
        Random.Shared.NextBytes(envelope);
        _envelope = ByteString.CopyFrom(envelope);
        for (var i = 0; i < _handles.Length; i++)
            _epoll.Add(_handles[i], i);
    }

    public PrivateResult Run(TimeSpan warmup, TimeSpan duration)
    {
        for (var client = 0; client < _handles.Length; client += 2)
            Send(client);
        RunFor(warmup);

        var (messages, server) = (_messages, _gateway.Usage);
        _latencies = new Latencies();
        var watch = Stopwatch.StartNew();
        RunFor(duration);
        var result = new PrivateResult(
            _handles.Length / 2, _messages - messages, watch.Elapsed.TotalSeconds,
            _gateway.Usage.CpuSeconds - server.CpuSeconds, _latencies);
        _stopped = true;
        return result;
    }

    public void Dispose() => _epoll.Dispose();

    private void RunFor(TimeSpan duration)
    {
        Span<int> ready = stackalloc int[256];
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < duration)
        {
            var count = _epoll.Wait(ready, timeoutMs: 100);
            foreach (var client in ready[..count])
                Receive(client);
        }
    }

    private void Send(int client)
    {
        var pair = client / 2;
        var id = new byte[16];
        BitConverter.TryWriteBytes(id, ++_numbers[pair]);
        var frame = new ClientFrame
        {
            Ref = 1 + _numbers[pair],
            Private = new Private
            {
                Recipient = ByteString.CopyFrom(_crowd.Clients[client ^ 1].Key.PublicKey.Fingerprint.Span),
                MessageId = UnsafeByteOperations.UnsafeWrap(id),
                Envelope = _envelope,
            },
        };
        _sentAt[pair] = Stopwatch.GetTimestamp();
        SendAll(client, frame);
    }

    /// <summary>Without it the mailbox would be full after a while.</summary>
    private void Acknowledge(int client, Position position) =>
        SendAll(client, new ClientFrame { Ref = ulong.MaxValue, Ack = new Ack { Positions = { position } } });

    private void SendAll(int client, ClientFrame frame)
    {
        var bytes = EncodedFrame.Of(frame).WithPrefix.Span;
        if (Epoll.Send(_handles[client], bytes) != bytes.Length)
            throw new BenchException($"client {client} could not send");
    }

    private void Receive(int client)
    {
        ref var stream = ref _streams[client];
        var carried = stream.CopyCarryTo(_buffer);
        var received = Epoll.Receive(_handles[client], _buffer.AsSpan(carried, ReceiveBytes));
        if (received < 0)
            throw new BenchException($"client {client} was cut off");

        ReadOnlySpan<byte> bytes = _buffer.AsSpan(0, carried + received);
        while (FrameStream.TryTake(ref bytes, out var body))
            OnFrame(client, ServerFrame.Parser.ParseFrom(body));
        stream.Keep(bytes);
    }

    private void OnFrame(int client, ServerFrame frame)
    {
        switch (frame.BodyCase)
        {
            case ServerFrame.BodyOneofCase.PrivateMessage:
                OnMessage(client, frame.PrivateMessage);
                break;
            case ServerFrame.BodyOneofCase.Presence or ServerFrame.BodyOneofCase.Reply when frame.Reply?.Refused is null:
                break;
            default:
                throw new BenchException($"client {client} got {frame}");
        }
    }

    private void OnMessage(int client, PrivateMessage message)
    {
        var pair = client / 2;
        if (!message.Envelope.Equals(_envelope) ||
            BitConverter.ToUInt64(message.MessageId.Span) != _numbers[pair] ||
            !message.From.IdentityKey.Span.SequenceEqual(_crowd.Clients[client ^ 1].Key.PublicKey.Point.Span))
            throw new BenchException($"client {client} got a private message that wasn't for it, or not whole");

        _latencies.Add(Stopwatch.GetElapsedTime(_sentAt[pair]));
        _messages++;
        if (message.Position.Sequence % AcknowledgeEvery == 0)
            Acknowledge(client, message.Position);
        if (!_stopped)
            Send(client);
    }
}
