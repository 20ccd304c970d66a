using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using ChatLock.Crypto.Signing;

namespace ChatLock.Crypto.Sealing;

/// <summary>A peer's ECDH P-256 public key, known to be a point on the curve: where a message can be sealed
/// to.</summary>
/// <remarks>SP 800-56A rev. 3 section 5.7.1.2. Safe for use from several threads. The platform's key is made at the
/// first agreement and kept; its handle is released by finalization, there is nothing to dispose.</remarks>
[SuppressMessage("Design", "CA1001", Justification = "Shared freely; the platform's handle finalizes itself.")]
public sealed class AgreementPoint
{
    private readonly byte[] _bytes;
    private readonly Lock _gate = new();
    private ECDiffieHellman? _platformKey;

    private AgreementPoint(byte[] bytes) => _bytes = bytes;

    /// <summary>The uncompressed point, 65 bytes: 0x04 ‖ X ‖ Y.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>Takes a peer's point if it is one: 65 bytes, 0x04, both coordinates below p, on the curve.</summary>
    /// <param name="point65">Any bytes; copied.</param>
    /// <param name="point">The point, or null when the answer is <see langword="false"/>.</param>
    /// <remarks>SP 800-56A rev. 3 section 5.6.2.3.3, RFC 9180 section 7.1.4. Never throws.</remarks>
    public static bool TryImport(ReadOnlySpan<byte> point65, [NotNullWhen(true)] out AgreementPoint? point)
    {
        point = P256Point.IsValid(point65) ? new AgreementPoint(point65.ToArray()) : null;
        return point is not null;
    }

    /// <summary>The x coordinate of the product with <paramref name="own"/>, 32 bytes. The caller erases it.</summary>
    internal byte[] Agree(ECDiffieHellman own)
    {
        // The platform doesn't promise that a key may be used by two threads at once.
        lock (_gate)
        {
            _platformKey ??= ECDiffieHellman.Create(P256Point.Parameters(_bytes));
            return own.DeriveRawSecretAgreement(_platformKey.PublicKey);
        }
    }
}
