using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace ChatLock.Crypto.Signing;

/// <summary>An ECDSA P-256 public key, known to be a point on the curve: who somebody is.</summary>
/// <remarks>FIPS 186-5 section 6, SHA-256, signatures as P1363 (r ‖ s). Safe for use from several threads.
/// The platform's key is made at the first <see cref="Verify"/> and kept, so that the following ones only verify;
/// its handle is released by finalization, there is nothing to dispose.</remarks>
[SuppressMessage("Design", "CA1001", Justification = "Shared freely; the platform's handle finalizes itself.")]
public sealed class P256PublicKey : IEquatable<P256PublicKey>
{
    /// <summary>Length of <see cref="Point"/>, in bytes.</summary>
    public const int PointLength = P256Point.Length;

    /// <summary>Length of <see cref="Fingerprint"/>, in bytes.</summary>
    public const int FingerprintLength = SHA256.HashSizeInBytes;

    /// <summary>Length of a signature, in bytes: r and s, 32 bytes each, big-endian.</summary>
    public const int SignatureLength = 64;

    private readonly byte[] _point;
    private readonly byte[] _fingerprint;
    private readonly Lock _gate = new();
    private ECDsa? _platformKey;

    private P256PublicKey(byte[] point)
    {
        _point = point;
        _fingerprint = SHA256.HashData(point);
    }

    /// <summary>The uncompressed point, 65 bytes: 0x04 ‖ X ‖ Y (SEC 1 section 2.3.3).</summary>
    public ReadOnlyMemory<byte> Point => _point;

    /// <summary>SHA-256 of <see cref="Point"/>, 32 bytes: how people and signed bytes name this key.</summary>
    public ReadOnlyMemory<byte> Fingerprint => _fingerprint;

    /// <summary>Takes a peer's point if it is one: 65 bytes, 0x04, both coordinates below p, on the curve.</summary>
    /// <param name="point65">Any bytes; copied.</param>
    /// <param name="key">The key, or null when the answer is <see langword="false"/>.</param>
    /// <remarks>SP 800-56A rev. 3 section 5.6.2.3.3. Never throws.</remarks>
    public static bool TryImport(ReadOnlySpan<byte> point65, [NotNullWhen(true)] out P256PublicKey? key)
    {
        key = P256Point.IsValid(point65) ? new P256PublicKey(point65.ToArray()) : null;
        return key is not null;
    }

    /// <summary>Whether <paramref name="signature64"/> is this key's signature over <paramref name="data"/>.</summary>
    /// <param name="data">The signed bytes, hashed here with SHA-256.</param>
    /// <param name="signature64">P1363; any other length than 64 bytes is <see langword="false"/>.</param>
    public bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature64)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(data, hash);
        return VerifyHash(hash, signature64);
    }

    /// <summary>Verification of a finished hash of any length, as the vectors for other hashes need it.</summary>
    internal bool VerifyHash(ReadOnlySpan<byte> hash, ReadOnlySpan<byte> signature64)
    {
        if (signature64.Length != SignatureLength)
            return false;
        // The platform doesn't promise that a key may be used by two threads at once.
        lock (_gate)
        {
            _platformKey ??= ECDsa.Create(P256Point.Parameters(_point));
            return _platformKey.VerifyHash(hash, signature64, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
    }

    /// <summary>Same point.</summary>
    public bool Equals(P256PublicKey? other) => other is not null && _point.AsSpan().SequenceEqual(other._point);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as P256PublicKey);

    /// <inheritdoc/>
    public override int GetHashCode() => BitConverter.ToInt32(_fingerprint);
}
