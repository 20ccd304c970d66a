using System.Numerics;

namespace ChatLock.Crypto.Lab;

/// <summary>ECDSA by the formulas, keeping every value.</summary>
/// <remarks>INSECURE: not constant in time, keys stay in memory. Messages are signed by
/// <see cref="System.Security.Cryptography.ECDsa"/>. FIPS 186-5 section 6.4.</remarks>
public static class TextbookEcdsa
{
    /// <summary>Signs with a given k.</summary>
    /// <param name="curve">The curve.</param>
    /// <param name="privateKey">d.</param>
    /// <param name="hash">Hash of the message; its leftmost bits are used, as many as n has.</param>
    /// <param name="k">Used once, and unknown to everybody else, or the private key is lost.</param>
    /// <param name="trace">The signature and its way; null unless <see cref="LabError.None"/>.</param>
    /// <returns><see cref="LabError.OutOfRange"/> when d or k isn't between 1 and n − 1,
    /// <see cref="LabError.UnusableNonce"/> when k gives r = 0 or s = 0.</returns>
    public static LabError Sign(
        Curve curve, BigInteger privateKey, ReadOnlySpan<byte> hash, BigInteger k, out SigningTrace? trace)
    {
        ArgumentNullException.ThrowIfNull(curve);
        if (!curve.IsScalar(k))
        {
            trace = null;
            return LabError.OutOfRange;
        }
        return Sign(curve, privateKey, hash, [k], out trace);
    }

    /// <summary>Signs with the first k that will do.</summary>
    /// <param name="curve">The curve.</param>
    /// <param name="privateKey">d.</param>
    /// <param name="hash">Hash of the message; its leftmost bits are used, as many as n has.</param>
    /// <param name="nonces">Candidates for k, such as <see cref="Rfc6979.Nonces"/>.</param>
    /// <param name="trace">The signature and its way; null unless <see cref="LabError.None"/>.</param>
    /// <returns><see cref="LabError.OutOfRange"/> when d isn't between 1 and n − 1,
    /// <see cref="LabError.UnusableNonce"/> when no candidate will do.</returns>
    public static LabError Sign(
        Curve curve, BigInteger privateKey, ReadOnlySpan<byte> hash, IEnumerable<BigInteger> nonces,
        out SigningTrace? trace)
    {
        ArgumentNullException.ThrowIfNull(curve);
        ArgumentNullException.ThrowIfNull(nonces);
        trace = null;
        if (!curve.IsScalar(privateKey))
            return LabError.OutOfRange;

        var e = HashToInteger(curve, hash);
        var rejected = new List<RejectedNonce>();
        foreach (var k in nonces)
        {
            if (Try(curve, privateKey, e, k, rejected) is { } signed)
            {
                trace = signed;
                return LabError.None;
            }
        }
        return LabError.UnusableNonce;
    }

    /// <summary>Verifies a signature. Nothing here is trusted; whatever is out of range is a verdict.</summary>
    /// <param name="curve">The curve.</param>
    /// <param name="publicKey">Q.</param>
    /// <param name="hash">Hash of the message.</param>
    /// <param name="r">First half of the signature.</param>
    /// <param name="s">Second half of the signature.</param>
    public static VerificationTrace Verify(
        Curve curve, CurvePoint publicKey, ReadOnlySpan<byte> hash, BigInteger r, BigInteger s)
    {
        ArgumentNullException.ThrowIfNull(curve);
        var e = HashToInteger(curve, hash);
        if (!curve.Holds(publicKey))
            return new(curve, publicKey, e, r, s, VerificationVerdict.PublicKeyNotOnCurve, null);
        if (!curve.IsScalar(r) || !curve.IsScalar(s))
            return new(curve, publicKey, e, r, s, VerificationVerdict.SignatureOutOfRange, null);

        var steps = Check(curve, publicKey, e, r, s);
        var verdict = steps.V == r ? VerificationVerdict.Valid : VerificationVerdict.Mismatch;
        return new(curve, publicKey, e, r, s, verdict, steps);
    }

    /// <summary>The leftmost bits of a hash as a number, as many as n has; it may be n or above.</summary>
    /// <param name="curve">The curve n is of.</param>
    /// <param name="hash">Any number of bytes; the first is the most significant.</param>
    /// <remarks>FIPS 186-5 section 6.4.1 step 2; bits2int of RFC 6979 section 2.3.2.</remarks>
    public static BigInteger HashToInteger(Curve curve, ReadOnlySpan<byte> hash)
    {
        ArgumentNullException.ThrowIfNull(curve);
        var number = new BigInteger(hash, isUnsigned: true, isBigEndian: true);
        return number >> Math.Max(0, (hash.Length * 8) - curve.OrderBits);
    }

    private static SigningTrace? Try(
        Curve curve, BigInteger privateKey, BigInteger e, BigInteger k, List<RejectedNonce> rejected)
    {
        if (!curve.IsScalar(k))
            return Reject(NonceFlaw.OutOfRange);

        var kG = CurveArithmetic.Multiply(curve, k, curve.G);
        var r = kG.Result.X % curve.N;
        if (r.IsZero)
            return Reject(NonceFlaw.ZeroR);

        var kInverse = Modular.Invert(k, curve.N);
        var s = kInverse.Result * (e + (r * privateKey)) % curve.N;
        if (s.IsZero)
            return Reject(NonceFlaw.ZeroS);

        var publicKey = CurveArithmetic.Multiply(curve, privateKey, curve.G).Result;
        return new(curve, privateKey, publicKey, e, new(rejected), k, kG, r, kInverse, s);

        SigningTrace? Reject(NonceFlaw flaw)
        {
            rejected.Add(new(k, flaw));
            return null;
        }
    }

    private static VerificationSteps Check(
        Curve curve, CurvePoint publicKey, BigInteger e, BigInteger r, BigInteger s)
    {
        var w = Modular.Invert(s, curve.N);
        var u1 = e * w.Result % curve.N;
        var u2 = r * w.Result % curve.N;
        var u1G = CurveArithmetic.Multiply(curve, u1, curve.G);
        var u2Q = CurveArithmetic.Multiply(curve, u2, publicKey);
        var sum = CurveArithmetic.Add(curve, u1G.Result, u2Q.Result);
        return new(w, u1, u2, u1G, u2Q, sum, sum.Result.IsFinite ? sum.Result.X % curve.N : null);
    }
}
