using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using ChatLock.Crypto.Signing;

namespace ChatLock.Crypto.Sealing;

/// <summary>An ECDH P-256 key pair: a session's address for private messages, or HPKE's one-time key.</summary>
/// <remarks>SP 800-56A rev. 3 section 5.7.1.2. Safe for use from several threads: agreements take turns. What was
/// sealed to it can be opened as long as its owner keeps the private key, and no longer, on purpose.</remarks>
public sealed class AgreementKey : IDisposable
{
    private readonly Lock _gate = new();
    private readonly ECDiffieHellman _key;

    private AgreementKey(ECDiffieHellman key)
    {
        _key = key;
        var q = key.ExportParameters(includePrivateParameters: false).Q;
        AgreementPoint.TryImport(P256Point.Encode(q), out var point);
        PublicPoint = point ?? throw new CryptographicException("The key pair's public point isn't on P-256.");
    }

    /// <summary>The public half, as others import it.</summary>
    public AgreementPoint PublicPoint { get; }

    /// <summary>The public half, 65 bytes: 0x04 ‖ X ‖ Y.</summary>
    public ReadOnlyMemory<byte> Point => PublicPoint.Bytes;

    /// <summary>A new pair from the platform's random numbers.</summary>
    public static AgreementKey Generate() => new(ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>A pair that was kept.</summary>
    /// <param name="scalar">What <see cref="ExportScalar"/> gave; the caller erases it. Any bytes are answered.</param>
    /// <param name="key">The pair, if they are 32 bytes big-endian with 0 &lt; d &lt; n.</param>
    public static bool TryImport(ReadOnlySpan<byte> scalar, [NotNullWhen(true)] out AgreementKey? key)
    {
        key = P256Point.IsScalar(scalar) ? FromScalar(scalar) : null;
        return key is not null;
    }

    /// <summary>The private key, 32 bytes big-endian, for keeping it where only its owner can read. The caller erases it.</summary>
    public byte[] ExportScalar()
    {
        lock (_gate)
            return _key.ExportParameters(includePrivateParameters: true).D!;
    }

    /// <summary>The pair of a known private key, 32 bytes big-endian, 0 &lt; d &lt; n.</summary>
    internal static AgreementKey FromScalar(ReadOnlySpan<byte> scalar)
    {
        if (!P256Point.IsScalar(scalar))
            throw new ArgumentException("Not a P-256 private key: 32 bytes, 0 < d < n.", nameof(scalar));
        var d = scalar.ToArray();
        try
        {
            return new AgreementKey(ECDiffieHellman.Create(
                new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = d }));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(d);
        }
    }

    /// <summary>The shared x coordinate, 32 bytes. The caller erases it.</summary>
    internal byte[] Agree(AgreementPoint peer)
    {
        lock (_gate)
            return peer.Agree(_key);
    }

    /// <summary>Releases the platform's key.</summary>
    public void Dispose() => _key.Dispose();
}
