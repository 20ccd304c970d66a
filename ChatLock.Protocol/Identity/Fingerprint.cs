using System.Buffers.Binary;
using System.Security.Cryptography;
using Google.Protobuf;

namespace ChatLock.Protocol.Identity;

/// <summary>SHA-256 of an identity key's 65-byte uncompressed point: what everything is addressed by.</summary>
/// <remarks>32 bytes, compared by content. docs/PROTOCOL.md section 5.</remarks>
public readonly struct Fingerprint : IEquatable<Fingerprint>, IComparable<Fingerprint>
{
    /// <summary>Length, in bytes.</summary>
    public const int Bytes = 32;

    private readonly ulong _a, _b, _c, _d;

    private Fingerprint(ReadOnlySpan<byte> bytes)
    {
        _a = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        _b = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        _c = BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]);
        _d = BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]);
    }

    /// <summary>The fingerprint of a key. Doesn't check that the point is one.</summary>
    /// <param name="identityKey">65 bytes: 0x04 ‖ X ‖ Y.</param>
    public static Fingerprint Of(ReadOnlySpan<byte> identityKey)
    {
        Span<byte> hash = stackalloc byte[Bytes];
        SHA256.HashData(identityKey, hash);
        return new Fingerprint(hash);
    }

    /// <summary>Takes a fingerprint as it travels.</summary>
    /// <param name="bytes">Exactly 32 bytes; anything else is <c>false</c>.</param>
    /// <param name="fingerprint">The fingerprint, or the default.</param>
    public static bool TryFrom(ReadOnlySpan<byte> bytes, out Fingerprint fingerprint)
    {
        fingerprint = bytes.Length == Bytes ? new Fingerprint(bytes) : default;
        return bytes.Length == Bytes;
    }

    /// <summary>The 32 bytes, a fresh copy.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[Bytes];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, _a);
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(8), _b);
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(16), _c);
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(24), _d);
        return bytes;
    }

    /// <summary>The 32 bytes, as a protobuf field holds them.</summary>
    public ByteString ToByteString() => UnsafeByteOperations.UnsafeWrap(ToBytes());

    /// <summary>All 32 bytes in hexadecimal, in 16 groups of four: what two people read to each other.</summary>
    public string ToGroups() => string.Join(' ', Convert.ToHexStringLower(ToBytes()).Chunk(4).Select(g => new string(g)));

    /// <summary>The first 132 bits as 12 words: what two people read to each other by voice.</summary>
    /// <remarks>docs/PROTOCOL.md section 5; <see cref="VerificationWords"/>.</remarks>
    public IReadOnlyList<string> ToWords() => VerificationWords.Of(this);

    /// <summary>The first 8 bytes in hexadecimal, enough for a log line; not enough to compare keys by.</summary>
    public override string ToString() => _a.ToString("x16", null);

    /// <inheritdoc/>
    public bool Equals(Fingerprint other) =>
        _a == other._a && _b == other._b && _c == other._c && _d == other._d;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Fingerprint other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _a.GetHashCode();

    /// <inheritdoc/>
    public int CompareTo(Fingerprint other) => (_a, _b, _c, _d).CompareTo((other._a, other._b, other._c, other._d));

    /// <summary>Compares by content.</summary>
    public static bool operator ==(Fingerprint left, Fingerprint right) => left.Equals(right);

    /// <summary>Compares by content.</summary>
    public static bool operator !=(Fingerprint left, Fingerprint right) => !left.Equals(right);

    /// <summary>Byte order.</summary>
    public static bool operator <(Fingerprint left, Fingerprint right) => left.CompareTo(right) < 0;

    /// <summary>Byte order.</summary>
    public static bool operator >(Fingerprint left, Fingerprint right) => left.CompareTo(right) > 0;

    /// <summary>Byte order.</summary>
    public static bool operator <=(Fingerprint left, Fingerprint right) => left.CompareTo(right) <= 0;

    /// <summary>Byte order.</summary>
    public static bool operator >=(Fingerprint left, Fingerprint right) => left.CompareTo(right) >= 0;
}
