using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using ChatLock.Crypto.Lab;
using ChatLock.Crypto.Signing;

namespace ChatLock.Crypto.Tests.Suites;

/// <summary>The keys of the vectors: SHA-256 of what they are called. Signatures by them are always the same.</summary>
internal static class SuiteVectorKeys
{
    public static byte[] Named(string name) => SHA256.HashData(Encoding.UTF8.GetBytes($"ChatLock vectors: {name}"));

    public static byte[] PointOf(byte[] scalar)
    {
        using var key = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = scalar });
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return [0x04, .. point.X!, .. point.Y!];
    }

    public static SigningKey SigningKeyOf(byte[] scalar)
    {
        using var key = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = scalar });
        return SigningKey.ImportPkcs8(key.ExportPkcs8PrivateKey());
    }

    /// <summary>ECDSA with RFC 6979's k, by the lab: the platform's k is random.</summary>
    public static byte[] Sign(byte[] scalar, byte[] data)
    {
        var privateKey = new BigInteger(scalar, isUnsigned: true, isBigEndian: true);
        var hash = SHA256.HashData(data);
        var nonces = Rfc6979.Nonces(Curve.P256, privateKey, hash, HMACSHA256.HashData);
        Assert.Equal(LabError.None, TextbookEcdsa.Sign(Curve.P256, privateKey, hash, nonces, out var signed));
        return [.. Coordinate(signed!.R), .. Coordinate(signed.S)];
    }

    private static byte[] Coordinate(BigInteger value)
    {
        var bytes = value.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[32 - bytes.Length], .. bytes];
    }
}
