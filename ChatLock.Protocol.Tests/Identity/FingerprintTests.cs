using System.Numerics;
using System.Security.Cryptography;
using ChatLock.Protocol.Identity;
using CsCheck;

namespace ChatLock.Protocol.Tests.Identity;

public sealed class FingerprintTests
{
    [Fact]
    public void It_is_SHA_256_of_the_65_bytes()
    {
        using var someone = new TestIdentity();

        Assert.Equal(SHA256.HashData(someone.Point.Span), Fingerprint.Of(someone.Point.Span).ToBytes());
    }

    [Fact]
    public void It_travels_as_32_bytes_and_comes_back_equal() => Gen.Byte.Array[32].Sample(bytes =>
    {
        Assert.True(Fingerprint.TryFrom(bytes, out var there));
        Assert.Equal(bytes, there.ToBytes());
        Assert.Equal(bytes, there.ToByteString().ToByteArray());
        Assert.True(Fingerprint.TryFrom(there.ToByteString().Span, out var back));
        Assert.True(there == back && !(there != back) && there.Equals((object)back));
        Assert.Equal(there.GetHashCode(), back.GetHashCode());
    }, iter: 500);

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    [InlineData(65)]
    public void Any_other_length_is_none(int length)
    {
        Assert.False(Fingerprint.TryFrom(new byte[length], out var none));
        Assert.Equal(default, none);
    }

    [Fact]
    public void Each_byte_counts()
    {
        for (var at = 0; at < Fingerprint.Bytes; at++)
        {
            var bytes = new byte[Fingerprint.Bytes];
            bytes[at] = 1;
            Fingerprint.TryFrom(bytes, out var one);
            Assert.NotEqual(default, one);
        }
    }

    [Fact]
    public void The_order_is_that_of_the_bytes() => Gen.Select(Gen.Byte.Array[32], Gen.Byte.Array[32]).Sample((a, b) =>
    {
        Fingerprint.TryFrom(a, out var left);
        Fingerprint.TryFrom(b, out var right);
        var order = a.AsSpan().SequenceCompareTo(b);
        Assert.Equal(Math.Sign(order), Math.Sign(left.CompareTo(right)));
        Assert.Equal(order < 0, left < right);
        Assert.Equal(order > 0, left > right);
        Assert.Equal(order <= 0, left <= right);
        Assert.Equal(order >= 0, left >= right);
    }, iter: 500);

    [Fact]
    public void People_read_it_in_16_groups_of_four_and_a_log_shows_8_bytes()
    {
        Fingerprint.TryFrom([.. Enumerable.Range(0, 32).Select(i => (byte)i)], out var fingerprint);

        Assert.Equal(
            "0001 0203 0405 0607 0809 0a0b 0c0d 0e0f 1011 1213 1415 1617 1819 1a1b 1c1d 1e1f", fingerprint.ToGroups());
        Assert.Equal("0001020304050607", fingerprint.ToString());
    }

    [Fact]
    public void The_words_are_the_list_of_BIP_39()
    {
        using var list = typeof(Fingerprint).Assembly.GetManifestResourceStream("words-english.txt")!;
        Assert.Equal(
            "2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda", Convert.ToHexStringLower(SHA256.HashData(list)));
    }

    [Fact]
    public void Twelve_words_are_the_first_132_bits_big_endian() => Gen.Byte.Array[32].Sample(bytes =>
    {
        Fingerprint.TryFrom(bytes, out var fingerprint);
        var bits = new BigInteger(bytes, isUnsigned: true, isBigEndian: true) >> (256 - 132);
        Assert.Equal(12, fingerprint.ToWords().Count);
        for (var word = 11; word >= 0; word--, bits >>= 11)
        {
            Fingerprint.TryFrom([(byte)((int)(bits & 2047) >> 3), (byte)((int)(bits & 7) << 5), .. new byte[30]], out var alone);
            Assert.Equal(alone.ToWords()[0], fingerprint.ToWords()[word]);
        }
    }, iter: 300);

    [Theory]
    [InlineData("abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon zoo", true)]
    [InlineData(" Abandon\tABANDON abandon\nabandon abandon abandon abandon abandon abandon abandon abandon zoo\r\n", true)]
    [InlineData("abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon", false)]
    [InlineData("abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon zoo zoo", false)]
    [InlineData("abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon zoos", false)]
    [InlineData("aban aban aban aban aban aban aban aban aban aban aban zoo", false)]
    [InlineData("", false)]
    public void Words_are_read_as_people_type_them_and_only_twelve_of_the_list(string text, bool isGood)
    {
        Assert.Equal(isGood, VerificationWords.TryParse(text, out var words));
        Assert.Equal(isGood ? [.. Enumerable.Repeat("abandon", 11), "zoo"] : null, words);
    }
}
