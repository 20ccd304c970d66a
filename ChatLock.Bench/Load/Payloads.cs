using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using ChatLock.Crypto.Suites;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Bench.Load;

/// <summary>One message to post.</summary>
internal readonly record struct Payload(ByteString Id, ByteString Envelope);

/// <summary>What the senders post, and whether what comes back is that.</summary>
internal abstract class Payloads
{
    private const int IdBytes = 16;
    private readonly ulong[] _count;

    protected Payloads(int senders) => _count = new ulong[senders];

    public Payload Next(int sender)
    {
        var number = _count[sender]++;
        Span<byte> id = stackalloc byte[IdBytes];
        BinaryPrimitives.WriteInt64BigEndian(id, sender);
        BinaryPrimitives.WriteUInt64BigEndian(id[8..], number);
        return new Payload(ByteString.CopyFrom(id), Envelope(sender, number));
    }

    /// <summary>Compares a delivery with what was posted.</summary>
    /// <returns>Which sender's it is.</returns>
    public int Check(Posted posted)
    {
        var sender = (int)BinaryPrimitives.ReadInt64BigEndian(posted.MessageId.Span);
        var number = BinaryPrimitives.ReadUInt64BigEndian(posted.MessageId.Span[8..]);
        Check(sender, number, posted.Envelope);
        return sender;
    }

    protected abstract ByteString Envelope(int sender, ulong number);

    protected abstract void Check(int sender, ulong number, ByteString envelope);
}

/// <summary>So many bytes, different in each message; like what other servers are measured with.</summary>
internal sealed class OpaquePayloads(int senders, int bytes) : Payloads(senders)
{
    protected override ByteString Envelope(int sender, ulong number)
    {
        var envelope = new byte[bytes];
        new Random(HashCode.Combine(sender, number)).NextBytes(envelope);
        return UnsafeByteOperations.UnsafeWrap(envelope);
    }

    protected override void Check(int sender, ulong number, ByteString envelope)
    {
        if (!envelope.Equals(Envelope(sender, number)))
            throw new BenchException($"message {number} of sender {sender} came back as other bytes");
    }
}

/// <summary>Real messages: a text of so many bytes, encrypted and signed; every hundredth is verified and decrypted.</summary>
internal sealed class SealedPayloads : Payloads
{
    private const ulong VerifyEvery = 100;
    private readonly Crowd _crowd;
    private readonly Suite _suite;
    private readonly RoomSecret _secret;
    private readonly byte[] _room = SHA256.HashData("lobby"u8);
    private readonly byte[] _salt = RandomNumberGenerator.GetBytes(16);
    private readonly byte[] _text;

    public SealedPayloads(Crowd crowd, int senders, int bytes)
        : base(senders)
    {
        var room = crowd.Clients[0].Welcome.Rooms[0];
        if (!SuiteList.TryGet(room.Suite, out var suite) || !RoomSecret.TryImport(room.OpenSecret.Span, out var secret))
            throw new BenchException($"no suite {room.Suite}, or no secret of its length");
        (_crowd, _suite, _secret) = (crowd, suite, secret);
        _text = Encoding.ASCII.GetBytes(new string('x', bytes));
    }

    protected override ByteString Envelope(int sender, ulong number)
    {
        var header = Header(sender, number + 1);
        var message = _suite.SealForRoom(_secret, _crowd.Clients[sender].Key, header, _text);
        var envelope = new Envelope
        {
            Suite = (uint)_suite.Id,
            Salt = ByteString.CopyFrom(_salt),
            Counter = number + 1,
            Ciphertext = ByteString.CopyFrom(message.Ciphertext.Span),
            Signature = ByteString.CopyFrom(message.Signature.Span),
        };
        return envelope.ToByteString();
    }

    protected override void Check(int sender, ulong number, ByteString envelope)
    {
        if (number % VerifyEvery != 0)
            return;

        var read = Protocol.Wire.Envelope.Parser.ParseFrom(envelope);
        var opened = _suite.OpenFromRoom(
            _secret, _crowd.Clients[sender].Key.PublicKey, Header(sender, number + 1),
            new SealedMessage(read.Ciphertext.Memory, read.Signature.Memory));
        if (opened.Failure != OpenFailure.None || !opened.Plaintext.Span.SequenceEqual(_text))
            throw new BenchException($"message {number} of sender {sender} doesn't open: {opened.Failure}");
    }

    private MessageHeader Header(int sender, ulong counter) =>
        new(MessageKind.Post, _room, _crowd.Clients[sender].Key.PublicKey.Fingerprint, _salt, counter);
}
