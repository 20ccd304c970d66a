using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using ChatLock.Checker.History;
using ChatLock.Crypto.Signing;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Checker.Wire;

/// <summary>Says whether a message's signature is its sender's, from what is on the wire alone.</summary>
/// <remarks>The signed bytes are put together here once more, from docs/PROTOCOL.md section 6 and not by the code that clients
/// use: what both got wrong together would otherwise look right. Each message is verified once, however many get it.
/// Safe for use from several threads.</remarks>
internal sealed class EnvelopeVerifier
{
    /// <summary>Messages whose result is remembered. Past that the oldest half is verified again.</summary>
    private const int RememberedMax = 64 * 1_024;

    private const int SaltBytes = 16;
    private readonly Lock _gate = new();
    private HashSet<UInt128> _known = [];
    private HashSet<UInt128> _knownBefore = [];

    /// <returns>The result, and whether the message is verified for the first time.</returns>
    public (SignatureCheck Check, bool IsNew) VerifyPost(Posted posted) =>
        Verify("post", SHA256.HashData(Encoding.UTF8.GetBytes(posted.Position?.Room ?? "")), posted.From, posted.Envelope);

    /// <param name="message">As it came.</param>
    /// <param name="recipient">32 bytes: fingerprint of the key it came to.</param>
    /// <inheritdoc cref="VerifyPost"/>
    public (SignatureCheck Check, bool IsNew) VerifyPrivate(PrivateMessage message, byte[] recipient) =>
        Verify("private", recipient, message.From, message.Envelope);

    private (SignatureCheck, bool) Verify(string kind, byte[] target, Member? from, ByteString envelope)
    {
        var identity = from?.IdentityKey ?? ByteString.Empty;
        var id = Digest(target, identity.Span, envelope.Span);
        lock (_gate)
        {
            if (_known.Contains(id) || _knownBefore.Contains(id))
                return (SignatureCheck.Valid, false);
        }
        if (!IsSigned(kind, target, identity, envelope))
            return (SignatureCheck.Invalid, true);
        lock (_gate)
        {
            if (_known.Count >= RememberedMax / 2)
                (_knownBefore, _known) = (_known, []);
            return (SignatureCheck.Valid, _known.Add(id));
        }
    }

    private static bool IsSigned(string kind, byte[] target, ByteString identity, ByteString bytes)
    {
        if (!P256PublicKey.TryImport(identity.Span, out var key) || !TryParse(bytes, out var envelope) || envelope.Salt.Length != SaltBytes)
            return false;
        var numbers = new byte[sizeof(ushort) + sizeof(ulong)];
        BinaryPrimitives.WriteUInt16BigEndian(numbers, (ushort)envelope.Suite);
        BinaryPrimitives.WriteUInt64BigEndian(numbers.AsSpan(sizeof(ushort)), envelope.Counter);
        byte[] signed =
        [
            .. Encoding.ASCII.GetBytes($"ChatLock v1 {kind}"), 0, .. numbers[..sizeof(ushort)], .. target, .. SHA256.HashData(identity.Span),
            .. envelope.Salt.Span, .. numbers[sizeof(ushort)..], .. envelope.Ciphertext.Span,
        ];
        return envelope.Suite <= ushort.MaxValue && key.Verify(signed, envelope.Signature.Span);
    }

    private static bool TryParse(ByteString bytes, out Envelope envelope)
    {
        try
        {
            envelope = Envelope.Parser.ParseFrom(bytes);
            return true;
        }
        catch (InvalidProtocolBufferException)
        {
            envelope = new Envelope();
            return false;
        }
    }

    private static UInt128 Digest(ReadOnlySpan<byte> target, ReadOnlySpan<byte> identity, ReadOnlySpan<byte> envelope) =>
        BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData([.. target, .. identity, .. envelope]));
}
