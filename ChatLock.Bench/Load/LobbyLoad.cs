using System.Diagnostics;
using ChatLock.Bench.Native;
using ChatLock.Protocol.Framing;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Bench.Load;

/// <summary>What a lobby run came to.</summary>
internal sealed record LobbyResult(
    int Clients, long Deliveries, double Seconds, double ServerCpuSeconds, double GeneratorCpuSeconds, long ServerResidentKiB, int FrameBytes)
{
    public double DeliveriesPerSecond => Deliveries / Seconds;

    public double ServerCpuPerMillion => ServerCpuSeconds / Deliveries * 1e6;
}

/// <summary>Everyone in one room, some of them posting, so many messages under way at once, every delivery checked.</summary>
/// <remarks>
/// Frames of one number are the same bytes for all receivers. The first receiver of a number has it parsed and compared
/// with what was posted; each other receiver's bytes are compared with that frame, the one ITS count says comes next. So
/// each delivery is checked for content, order and exactly once.
/// </remarks>
internal sealed class LobbyLoad : IDisposable
{
    private const string Room = "lobby";
    private const int RingEntries = 1 << 16;
    private const int ReceiveBytes = 256 * 1024;
    private const int CarryMaxBytes = 64 * 1024;
    private static readonly TimeSpan DrainPatience = TimeSpan.FromSeconds(30);

    private readonly GatewayUnderTest _gateway;
    private readonly Crowd _crowd;
    private readonly Payloads _payloads;
    private readonly int _senders;
    private readonly Epoll _epoll = new();
    private readonly int[] _handles;
    private readonly FrameStream[] _streams;
    private readonly ulong[] _last;
    private readonly Entry[] _ring = new Entry[RingEntries];
    private readonly byte[] _buffer = new byte[CarryMaxBytes + ReceiveBytes];
    private readonly int[] _credits;
    private readonly List<ulong>[] _own;
    private readonly List<ulong>[] _skipped;
    private ulong _posted, _done;
    private long _deliveries;
    private int _frameBytes;
    private bool _stopped;

    private struct Entry
    {
        public ulong Sequence;
        public int Sender;
        public int Delivered;
        public byte[] Body;
    }

    public LobbyLoad(GatewayUnderTest gateway, Crowd crowd, int senders, int inFlight, Payloads payloads)
    {
        (_gateway, _crowd, _senders, _payloads) = (gateway, crowd, senders, payloads);
        _handles = [.. crowd.Clients.Select(client => client.Handle)];
        _streams = new FrameStream[_handles.Length];
        _last = new ulong[_handles.Length];
        _own = [.. Enumerable.Range(0, senders).Select(_ => new List<ulong>())];
        _skipped = [.. Enumerable.Range(0, senders).Select(_ => new List<ulong>())];
        _credits = [.. Enumerable.Range(0, senders).Select(i => (inFlight / senders) + (i < inFlight % senders ? 1 : 0))];
        for (var i = 0; i < _handles.Length; i++)
            _epoll.Add(_handles[i], i);
    }

    public LobbyResult Run(TimeSpan warmup, TimeSpan duration)
    {
        RunFor(warmup);
        var (deliveries, server, own) = (_deliveries, _gateway.Usage, ProcessUsage.Of(Environment.ProcessId));
        var watch = Stopwatch.StartNew();
        RunFor(duration);
        var (seconds, after) = (watch.Elapsed.TotalSeconds, _gateway.Usage);
        var result = new LobbyResult(
            _handles.Length, _deliveries - deliveries, seconds, after.CpuSeconds - server.CpuSeconds,
            ProcessUsage.Of(Environment.ProcessId).CpuSeconds - own.CpuSeconds, after.ResidentKiB, _frameBytes);
        Drain();
        return result;
    }

    public void Dispose() => _epoll.Dispose();

    private void RunFor(TimeSpan duration)
    {
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < duration)
            Turn();
    }

    /// <summary>Posts no more, and waits until everyone has everything.</summary>
    private void Drain()
    {
        _stopped = true;
        var watch = Stopwatch.StartNew();
        while (_done < _posted || _own.Sum(own => own.Count) < (long)_posted)
        {
            if (watch.Elapsed > DrainPatience)
                throw new BenchException($"{_posted - _done} messages were not delivered to everyone");
            Turn();
        }

        // What a sender didn't get must be exactly what it was told are its own numbers.
        for (var i = 0; i < _senders; i++)
        {
            for (var sequence = _last[i] + 1; sequence <= _posted; sequence++)
                _skipped[i].Add(sequence);
            if (!_own[i].Order().SequenceEqual(_skipped[i]))
                throw new BenchException($"sender {i} missed a message of someone else");
        }
    }

    private void Turn()
    {
        for (var sender = 0; sender < _senders && !_stopped; sender++)
            PostAll(sender);

        Span<int> ready = stackalloc int[256];
        var count = _epoll.Wait(ready, timeoutMs: 100);
        foreach (var client in ready[..count])
            Receive(client);
    }

    private void PostAll(int sender)
    {
        for (; _credits[sender] > 0; _credits[sender]--)
        {
            _posted++;
            var message = _payloads.Next(sender);
            var frame = new ClientFrame
            {
                Ref = 1 + _posted,
                Post = new Post { Room = Room, MessageId = message.Id, Envelope = message.Envelope },
            };
            SendAll(sender, EncodedFrame.Of(frame).WithPrefix.Span);
        }
    }

    private void SendAll(int client, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var sent = Epoll.Send(_handles[client], bytes);
            if (sent < 0)
                throw new BenchException($"client {client} was cut off while sending");
            bytes = bytes[sent..];
        }
    }

    private void Receive(int client)
    {
        ref var stream = ref _streams[client];
        var carried = stream.CopyCarryTo(_buffer);
        var received = Epoll.Receive(_handles[client], _buffer.AsSpan(carried, ReceiveBytes));
        if (received < 0)
            throw new BenchException($"client {client} was cut off");
        if (received == 0)
            return;

        ReadOnlySpan<byte> bytes = _buffer.AsSpan(0, carried + received);
        while (FrameStream.TryTake(ref bytes, out var body))
            OnFrame(client, body);
        stream.Keep(bytes);
    }

    private void OnFrame(int client, ReadOnlySpan<byte> body)
    {
        switch (body[0] >> 3)
        {
            case ServerFrame.PostedFieldNumber:
                OnPosted(client, body);
                break;
            case ServerFrame.PresenceFieldNumber:
                break;
            default:
                OnOther(client, ServerFrame.Parser.ParseFrom(body));
                break;
        }
    }

    private void OnPosted(int client, ReadOnlySpan<byte> body)
    {
        var sequence = client < _senders ? SkipOwn(client, body) : _last[client] + 1;
        _last[client] = sequence;
        ref var entry = ref _ring[sequence % RingEntries];
        if (entry.Sequence != sequence)
            entry = Identify(sequence, body);
        else if (!body.SequenceEqual(entry.Body))
            throw new BenchException($"client {client} got other bytes than expected for message {sequence}");

        _deliveries++;
        if (++entry.Delivered == _handles.Length - 1)
        {
            _done++;
            _credits[entry.Sender]++;
        }
    }

    /// <summary>A sender doesn't get its own numbers: what lies between must turn out to be those.</summary>
    private ulong SkipOwn(int sender, ReadOnlySpan<byte> body)
    {
        var sequence = ServerFrame.Parser.ParseFrom(body).Posted.Position.Sequence;
        if (sequence <= _last[sender])
            throw new BenchException($"sender {sender} got message {sequence} after {_last[sender]}");
        for (var own = _last[sender] + 1; own < sequence; own++)
            _skipped[sender].Add(own);
        return sequence;
    }

    private Entry Identify(ulong sequence, ReadOnlySpan<byte> body)
    {
        var posted = ServerFrame.Parser.ParseFrom(body).Posted;
        if (posted.Position.Sequence != sequence)
            throw new BenchException($"message {posted.Position.Sequence} came where {sequence} was due");

        var sender = _payloads.Check(posted);
        if (!posted.From.IdentityKey.Span.SequenceEqual(_crowd.Clients[sender].Key.PublicKey.Point.Span))
            throw new BenchException($"message {sequence} has another sender's key");

        _frameBytes = body.Length;
        return new Entry { Sequence = sequence, Sender = sender, Body = body.ToArray() };
    }

    private void OnOther(int client, ServerFrame frame)
    {
        switch (frame.BodyCase)
        {
            case ServerFrame.BodyOneofCase.Reply when frame.Reply.Accepted is { } accepted:
                _own[client].Add(accepted.Sequence);
                break;
            case ServerFrame.BodyOneofCase.Ping:
                var pong = new ClientFrame { Pong = new Pong { Nonce = frame.Ping.Nonce } };
                SendAll(client, EncodedFrame.Of(pong).WithPrefix.Span);
                break;
            default:
                throw new BenchException($"client {client} got {frame}");
        }
    }
}
