using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ChatLock.Crypto.Lab;
using ChatLock.Crypto.Tests.Signing;
using CsCheck;
using Xunit.Abstractions;

namespace ChatLock.Crypto.Tests.Lab;

public sealed class TextbookEcdsaTests(ITestOutputHelper output)
{
    [Fact]
    public void The_small_curve_has_28_points_and_infinity_and_G_makes_them_all()
    {
        var curve = Curve.F23;
        var all = from x in Enumerable.Range(0, 23)
                  from y in Enumerable.Range(0, 23)
                  where ((y * y) - ((x * x * x) + x + 4)) % 23 == 0
                  select new CurvePoint(x, y);
        var multiples = Enumerable.Range(1, 28).Select(k => CurveArithmetic.Multiply(curve, k, curve.G).Result).ToHashSet();

        Assert.Equal(28, multiples.Count);
        Assert.True(multiples.SetEquals(all));
        Assert.Equal(CurvePoint.Infinity, CurveArithmetic.Multiply(curve, 29, curve.G).Result);
        Assert.Equal(29, curve.N);
    }

    [Fact]
    public void Adding_points_of_the_small_curve_is_adding_their_multiples()
    {
        var curve = Curve.F23;
        for (var a = 0; a < 29; a++)
        {
            for (var b = 0; b < 29; b++)
                Assert.Equal(Times((a + b) % 29), CurveArithmetic.Add(curve, Times(a), Times(b)).Result);
        }

        CurvePoint Times(int k) => CurveArithmetic.Multiply(curve, k, curve.G).Result;
    }

    [Fact]
    public void Every_key_k_and_hash_of_the_small_curve_makes_a_signature_that_verifies_or_says_why_not()
    {
        var (signed, unusable) = (0, 0);
        for (var d = 1; d < 29; d++)
        {
            for (var k = 1; k < 29; k++)
            {
                var hash = SHA256.HashData([(byte)d, (byte)k]);
                if (TextbookEcdsa.Sign(Curve.F23, d, hash, k, out var trace) == LabError.UnusableNonce)
                {
                    unusable++;
                    continue;
                }

                signed++;
                Assert.Equal(VerificationVerdict.Valid, TextbookEcdsa.Verify(Curve.F23, trace!.PublicKey, hash, trace.R, trace.S).Verdict);
            }
        }

        Assert.Equal(28 * 28, signed + unusable);
        Assert.True(signed > 600);
    }

    [Fact]
    public void On_P256_the_lab_and_the_platform_accept_each_others_signatures() =>
        Gen.Byte.Array[0, 100].Sample(
            message =>
            {
                using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
                var parameters = key.ExportParameters(includePrivateParameters: true);
                var hash = SHA256.HashData(message);
                var d = Number(parameters.D!);
                var q = new CurvePoint(Number(parameters.Q.X!), Number(parameters.Q.Y!));

                Assert.Equal(LabError.None, TextbookEcdsa.Sign(Curve.P256, d, hash, Rfc6979.Nonces(Curve.P256, d, hash, HMACSHA256.HashData), out var trace));
                Assert.Equal(q, trace!.PublicKey);
                Assert.True(key.VerifyHash(hash, (byte[])[.. Bytes(trace.R), .. Bytes(trace.S)]));

                var signature = key.SignHash(hash);
                var (r, s) = (Number(signature[..32]), Number(signature[32..]));
                Assert.Equal(VerificationVerdict.Valid, TextbookEcdsa.Verify(Curve.P256, q, hash, r, s).Verdict);
                hash[0] ^= 1;
                Assert.Equal(VerificationVerdict.Mismatch, TextbookEcdsa.Verify(Curve.P256, q, hash, r, s).Verdict);
            },
            iter: 20);

    [Fact]
    public void The_11_vectors_of_RFC_6979_come_out_value_by_value()
    {
        var file = Vectors.Json<JsonElement>("rfc6979/p256.json");
        var d = Hex(file.Text("private_key"));
        var count = 0;
        foreach (var test in file.GetProperty("tests").EnumerateArray())
        {
            var name = test.Text("hash");
            var hash = Hashes.Of(name, Encoding.UTF8.GetBytes(test.Text("message")));
            var nonces = Rfc6979.Nonces(Curve.P256, d, hash, (key, data) => HmacOf(name, key, data));
            Assert.Equal(LabError.None, TextbookEcdsa.Sign(Curve.P256, d, hash, nonces, out var trace));
            Assert.Equal(
                (Hex(test.Text("k")), Hex(test.Text("r")), Hex(test.Text("s"))),
                (trace!.K, trace.R, trace.S));
            count++;
        }

        output.WriteLine($"RFC 6979: {count} of 11");
        Assert.Equal(11, count);
    }

    [Fact]
    public void An_inverse_times_its_number_is_one() =>
        Gen.Int[1, 28].Sample(value => Assert.Equal(1, Modular.Invert(value, 29).Result * value % 29));

    [Fact]
    public void A_point_off_the_curve_and_numbers_out_of_range_are_verdicts()
    {
        var hash = SHA256.HashData("x"u8);
        var curve = Curve.F23;

        Assert.Equal(VerificationVerdict.PublicKeyNotOnCurve, TextbookEcdsa.Verify(curve, new CurvePoint(1, 1), hash, 1, 1).Verdict);
        Assert.Equal(VerificationVerdict.PublicKeyNotOnCurve, TextbookEcdsa.Verify(curve, CurvePoint.Infinity, hash, 1, 1).Verdict);
        Assert.Equal(VerificationVerdict.SignatureOutOfRange, TextbookEcdsa.Verify(curve, curve.G, hash, 0, 1).Verdict);
        Assert.Equal(VerificationVerdict.SignatureOutOfRange, TextbookEcdsa.Verify(curve, curve.G, hash, 1, 29).Verdict);
        Assert.Equal(LabError.OutOfRange, TextbookEcdsa.Sign(curve, 29, hash, 1, out _));
        Assert.Equal(LabError.OutOfRange, TextbookEcdsa.Sign(curve, 1, hash, 0, out _));
    }

    /// <summary>RFC 2104, over the hashes of the vectors; the platform has no HMAC with SHA-224.</summary>
    private static byte[] HmacOf(string hashName, ReadOnlySpan<byte> key, ReadOnlySpan<byte> data)
    {
        var block = new byte[hashName is "SHA-384" or "SHA-512" ? 128 : 64];
        key.CopyTo(block);
        var inner = block.Select(b => (byte)(b ^ 0x36)).ToArray();
        var outer = block.Select(b => (byte)(b ^ 0x5C)).ToArray();
        return Hashes.Of(hashName, [.. outer, .. Hashes.Of(hashName, [.. inner, .. data])]);
    }

    private static BigInteger Number(byte[] bytes) => new(bytes, isUnsigned: true, isBigEndian: true);

    private static BigInteger Hex(string hex) => BigInteger.Parse("0" + hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static byte[] Bytes(BigInteger value) => Modular.ToBytes(value, 32);
}
