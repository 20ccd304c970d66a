using System.Security.Cryptography;

namespace ChatLock.Crypto.Lab;

/// <summary>The platform's opinion of a P-256 signature made by the lab.</summary>
internal static class PlatformEcdsa
{
    public static bool Verifies(SigningTrace trace, ReadOnlySpan<byte> hash)
    {
        var size = trace.Curve.FieldBytes;
        using var key = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint
            {
                X = Modular.ToBytes(trace.PublicKey.X, size),
                Y = Modular.ToBytes(trace.PublicKey.Y, size),
            },
        });
        ReadOnlySpan<byte> signature = [.. Modular.ToBytes(trace.R, size), .. Modular.ToBytes(trace.S, size)];
        return key.VerifyHash(hash, signature);
    }
}
