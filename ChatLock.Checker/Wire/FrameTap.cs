using System.Buffers;
using System.Buffers.Binary;
using ChatLock.Checker.Faults;
using ChatLock.Checker.History;
using ChatLock.Protocol.Framing;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Wire;

namespace ChatLock.Checker.Wire;

/// <summary>Reads the frames of one connection without TLS as they pass through the proxy, and verifies what goes to the client.</summary>
/// <remarks>A connection whose bytes make no frames any more, since a fault of ours changed one, is read no further: it is its
/// client's business then.</remarks>
internal sealed class FrameTap(EnvelopeVerifier verifier, Action<ClientKey, Happening.PassedBy> passed)
{
    /// <summary>Longest frame followed; one that says it is longer isn't a frame.</summary>
    private const int FrameMaxBytes = 1024 * 1024;

    private volatile Client? _client;

    /// <summary>The watcher of a direction.</summary>
    public IByteWatcher Watch(FaultDirection direction) => direction == FaultDirection.ToGateway
        ? new FrameCutter(body => OnClientFrame(body))
        : new FrameCutter(body => OnServerFrame(body));

    private bool OnClientFrame(ReadOnlySequence<byte> body)
    {
        if (!FrameBody.TryRead(body, out ClientFrame? frame))
            return false;
        if (frame.Hello is { } hello)
        {
            var fingerprint = Fingerprint.Of(hello.IdentityKey.Span);
            _client = new Client(ClientKey.Of(fingerprint), fingerprint.ToBytes());
        }
        return true;
    }

    private bool OnServerFrame(ReadOnlySequence<byte> body)
    {
        if (!FrameBody.TryRead(body, out ServerFrame? frame))
            return false;
        if (_client is not { } client)
            return true;
        if (frame.Posted is { Act: null } posted)
            Report(client, posted.From, posted.MessageId.Span, verifier.VerifyPost(posted));
        else if (frame.PrivateMessage is { } message)
            Report(client, message.From, message.MessageId.Span, verifier.VerifyPrivate(message, client.Fingerprint));
        return true;
    }

    private void Report(Client client, Member? from, ReadOnlySpan<byte> id, (SignatureCheck Check, bool IsNew) result)
    {
        if (result.IsNew)
            passed(client.Key, new Happening.PassedBy(
                ClientKey.Of(Fingerprint.Of((from?.IdentityKey ?? Google.Protobuf.ByteString.Empty).Span)),
                new MessageId(id.Length == 16 ? BinaryPrimitives.ReadUInt128BigEndian(id) : 0), result.Check));
    }

    private sealed record Client(ClientKey Key, byte[] Fingerprint);

    /// <summary>Cuts a stream into frame bodies.</summary>
    private sealed class FrameCutter(Func<ReadOnlySequence<byte>, bool> take) : IByteWatcher
    {
        private readonly ArrayBufferWriter<byte> _waiting = new();
        private bool _isLost;

        public void Pass(ReadOnlySpan<byte> bytes)
        {
            if (_isLost)
                return;
            _waiting.Write(bytes);
            var left = new ReadOnlySequence<byte>(_waiting.WrittenMemory);
            FrameRead read;
            while ((read = LengthPrefix.TryRead(ref left, FrameMaxBytes, out var body)) == FrameRead.Complete)
                _isLost |= !take(body);
            _isLost |= read != FrameRead.NeedMore;
            var rest = _isLost ? [] : left.ToArray();
            _waiting.ResetWrittenCount();
            _waiting.Write(rest);
        }
    }
}
