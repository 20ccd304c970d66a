using System.Numerics;

namespace ChatLock.Crypto.Lab;

/// <summary>Why a k isn't used.</summary>
/// <remarks>INSECURE: textbook ECDSA. FIPS 186-5 section 6.4.1.</remarks>
public enum NonceFlaw
{
    /// <summary>Outside 1 to n − 1.</summary>
    OutOfRange,

    /// <summary>kG has an x that n divides: r would be 0.</summary>
    ZeroR,

    /// <summary>e + r·d is a multiple of n: s would be 0.</summary>
    ZeroS,
}

/// <summary>A k that was tried and not used. INSECURE: textbook ECDSA.</summary>
/// <param name="K">The number.</param>
/// <param name="Flaw">What is wrong with it.</param>
public sealed record RejectedNonce(BigInteger K, NonceFlaw Flaw);

/// <summary>Everything that goes into a signature: r = x(kG) mod n, s = k⁻¹(e + r·d) mod n.</summary>
/// <param name="Curve">The curve.</param>
/// <param name="PrivateKey">d, 1 to n − 1.</param>
/// <param name="PublicKey">Q = dG.</param>
/// <param name="E">The leftmost bits of the hash, as many as n has.</param>
/// <param name="Rejected">What was tried before k.</param>
/// <param name="K">The number used once.</param>
/// <param name="KG">k times the generator.</param>
/// <param name="R">First half of the signature, 1 to n − 1.</param>
/// <param name="KInverse">k⁻¹ modulo n.</param>
/// <param name="S">Second half of the signature, 1 to n − 1.</param>
/// <remarks>INSECURE: contains the private key. FIPS 186-5 section 6.4.1.</remarks>
public sealed record SigningTrace(
    Curve Curve, BigInteger PrivateKey, CurvePoint PublicKey, BigInteger E, Steps<RejectedNonce> Rejected,
    BigInteger K, Multiplication KG, BigInteger R, Inversion KInverse, BigInteger S);

/// <summary>How a verification ended.</summary>
/// <remarks>INSECURE: textbook ECDSA. FIPS 186-5 section 6.4.2.</remarks>
public enum VerificationVerdict
{
    /// <summary>v = r: the signature is the key's over this hash.</summary>
    Valid,

    /// <summary>The public key isn't a point of the curve.</summary>
    PublicKeyNotOnCurve,

    /// <summary>r or s is outside 1 to n − 1.</summary>
    SignatureOutOfRange,

    /// <summary>v is not r, or the sum is infinity and there is no v.</summary>
    Mismatch,
}

/// <summary>The values of a verification. INSECURE: textbook ECDSA.</summary>
/// <param name="SInverse">w = s⁻¹ modulo n.</param>
/// <param name="U1">e·w mod n.</param>
/// <param name="U2">r·w mod n.</param>
/// <param name="U1G">u1 times the generator.</param>
/// <param name="U2Q">u2 times the public key.</param>
/// <param name="Sum">u1·G + u2·Q.</param>
/// <param name="V">x of the sum mod n; null at infinity.</param>
public sealed record VerificationSteps(
    Inversion SInverse, BigInteger U1, BigInteger U2, Multiplication U1G, Multiplication U2Q, PointStep Sum,
    BigInteger? V);

/// <summary>A verification with its way.</summary>
/// <param name="Curve">The curve.</param>
/// <param name="PublicKey">Q.</param>
/// <param name="E">The leftmost bits of the hash, as many as n has.</param>
/// <param name="R">First half of the signature, any number.</param>
/// <param name="S">Second half of the signature, any number.</param>
/// <param name="Verdict">How it ended.</param>
/// <param name="Steps">Null when Q, r or s were refused before any arithmetic.</param>
/// <remarks>INSECURE: textbook ECDSA. FIPS 186-5 section 6.4.2.</remarks>
public sealed record VerificationTrace(
    Curve Curve, CurvePoint PublicKey, BigInteger E, BigInteger R, BigInteger S, VerificationVerdict Verdict,
    VerificationSteps? Steps);
