using ChatLock.Crypto.Classic;
using ChatLock.Crypto.Lab;
using CsCheck;

namespace ChatLock.Crypto.Tests.Lab;

/// <summary>What the lab promises for any input: printable lines that fit, or a sentence.</summary>
public sealed class LabLinesTests
{
    private const string Key = "133457799BBCDFF1";

    /// <summary>RFC 6979's own key: its first k for "wv[vnX" is rejected.</summary>
    private const string PrivateKey = "c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721";

    private static readonly string[] Awkward =
        ["", " ", "\0", "\e[31m", "\u202E", "\uD800", "0x", "0x1C", "28", "ffffffff", Key, PrivateKey];

    private static readonly Gen<string> Anything =
        Gen.OneOf(Gen.String, Gen.Int[0, Awkward.Length - 1].Select(i => Awkward[i]));

    [Fact]
    public void Any_input_to_DES_gives_printable_lines_or_a_sentence() =>
        Gen.Select(Gen.OneOf(Anything, Gen.Const(Key)), Anything, Gen.Enum<DesDirection>()).Sample(
            (key, input, direction) => AssertPrintable(DesLab.Run(key, input, direction)));

    [Fact]
    public void Any_input_to_ECDSA_gives_printable_lines_or_a_sentence() =>
        Gen.Select(Gen.OneOf(Anything, Gen.Const("small")), Anything, Anything, Anything).Sample(
            (curve, key, message, k) => AssertPrintable(EcdsaLab.Run(curve, key, message, k)));

    [Fact]
    public void The_longest_lines_fit_too()
    {
        AssertPrintable(DesLab.Run("0101010101010101", "0123456789ABCDEF"));
        AssertPrintable(DesLab.Run(Key, new string('x', DesLab.TextBytesMax)));
        AssertPrintable(EcdsaLab.Run("p256", PrivateKey, "wv[vnX", null));
        AssertPrintable(EcdsaLab.Run("p256", "1", new string('x', EcdsaLab.MessageBytesMax), "1"));
        Assert.All(Enumerable.Range(1, 28), d =>
            Assert.All(Enumerable.Range(1, 28), k => AssertPrintable(EcdsaLab.Run("small", $"{d}", "hello", $"{k}"))));
    }

    [Theory]
    [InlineData("", LabError.WrongLength)]
    [InlineData("133457799BBCDFF", LabError.WrongLength)]
    [InlineData("133457799BBCDFF1F", LabError.WrongLength)]
    [InlineData("133457799BBCDFFX", LabError.BadNumber)]
    public void A_bad_DES_key_has_its_own_error(string key, LabError error)
    {
        Assert.Equal(error, DesLab.Run(key, "text").Error);
        Assert.Equal(error, DesLab.RunBlock(key, "0123456789ABCDEF", DesDirection.Encrypt).Error);
        Assert.Equal(error, DesLab.RunBlock(Key, key, DesDirection.Decrypt).Error);
    }

    [Theory]
    [InlineData("small", "1", "1", LabError.UnusableNonce)]
    [InlineData("small", "1", "0x1d", LabError.OutOfRange)]
    [InlineData("small", "", null, LabError.WrongLength)]
    [InlineData("small", "1f", null, LabError.BadNumber)]
    [InlineData("small", "-1", null, LabError.BadNumber)]
    [InlineData("p256", "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", null, LabError.OutOfRange)]
    [InlineData("p256", "10000000000000000000000000000000000000000000000000000000000000000", null, LabError.WrongLength)]
    [InlineData("p256", null, "0", LabError.OutOfRange)]
    [InlineData("curve25519", null, null, LabError.UnknownCurve)]
    public void Each_bad_value_has_its_own_error(string curve, string? privateKey, string? k, LabError error) =>
        Assert.Equal(error, EcdsaLab.Run(curve, privateKey, "hello", k).Error);

    [Fact]
    public void What_is_longer_than_a_message_is_refused()
    {
        Assert.Equal(LabError.WrongLength, DesLab.RunText(Key, new string('x', DesLab.TextBytesMax + 1)).Error);
        Assert.Equal(LabError.WrongLength, EcdsaLab.Run("p256", null, new string('x', EcdsaLab.MessageBytesMax + 1), null).Error);
    }

    [Theory]
    [InlineData("0101010101010101", "Weak key")]
    [InlineData("011F011F010E010E", "Semi-weak key")]
    [InlineData("133457799BBCDFF0", "The key doesn't have odd parity")]
    public void A_key_that_messages_would_not_get_is_computed_and_remarked_upon(string key, string remark)
    {
        Assert.StartsWith(remark, DesLab.Run(key, "0123456789ABCDEF").Lines[1], StringComparison.Ordinal);
        Assert.StartsWith(remark, DesLab.Run(key, "text").Lines[1], StringComparison.Ordinal);
        Assert.DoesNotContain(DesLab.Run(Key, "text").Lines, line => line.StartsWith(remark, StringComparison.Ordinal));
    }

    [Fact]
    public void Spaces_between_the_digits_of_a_key_or_block_are_nothing() =>
        Assert.Equal(DesLab.Run(Key, "0123456789ABCDEF").Lines, DesLab.Run("1334 5779 9BBC DFF1", "01 23 45 67 89 ab cd ef").Lines);

    [Theory]
    [InlineData("P-256")]
    [InlineData("p256")]
    [InlineData("SMALL")]
    public void Curves_are_found_in_the_spellings_people_use(string name) =>
        Assert.Equal(LabError.None, EcdsaLab.Run(name, null, "hello", null, LabDetail.Values).Error);

    [Fact]
    public void A_rejected_k_is_printed() =>
        Assert.Contains(
            EcdsaLab.Run("p256", PrivateKey, "wv[vnX", null, LabDetail.Values).Lines,
            line => line.StartsWith("  k rejected ", StringComparison.Ordinal)
                && line.EndsWith(": not between 1 and n - 1", StringComparison.Ordinal));

    [Fact]
    public void On_P256_the_platform_is_asked_for_its_opinion() =>
        Assert.Equal(
            "  The platform's own ECDSA calls it valid too",
            EcdsaLab.Run("p256", PrivateKey, "sample", null, LabDetail.Values).Lines[^1]);

    [Fact]
    public void The_small_curve_is_worked_out_in_full()
    {
        var lines = EcdsaLab.Run("small", "7", "hello", "13").Lines;

        Assert.Contains("       2  double    1/ 4 =  1* 6 =  6  ( 0,  2) + ( 0,  2) = (13, 12)", lines);
        Assert.Contains("  kG         ( 8, 15)", lines);
        Assert.Contains("  r          8", lines);
        Assert.Contains("  s          27", lines);
        Assert.Contains("  u1 G       (17,  9)", lines);
        Assert.Contains("  u2 Q       ( 0,  2)", lines);
        Assert.Contains("  sum        ( 8, 15)", lines);
        Assert.Contains("  v          8", lines);
    }

    [Fact]
    public void Only_the_steps_are_left_out_of_the_values()
    {
        var values = EcdsaLab.Run("p256", PrivateKey, "sample", null, LabDetail.Values).Lines;
        var steps = EcdsaLab.Run("p256", PrivateKey, "sample", null).Lines;

        Assert.Empty(values.Except(steps));
        Assert.InRange(values.Count, 40, 70);
        Assert.InRange(steps.Count, 1300, 1800);
    }

    [Fact]
    public void A_public_key_or_signature_of_another_shape_is_refused_and_one_off_the_curve_is_invalid()
    {
        var point = new byte[65];
        Assert.Equal(LabError.WrongLength, EcdsaLab.Verify(point, [], new byte[64]).Error);
        point[0] = 4;
        Assert.Equal(LabError.WrongLength, EcdsaLab.Verify(point, [], new byte[63]).Error);
        Assert.Equal(LabError.WrongLength, EcdsaLab.Verify(point.AsSpan(1), [], new byte[64]).Error);
        Assert.Contains("  INVALID: the public key is not a point of the curve", EcdsaLab.Verify(point, [], new byte[64]).Lines);
    }

    private static void AssertPrintable(LabResult result)
    {
        Assert.Equal(result.Error == LabError.None, result.Sentence.Length == 0);
        Assert.Equal(result.Error == LabError.None, result.Lines.Count > 0);
        foreach (var line in result.Lines.Append(result.Sentence))
        {
            Assert.True(line.Length <= LabResult.LineLengthMax, line);
            Assert.True(line.All(c => c is >= ' ' and <= '~'), line);
        }
        if (result.Lines.Count > 0)
            Assert.StartsWith("INSECURE", result.Lines[0], StringComparison.Ordinal);
    }
}
