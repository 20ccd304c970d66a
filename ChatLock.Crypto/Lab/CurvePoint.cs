using System.Numerics;

namespace ChatLock.Crypto.Lab;

/// <summary>A point of a curve in affine coordinates, or the point at infinity, which is the default.</summary>
/// <remarks>INSECURE: textbook arithmetic. Being on a curve is that <see cref="Curve"/>'s to say.</remarks>
public readonly record struct CurvePoint
{
    /// <summary>A finite point.</summary>
    /// <param name="x">0 to p − 1.</param>
    /// <param name="y">0 to p − 1.</param>
    public CurvePoint(BigInteger x, BigInteger y)
    {
        X = x;
        Y = y;
        IsFinite = true;
    }

    /// <summary>The neutral element, which has no coordinates.</summary>
    public static CurvePoint Infinity => default;

    /// <summary>0 at infinity.</summary>
    public BigInteger X { get; }

    /// <summary>0 at infinity.</summary>
    public BigInteger Y { get; }

    /// <summary>False for the point at infinity.</summary>
    public bool IsFinite { get; }
}
