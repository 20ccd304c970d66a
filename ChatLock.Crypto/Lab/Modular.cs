using System.Numerics;

namespace ChatLock.Crypto.Lab;

/// <summary>Arithmetic modulo a prime: remainders, and inverses by the extended Euclidean algorithm.</summary>
/// <remarks>INSECURE: the number of steps depends on the value, so the time taken tells about it.</remarks>
public static class Modular
{
    /// <summary>The remainder 0 to m − 1, of negative values too.</summary>
    /// <param name="value">Any integer.</param>
    /// <param name="modulus">Positive.</param>
    public static BigInteger Reduce(BigInteger value, BigInteger modulus)
    {
        var remainder = value % modulus;
        return remainder.Sign < 0 ? remainder + modulus : remainder;
    }

    /// <summary>A number that fits, as that many bytes, the most significant first.</summary>
    internal static byte[] ToBytes(BigInteger value, int length)
    {
        var digits = value.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[length - digits.Length], .. digits];
    }

    /// <summary>The inverse and the divisions that lead to it.</summary>
    /// <param name="value">Any integer that shares no divisor with the modulus.</param>
    /// <param name="modulus">Above 1.</param>
    /// <exception cref="ArgumentException">There is no inverse.</exception>
    public static Inversion Invert(BigInteger value, BigInteger modulus)
    {
        var steps = new List<EuclidStep>();
        var (upper, lower) = (modulus, Reduce(value, modulus));
        var (before, coefficient) = (BigInteger.Zero, BigInteger.One);
        while (!lower.IsZero)
        {
            var quotient = BigInteger.DivRem(upper, lower, out var remainder);
            var next = before - (quotient * coefficient);
            steps.Add(new(upper, lower, quotient, remainder, next));
            (upper, lower) = (lower, remainder);
            (before, coefficient) = (coefficient, next);
        }

        if (!upper.IsOne)
            throw new ArgumentException("the value and the modulus share a divisor", nameof(value));
        return new(value, modulus, new(steps), Reduce(before, modulus));
    }
}

/// <summary>One division: upper = quotient · lower + remainder, and remainder = coefficient · value modulo the
/// modulus. INSECURE: tells about the value.</summary>
/// <param name="Upper">The dividend.</param>
/// <param name="Lower">The divisor.</param>
/// <param name="Quotient">At least 0.</param>
/// <param name="Remainder">Below the divisor; 0 in the last step.</param>
/// <param name="Coefficient">What the value is multiplied by to give the remainder; may be negative.</param>
public readonly record struct EuclidStep(
    BigInteger Upper, BigInteger Lower, BigInteger Quotient, BigInteger Remainder, BigInteger Coefficient);

/// <summary>A modular inverse with its way. INSECURE: contains the value.</summary>
/// <param name="Value">What was inverted.</param>
/// <param name="Modulus">Modulo what.</param>
/// <param name="Steps">The divisions, the last one with remainder 0.</param>
/// <param name="Result">1 to m − 1.</param>
public sealed record Inversion(BigInteger Value, BigInteger Modulus, Steps<EuclidStep> Steps, BigInteger Result);
