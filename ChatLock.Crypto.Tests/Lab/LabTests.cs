using ChatLock.Crypto.Classic;
using ChatLock.Crypto.Lab;

namespace ChatLock.Crypto.Tests.Lab;

/// <summary>What <c>chatlock lab</c> prints.</summary>
public sealed class LabTests
{
    [Fact]
    public void Des_prints_every_step_under_a_warning()
    {
        var result = DesLab.Run("133457799BBCDFF1", "0123456789ABCDEF");

        Assert.Equal(LabError.None, result.Error);
        Assert.Contains("INSECURE", result.Lines[0], StringComparison.Ordinal);
        var text = string.Join('\n', result.Lines).ToLowerInvariant();
        Assert.Contains("85e813540f0ab405", text, StringComparison.Ordinal);
        Assert.All(Enumerable.Range(1, 16), round => Assert.Contains($"round {round}", text, StringComparison.Ordinal));
        Assert.All(result.Lines, line => Assert.True(line.Length <= LabResult.LineLengthMax, line));
    }

    [Theory]
    [InlineData("p256", null)]
    [InlineData("small", "7")]
    public void Ecdsa_prints_every_value_under_a_warning(string curve, string? privateKey)
    {
        var result = EcdsaLab.Run(curve, privateKey, "hello", null);

        Assert.Equal(LabError.None, result.Error);
        Assert.Contains("INSECURE", result.Lines[0], StringComparison.Ordinal);
        var text = string.Join('\n', result.Lines);
        Assert.All(["u1", "u2", "kG", "VALID"], value => Assert.Contains(value, text, StringComparison.Ordinal));
        Assert.DoesNotContain("INVALID", text, StringComparison.Ordinal);
        Assert.All(result.Lines, line => Assert.True(line.Length <= LabResult.LineLengthMax, line));
    }

    [Theory]
    [InlineData("", "0123456789ABCDEF")]
    [InlineData("12", "0123456789ABCDEF")]
    [InlineData("133457799BBCDFFG", "0123456789ABCDEF")]
    [InlineData("133457799BBCDFF100", "text")]
    public void Des_answers_a_bad_key_with_a_sentence(string key, string block)
    {
        var result = DesLab.Run(key, block);

        Assert.NotEqual(LabError.None, result.Error);
        Assert.NotEmpty(result.Sentence);
        Assert.Empty(result.Lines);
    }

    [Fact]
    public void Decrypting_what_is_no_block_is_answered_with_a_sentence() =>
        Assert.NotEqual(LabError.None, DesLab.Run("133457799BBCDFF1", "hello", DesDirection.Decrypt).Error);

    [Theory]
    [InlineData("no-such-curve", null, null, LabError.UnknownCurve)]
    [InlineData("small", "0", null, LabError.OutOfRange)]
    [InlineData("small", "29", null, LabError.OutOfRange)]
    [InlineData("small", "7", "29", LabError.OutOfRange)]
    [InlineData("small", "seven", null, LabError.BadNumber)]
    public void Ecdsa_answers_bad_values_with_a_sentence(string curve, string? privateKey, string? k, LabError error)
    {
        var result = EcdsaLab.Run(curve, privateKey, "hello", k);

        Assert.Equal(error, result.Error);
        Assert.NotEmpty(result.Sentence);
    }

    [Fact]
    public void A_real_signature_is_followed_to_its_verdict()
    {
        using var key = ChatLock.Crypto.Signing.SigningKey.Generate();
        var data = "hello"u8.ToArray();
        var signature = key.Sign(data);

        var good = EcdsaLab.Verify(key.PublicKey.Point.Span, data, signature);
        signature[5] ^= 1;
        var bad = EcdsaLab.Verify(key.PublicKey.Point.Span, data, signature);

        Assert.DoesNotContain(good.Lines, line => line.Contains("INVALID", StringComparison.Ordinal));
        Assert.Contains(bad.Lines, line => line.Contains("INVALID", StringComparison.Ordinal));
    }
}
