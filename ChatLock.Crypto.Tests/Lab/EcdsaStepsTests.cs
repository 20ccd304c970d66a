using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using ChatLock.Crypto.Lab;
using ChatLock.Crypto.Tests.Signing;
using CsCheck;
using Xunit.Abstractions;

namespace ChatLock.Crypto.Tests.Lab;

/// <summary>That the steps reported are the computation, and not just a story beside it.</summary>
public sealed class EcdsaStepsTests(ITestOutputHelper output)
{
    [Fact]
    public void The_75_signatures_of_NIST_come_out_of_their_keys_and_ks()
    {
        var count = 0;
        foreach (var record in Vectors.Cavp("nist-p256/SigGen.txt"))
        {
            var hash = Hashes.Of(record[""].Split(',')[1], Convert.FromHexString(record["Msg"]));
            var error = TextbookEcdsa.Sign(Curve.P256, Hex(record["d"]), hash, Hex(record["k"]), out var trace);

            Assert.Equal(LabError.None, error);
            Assert.Equal(new CurvePoint(Hex(record["Qx"]), Hex(record["Qy"])), trace!.PublicKey);
            Assert.Equal((Hex(record["R"]), Hex(record["S"])), (trace.R, trace.S));
            count++;
        }

        output.WriteLine($"NIST SigGen by the textbook: {count} of 75");
        Assert.Equal(75, count);
    }

    [Fact]
    public void The_steps_of_a_multiplication_lead_from_the_point_to_its_multiple() =>
        Gen.Select(Gen.ULong[1, ulong.MaxValue], Gen.Bool).Sample(
            (scalar, isSmall) =>
            {
                var curve = isSmall ? Curve.F23 : Curve.P256;
                var product = CurveArithmetic.Multiply(curve, scalar, curve.G);

                var (at, multiple) = (curve.G, BigInteger.One);
                foreach (var (_, step) in product.Steps)
                {
                    Assert.Equal(at, step.First);
                    Assert.Equal(CurveArithmetic.Add(curve, step.First, step.Second), step);
                    multiple += step.Second == at ? multiple : 1;
                    at = step.Result;
                }
                Assert.Equal(at, product.Result);
                if (!isSmall)
                    Assert.Equal(scalar, multiple);
            },
            iter: 50);

    [Fact]
    public void Both_points_and_the_negative_of_the_sum_lie_on_the_line_of_the_reported_slope()
    {
        var curve = Curve.F23;
        var points = Enumerable.Range(1, 28).Select(k => CurveArithmetic.Multiply(curve, k, curve.G).Result).ToArray();
        var lines = 0;
        foreach (var step in from p in points from q in points select CurveArithmetic.Add(curve, p, q))
        {
            if (step.Slope is not { } slope)
            {
                Assert.Equal(PointOperation.Cancel, step.Operation);
                continue;
            }

            lines++;
            Assert.Equal(slope.Rise, Modular.Reduce(slope.Value * slope.Run, curve.P));
            Assert.Equal(1, slope.Run * slope.RunInverse % curve.P);
            AssertOnLine(step.Second.X, step.Second.Y);
            AssertOnLine(step.Result.X, -step.Result.Y);

            void AssertOnLine(BigInteger x, BigInteger y) =>
                Assert.Equal(0, Modular.Reduce((slope.Value * (x - step.First.X)) - (y - step.First.Y), curve.P));
        }

        Assert.Equal((28 * 28) - 28, lines);
    }

    [Fact]
    public void Each_division_of_an_inversion_divides_and_keeps_its_coefficient() =>
        Gen.Byte.Array[1, 32].Select(bytes => new BigInteger(bytes, isUnsigned: true)).Where(Curve.P256.IsScalar).Sample(value =>
        {
            var n = Curve.P256.N;
            var inversion = Modular.Invert(value, n);
            foreach (var step in inversion.Steps)
            {
                Assert.Equal(step.Upper, (step.Quotient * step.Lower) + step.Remainder);
                Assert.Equal(step.Remainder, Modular.Reduce(step.Coefficient * value, n));
            }
            Assert.Equal(1, inversion.Result * value % n);
        });

    [Fact]
    public void What_has_no_inverse_is_a_mistake_of_the_caller()
    {
        Assert.Throws<ArgumentException>(() => Modular.Invert(0, 29));
        Assert.Throws<ArgumentException>(() => Modular.Invert(6, 9));
    }

    [Fact]
    public void A_point_of_another_curve_is_a_mistake_of_the_caller()
    {
        Assert.Throws<ArgumentException>(() => CurveArithmetic.Add(Curve.F23, Curve.F23.G, Curve.P256.G));
        Assert.Throws<ArgumentException>(() => CurveArithmetic.Multiply(Curve.F23, 2, new CurvePoint(1, 1)));
        Assert.Throws<ArgumentException>(() => CurveArithmetic.Multiply(Curve.F23, -1, Curve.F23.G));
    }

    [Fact]
    public void The_whole_of_a_short_hash_and_the_left_of_a_long_one_is_signed()
    {
        Assert.Equal(0xABCD, TextbookEcdsa.HashToInteger(Curve.P256, [0xAB, 0xCD]));
        Assert.Equal(0b10110, TextbookEcdsa.HashToInteger(Curve.F23, [0b1011_0111, 0xFF]));
    }

    [Fact]
    public void A_k_that_gives_r_or_s_of_zero_is_skipped_and_reported()
    {
        // 1 G and 28 G have x = 0, so r would be 0; 29 is n. For 5 the hash is chosen so that e = -r d.
        var curve = Curve.F23;
        var r = CurveArithmetic.Multiply(curve, 5, curve.G).Result.X % curve.N;
        var e = Modular.Reduce(-r * 7, curve.N);
        byte[] hash = [(byte)((int)e << 3)];

        Assert.Equal(LabError.None, TextbookEcdsa.Sign(curve, 7, hash, [0, 29, 1, 28, 5, 6], out var trace));

        Assert.Equal(6, trace!.K);
        Assert.Equal(
            new Steps<RejectedNonce>(
            [
                new(0, NonceFlaw.OutOfRange), new(29, NonceFlaw.OutOfRange), new(1, NonceFlaw.ZeroR),
                new(28, NonceFlaw.ZeroR), new(5, NonceFlaw.ZeroS),
            ]),
            trace.Rejected);
        Assert.Equal(LabError.UnusableNonce, TextbookEcdsa.Sign(curve, 7, hash, 5, out _));
        Assert.Equal(LabError.UnusableNonce, TextbookEcdsa.Sign(curve, 7, hash, [], out _));
    }

    [Fact]
    public void A_verification_whose_sum_is_infinity_is_a_mismatch()
    {
        // With Q = G the sum is (e + r) w G: infinity for r = n - e.
        var curve = Curve.F23;
        var trace = TextbookEcdsa.Verify(curve, curve.G, [0b0101_0000], r: 19, s: 3);

        Assert.Equal(10, trace.E);
        Assert.False(trace.Steps!.Sum.Result.IsFinite);
        Assert.Null(trace.Steps.V);
        Assert.Equal(VerificationVerdict.Mismatch, trace.Verdict);
    }

    [Fact]
    public void The_nonces_of_RFC_6979_start_with_a_rejected_one_where_the_vector_says_so()
    {
        var d = Hex("c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721");
        var hash = SHA256.HashData("wv[vnX"u8);

        TextbookEcdsa.Sign(Curve.P256, d, hash, Rfc6979.Nonces(Curve.P256, d, hash, HMACSHA256.HashData), out var trace);

        Assert.Equal(NonceFlaw.OutOfRange, Assert.Single(trace!.Rejected).Flaw);
        Assert.Throws<ArgumentException>(() => Rfc6979.Nonces(Curve.P256, 0, hash, HMACSHA256.HashData));
    }

    private static BigInteger Hex(string hex) => BigInteger.Parse("0" + hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
