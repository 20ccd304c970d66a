using System.Numerics;
using System.Security.Cryptography;

namespace ChatLock.Crypto.Signing;

/// <summary>What an uncompressed P-256 point must be: 65 bytes, 0x04 ‖ X ‖ Y, coordinates below p, on the
/// curve.</summary>
/// <remarks>SEC 1 section 2.3.4, SP 800-186 section 3.2.1.3. Public data only: the arithmetic isn't constant time.
/// Checked here and not left to the platform, because libraries differ in what they accept. The cofactor is 1, so
/// a point on the curve is in the group, and infinity has no encoding of this length.</remarks>
internal static class P256Point
{
    public const int Length = 1 + 2 * CoordinateLength;
    public const int CoordinateLength = 32;

    private const byte Uncompressed = 0x04;

    private static readonly BigInteger Prime =
        Unsigned(Convert.FromHexString("FFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF"));

    private static readonly BigInteger B =
        Unsigned(Convert.FromHexString("5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B"));

    /// <summary>The order n of the group.</summary>
    public static readonly BigInteger Order =
        Unsigned(Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551"));

    public static bool IsValid(ReadOnlySpan<byte> point)
    {
        if (point.Length != Length || point[0] != Uncompressed)
            return false;
        var x = Unsigned(point[1..33]);
        var y = Unsigned(point[33..]);
        return x < Prime && y < Prime && IsOnCurve(x, y);
    }

    /// <summary>Whether 32 big-endian bytes are a private key: 0 &lt; d &lt; n.</summary>
    public static bool IsScalar(ReadOnlySpan<byte> scalar) =>
        scalar.Length == CoordinateLength && Unsigned(scalar) is { IsZero: false } d && d < Order;

    /// <summary>The platform's form of a point that <see cref="IsValid"/>.</summary>
    public static ECParameters Parameters(ReadOnlySpan<byte> point) => new()
    {
        Curve = ECCurve.NamedCurves.nistP256,
        Q = new ECPoint { X = point[1..33].ToArray(), Y = point[33..].ToArray() },
    };

    public static byte[] Encode(ECPoint q) => [Uncompressed, .. q.X!, .. q.Y!];

    // y² = x³ − 3x + b
    private static bool IsOnCurve(BigInteger x, BigInteger y) => ((y * y - (x * x - 3) * x - B) % Prime).IsZero;

    private static BigInteger Unsigned(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: true, isBigEndian: true);
}
