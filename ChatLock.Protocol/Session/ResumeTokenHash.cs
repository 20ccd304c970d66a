using System.Security.Cryptography;
using Google.Protobuf;

namespace ChatLock.Protocol.Session;

/// <summary>SHA-256 of a resume token: all that a server keeps of one. Whoever reads its memory or its files can't resume with it.</summary>
/// <remarks>32 bytes. docs/PROTOCOL.md section 6b.</remarks>
public readonly struct ResumeTokenHash
{
    /// <summary>Length, in bytes.</summary>
    public const int Bytes = SHA256.HashSizeInBytes;

    private readonly ByteString? _hash;

    private ResumeTokenHash(ByteString hash) => _hash = hash;

    /// <summary>The hash of a token as it travels, of any length.</summary>
    public static ResumeTokenHash Of(ReadOnlySpan<byte> token) =>
        new(UnsafeByteOperations.UnsafeWrap(SHA256.HashData(token)));

    /// <summary>Takes a hash as it was kept.</summary>
    /// <param name="bytes">Exactly 32 bytes; anything else is <c>false</c>.</param>
    /// <param name="hash">The hash, or one that matches nothing.</param>
    public static bool TryFrom(ByteString bytes, out ResumeTokenHash hash)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        hash = bytes.Length == Bytes ? new ResumeTokenHash(bytes) : default;
        return bytes.Length == Bytes;
    }

    /// <summary>The 32 bytes; none for the default.</summary>
    public ByteString ToByteString() => _hash ?? ByteString.Empty;

    /// <summary>Whether both are hashes of the same token. The time it takes doesn't tell how much of them is alike.</summary>
    public bool Matches(ResumeTokenHash other) =>
        _hash is not null && other._hash is not null && CryptographicOperations.FixedTimeEquals(_hash.Span, other._hash.Span);

    /// <summary>Nothing of it: hashes of secrets don't belong into logs.</summary>
    public override string ToString() => "token";
}
