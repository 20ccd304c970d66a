using System.Security.Cryptography;

namespace ChatLock.Crypto.Signing;

/// <summary>An ECDSA P-256 key pair: an identity.</summary>
/// <remarks>FIPS 186-5 section 6.4 with SHA-256 and the platform's random k. Safe for use from several threads:
/// signing takes turns. The private key leaves only through <see cref="ExportPkcs8"/>.</remarks>
public sealed class SigningKey : IDisposable
{
    private const string P256Oid = "1.2.840.10045.3.1.7";

    private readonly Lock _gate = new();
    private readonly ECDsa _key;

    private SigningKey(ECDsa key)
    {
        _key = key;
        var q = key.ExportParameters(includePrivateParameters: false).Q;
        P256PublicKey.TryImport(P256Point.Encode(q), out var point);
        PublicKey = point ?? throw new CryptographicException("The key pair's public point isn't on P-256.");
    }

    /// <summary>The public half.</summary>
    public P256PublicKey PublicKey { get; }

    /// <summary>A new pair from the platform's random numbers.</summary>
    public static SigningKey Generate() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>Reads a pair that <see cref="ExportPkcs8"/> wrote.</summary>
    /// <param name="pkcs8">DER, unencrypted (RFC 5208), nothing behind it. The caller erases it.</param>
    /// <exception cref="CryptographicException">Not such a key, another curve, or bytes left over.</exception>
    public static SigningKey ImportPkcs8(ReadOnlySpan<byte> pkcs8)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportPkcs8PrivateKey(pkcs8, out var read);
            if (read != pkcs8.Length || !IsNamedP256(key))
                throw new CryptographicException("Not a PKCS#8 private key on P-256.");
            return new SigningKey(key);
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    /// <summary>The private key as unencrypted PKCS#8 DER. The caller keeps it safe and erases it.</summary>
    public byte[] ExportPkcs8()
    {
        lock (_gate)
            return _key.ExportPkcs8PrivateKey();
    }

    /// <summary>Signs SHA-256 of <paramref name="data"/>; 64 bytes, P1363. Two calls give two signatures.</summary>
    public byte[] Sign(ReadOnlySpan<byte> data)
    {
        lock (_gate)
            return _key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    /// <summary>Releases the platform's key.</summary>
    public void Dispose() => _key.Dispose();

    private static bool IsNamedP256(ECDsa key) =>
        key.ExportParameters(includePrivateParameters: false).Curve is { IsNamed: true, Oid.Value: P256Oid };
}
