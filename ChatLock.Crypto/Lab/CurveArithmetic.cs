using System.Numerics;

namespace ChatLock.Crypto.Lab;

/// <summary>What adding two points came down to.</summary>
/// <remarks>INSECURE: textbook arithmetic.</remarks>
public enum PointOperation
{
    /// <summary>One of them is infinity: the sum is the other.</summary>
    Neutral,

    /// <summary>They are each other's negatives: the sum is infinity.</summary>
    Cancel,

    /// <summary>They are equal: the tangent.</summary>
    Double,

    /// <summary>They differ: the line through both.</summary>
    Add,
}

/// <summary>Addition of points and multiplication by a number, keeping every step.</summary>
/// <remarks>INSECURE: branches and divides on secret values, so the time taken tells the key. SEC 1 section 2.2.1.
/// </remarks>
public static class CurveArithmetic
{
    /// <summary>Adds two points.</summary>
    /// <param name="curve">Their curve.</param>
    /// <param name="first">A point on the curve, or infinity.</param>
    /// <param name="second">A point on the curve, or infinity.</param>
    /// <exception cref="ArgumentException">A point isn't on the curve.</exception>
    public static PointStep Add(Curve curve, CurvePoint first, CurvePoint second)
    {
        ArgumentNullException.ThrowIfNull(curve);
        RequireOn(curve, first, nameof(first));
        RequireOn(curve, second, nameof(second));
        return Sum(curve, first, second);
    }

    /// <summary>Multiplies a point by a number: double for every bit after the first, add for every one among them.
    /// </summary>
    /// <param name="curve">The point's curve.</param>
    /// <param name="scalar">0 or above; 0 gives infinity.</param>
    /// <param name="point">A point on the curve, or infinity.</param>
    /// <exception cref="ArgumentException">The point isn't on the curve, or the number is negative.</exception>
    public static Multiplication Multiply(Curve curve, BigInteger scalar, CurvePoint point)
    {
        ArgumentNullException.ThrowIfNull(curve);
        RequireOn(curve, point, nameof(point));
        if (scalar.Sign < 0)
            throw new ArgumentException("negative", nameof(scalar));

        var steps = new List<MultiplicationStep>();
        var result = scalar.IsZero ? CurvePoint.Infinity : point;
        for (var bit = (int)scalar.GetBitLength() - 2; bit >= 0; bit--)
        {
            result = Take(bit, result);
            if (!((scalar >> bit) & 1).IsZero)
                result = Take(bit, point);
        }
        return new(scalar, point, new(steps), result);

        CurvePoint Take(int bit, CurvePoint other)
        {
            var step = Sum(curve, result, other);
            steps.Add(new(bit, step));
            return step.Result;
        }
    }

    private static PointStep Sum(Curve curve, CurvePoint first, CurvePoint second)
    {
        if (!first.IsFinite || !second.IsFinite)
            return new(PointOperation.Neutral, first, second, null, first.IsFinite ? first : second);
        if (first == second && !first.Y.IsZero)
            return Line(curve, PointOperation.Double, first, second, (3 * first.X * first.X) + curve.A, 2 * first.Y);
        if (first.X == second.X)
            return new(PointOperation.Cancel, first, second, null, CurvePoint.Infinity);
        return Line(curve, PointOperation.Add, first, second, second.Y - first.Y, second.X - first.X);
    }

    private static PointStep Line(
        Curve curve, PointOperation operation, CurvePoint first, CurvePoint second, BigInteger rise, BigInteger run)
    {
        rise = Modular.Reduce(rise, curve.P);
        run = Modular.Reduce(run, curve.P);
        var inverse = Modular.Invert(run, curve.P).Result;
        var slope = rise * inverse % curve.P;
        var x = Modular.Reduce((slope * slope) - first.X - second.X, curve.P);
        var y = Modular.Reduce((slope * (first.X - x)) - first.Y, curve.P);
        return new(operation, first, second, new(rise, run, inverse, slope), new(x, y));
    }

    private static void RequireOn(Curve curve, CurvePoint point, string name)
    {
        if (point.IsFinite && !curve.Holds(point))
            throw new ArgumentException("not a point of this curve", name);
    }
}

/// <summary>The slope of a line or a tangent, rise / run modulo p. INSECURE: textbook arithmetic.</summary>
/// <param name="Rise">y2 − y1, or 3x² + a for a tangent.</param>
/// <param name="Run">x2 − x1, or 2y for a tangent.</param>
/// <param name="RunInverse">1 / run.</param>
/// <param name="Value">rise · (1 / run).</param>
public sealed record Slope(BigInteger Rise, BigInteger Run, BigInteger RunInverse, BigInteger Value);

/// <summary>One addition of points. INSECURE: textbook arithmetic.</summary>
/// <param name="Operation">Which rule applied.</param>
/// <param name="First">The first point.</param>
/// <param name="Second">The second point.</param>
/// <param name="Slope">Of the line or tangent; null where there is none.</param>
/// <param name="Result">The sum.</param>
public sealed record PointStep(
    PointOperation Operation, CurvePoint First, CurvePoint Second, Slope? Slope, CurvePoint Result);

/// <summary>One addition on the way of a multiplication. INSECURE: textbook arithmetic.</summary>
/// <param name="Bit">Which bit of the number asked for it; 0 is the lowest.</param>
/// <param name="Step">The addition; a doubling where both points are the same.</param>
public sealed record MultiplicationStep(int Bit, PointStep Step);

/// <summary>A multiplication of a point with its way. INSECURE: contains the number.</summary>
/// <param name="Scalar">The number.</param>
/// <param name="Point">The point.</param>
/// <param name="Steps">The additions, from the second highest bit down.</param>
/// <param name="Result">The multiple.</param>
public sealed record Multiplication(
    BigInteger Scalar, CurvePoint Point, Steps<MultiplicationStep> Steps, CurvePoint Result);
