using System.Globalization;
using System.Numerics;

namespace ChatLock.Crypto.Lab;

/// <summary>A curve y² = x³ + ax + b over the integers modulo a prime, whose points are all multiples of one.</summary>
/// <param name="Name">What a user types.</param>
/// <param name="Title">What a user reads; ASCII.</param>
/// <param name="P">The prime the coordinates are taken modulo.</param>
/// <param name="A">0 to p − 1.</param>
/// <param name="B">0 to p − 1.</param>
/// <param name="G">The generator.</param>
/// <param name="N">Its order, a prime; there are no other points (cofactor 1).</param>
/// <remarks>INSECURE: for lessons, on textbook arithmetic. SP 800-186 section 2.1.1.</remarks>
public sealed record Curve(
    string Name, string Title, BigInteger P, BigInteger A, BigInteger B, CurvePoint G, BigInteger N)
{
    /// <summary>NIST P-256, SP 800-186 section 3.2.1.3.</summary>
    public static Curve P256 { get; } = new(
        "p256",
        "P-256 (SP 800-186): y^2 = x^3 + ax + b modulo p",
        Hex("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff"),
        Hex("ffffffff00000001000000000000000000000000fffffffffffffffffffffffc"),
        Hex("5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b"),
        new(
            Hex("6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"),
            Hex("4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5")),
        Hex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"));

    /// <summary>y² = x³ + x + 4 over F23: 28 points and infinity, few enough to follow with a pencil.</summary>
    public static Curve F23 { get; } = new(
        "small", "over F23 with 29 points: y^2 = x^3 + ax + b modulo p", 23, 1, 4, new(0, 2), 29);

    /// <summary>The curves of the lab.</summary>
    public static IReadOnlyList<Curve> All { get; } = [P256, F23];

    /// <summary>Bytes a coordinate takes.</summary>
    public int FieldBytes => ((int)P.GetBitLength() + 7) / 8;

    /// <summary>Bits of the order, which is how much of a hash is used.</summary>
    public int OrderBits => (int)N.GetBitLength();

    /// <summary>Finds a curve by its name, in any case and with hyphens anywhere: P-256 too.</summary>
    /// <param name="name">Foreign text.</param>
    /// <param name="curve">The curve; null on false.</param>
    public static bool TryGet(string? name, out Curve? curve)
    {
        var plain = name?.Replace("-", "", StringComparison.Ordinal);
        curve = All.FirstOrDefault(known => known.Name.Equals(plain, StringComparison.OrdinalIgnoreCase));
        return curve is not null;
    }

    /// <summary>Whether the point is finite, its coordinates are in range and it satisfies the equation. As all
    /// points are multiples of G, that makes it a valid public key.</summary>
    public bool Holds(CurvePoint point) =>
        point.IsFinite
        && InField(point.X) && InField(point.Y)
        && Modular.Reduce((point.Y * point.Y) - (((point.X * point.X) + A) * point.X) - B, P).IsZero;

    /// <summary>Whether a private key, a k, an r or an s is in range: 1 to n − 1.</summary>
    public bool IsScalar(BigInteger value) => value.Sign > 0 && value < N;

    private bool InField(BigInteger value) => value.Sign >= 0 && value < P;

    private static BigInteger Hex(string digits) =>
        BigInteger.Parse("0" + digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
