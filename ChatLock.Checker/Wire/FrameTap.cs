using System.Buffers;
using System.Buffers.Binary;
using ChatLock.Checker.Faults;
using ChatLock.Checker.History;
using ChatLock.Protocol.Framing;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Checker.Wire;

/// <summary>Reads the frames of one connection without TLS as they pass through the proxy, and verifies what goes to the client.</summary>
/// <remarks>A connection whose bytes make no frames any more, since a fault of ours changed one, is read no further: it is its
/// client's business then.</remarks>
internal sealed class FrameTap(EnvelopeVerifier verifier, Func<ClientKey, Happening.PassedBy, ValueTask> passed) : IConnectionWatcher
{
    /// <summary>Longest frame followed; one that says it is longer isn't a frame.</summary>
    private const int FrameMaxBytes = 1024 * 1024;

    private const int MessageIdBytes = 16;

    private volatile Client? _client;

    public IByteWatcher Watch(FaultDirection direction) =>
        new FrameCutter(direction == FaultDirection.ToGateway ? OnClientFrameAsync : OnServerFrameAsync);

    private ValueTask<bool> OnClientFrameAsync(ReadOnlySequence<byte> body)
    {
        if (!FrameBody.TryRead(body, out ClientFrame? frame))
            return ValueTask.FromResult(false);
        if (frame.Hello is { } hello)
        {
            var fingerprint = Fingerprint.Of(hello.IdentityKey.Span);
            _client = new Client(ClientKey.Of(fingerprint), fingerprint.ToBytes());
        }
        return ValueTask.FromResult(true);
    }

    private async ValueTask<bool> OnServerFrameAsync(ReadOnlySequence<byte> body)
    {
        if (!FrameBody.TryRead(body, out ServerFrame? frame))
            return false;
        if (_client is not { } client)
            return true;
        if (frame.Posted is { Act: null } posted)
            await ReportAsync(client, posted.From, posted.MessageId, verifier.VerifyPost(posted)).ConfigureAwait(false);
        else if (frame.PrivateMessage is { } message)
            await ReportAsync(client, message.From, message.MessageId, verifier.VerifyPrivate(message, client.Fingerprint)).ConfigureAwait(false);
        return true;
    }

    private ValueTask ReportAsync(Client client, Member? from, ByteString id, (SignatureCheck Check, bool IsNew) result)
    {
        if (!result.IsNew)
            return ValueTask.CompletedTask;
        var sender = ClientKey.Of(Fingerprint.Of((from?.IdentityKey ?? ByteString.Empty).Span));
        var message = new MessageId(id.Length == MessageIdBytes ? BinaryPrimitives.ReadUInt128BigEndian(id.Span) : 0);
        return passed(client.Key, new Happening.PassedBy(sender, message, result.Check));
    }

    private sealed record Client(ClientKey Key, byte[] Fingerprint);

    /// <summary>Cuts a stream into frame bodies.</summary>
    private sealed class FrameCutter(Func<ReadOnlySequence<byte>, ValueTask<bool>> take) : IByteWatcher
    {
        private byte[] _waiting = [];
        private bool _isLost;

        public async ValueTask PassAsync(ReadOnlyMemory<byte> bytes)
        {
            if (_isLost)
                return;
            // Almost always whole frames come, and nothing has to be put together.
            var left = new ReadOnlySequence<byte>(_waiting.Length == 0 ? bytes : (byte[])[.. _waiting, .. bytes.Span]);
            FrameRead read;
            while ((read = LengthPrefix.TryRead(ref left, FrameMaxBytes, out var body)) == FrameRead.Complete && !_isLost)
                _isLost = !await take(body).ConfigureAwait(false);
            _isLost |= read is FrameRead.TooLarge or FrameRead.Empty;
            _waiting = _isLost ? [] : left.ToArray();
        }
    }
}
