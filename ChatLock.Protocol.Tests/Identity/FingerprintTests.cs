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
}
