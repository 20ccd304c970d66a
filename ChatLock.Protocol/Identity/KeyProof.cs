using System.Buffers.Binary;
using System.Text;
using ChatLock.Crypto.Signing;
using ChatLock.Protocol.Wire;

namespace ChatLock.Protocol.Identity;

/// <summary>What a Hello's keys and signatures turned out to be.</summary>
public enum ProofCheck
{
    /// <summary>The client holds the identity key, and that key vouches for the session key.</summary>
    Good,

    /// <summary>A key is not a 65-byte uncompressed point on P-256.</summary>
    BadKey,

    /// <summary>A signature doesn't verify: another key, another nonce, another server or another name.</summary>
    BadProof,
}

/// <summary>Proof that a client holds its identity key: a signature over this connection's nonce.</summary>
/// <remarks>docs/PROTOCOL.md section 5. Signatures are ECDSA P-256 with SHA-256, 64 bytes P1363.</remarks>
public static class KeyProof
{
    /// <summary>Length of a Challenge's nonce, in bytes.</summary>
    public const int NonceBytes = 32;

    /// <summary>Length of a server id, in bytes.</summary>
    public const int ServerIdBytes = 32;

    /// <summary>Length of a public key on the wire, in bytes: 0x04 ‖ X ‖ Y.</summary>
    public const int PointBytes = 65;

    private static readonly byte[] HelloLabel = Encoding.ASCII.GetBytes("ChatLock v1 hello\0");
    private static readonly byte[] SessionKeyLabel = Encoding.ASCII.GetBytes("ChatLock v1 session key\0");

    /// <summary>The bytes a Hello's signature covers: label ‖ nonce ‖ server id ‖ session key ‖ name (UTF-8).</summary>
    /// <remarks>All but the last part have a fixed length, so no two inputs give the same bytes.</remarks>
    public static byte[] HelloContext(
        ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> serverId, ReadOnlySpan<byte> sessionKey, string name) =>
        [.. HelloLabel, .. nonce, .. serverId, .. sessionKey, .. Encoding.UTF8.GetBytes(name)];

    /// <summary>The bytes a session key's signature covers: label ‖ when it was made (8, big-endian) ‖ session key.</summary>
    /// <param name="madeUnixMs">Milliseconds since 1970 by its maker's clock, so that nobody can pass an old one off as new.</param>
    /// <param name="sessionKey">65 bytes.</param>
    public static byte[] SessionKeyContext(long madeUnixMs, ReadOnlySpan<byte> sessionKey)
    {
        Span<byte> made = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(made, madeUnixMs);
        return [.. SessionKeyLabel, .. made, .. sessionKey];
    }

    /// <summary>Checks a Hello against the nonce and the server id that this connection's Challenge carried.</summary>
    public static ProofCheck Check(Hello hello, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> serverId)
    {
        if (!P256PublicKey.TryImport(hello.IdentityKey.Span, out var identityKey) ||
            !P256PublicKey.TryImport(hello.SessionKey.Span, out _))
            return ProofCheck.BadKey;

        var context = HelloContext(nonce, serverId, hello.SessionKey.Span, hello.Name);
        return identityKey.Verify(context, hello.Signature.Span) && VouchedFor(hello, identityKey)
            ? ProofCheck.Good
            : ProofCheck.BadProof;
    }

    private static bool VouchedFor(Hello hello, P256PublicKey identityKey) =>
        identityKey.Verify(
            SessionKeyContext(hello.SessionKeyMadeUnixMs, hello.SessionKey.Span), hello.SessionKeySignature.Span);
}
