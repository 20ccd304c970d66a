using ChatLock.Crypto.Signing;
using CsCheck;

namespace ChatLock.Crypto.Tests.Signing;

public class P256PublicKeyTests
{
    private const string Prime = "FFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF";

    private static readonly byte[] Generator = Convert.FromHexString(
        "04" + "6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296"
             + "4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5");

    [Fact]
    public void The_generator_is_a_key()
    {
        Assert.True(P256PublicKey.TryImport(Generator, out var key));
        Assert.Equal(Generator, key.Point.ToArray());
    }

    [Fact]
    public void A_key_is_the_importer_s_own_copy()
    {
        var bytes = Generator.ToArray();
        P256PublicKey.TryImport(bytes, out var key);
        bytes[5] ^= 1;
        Assert.Equal(Generator, key!.Point.ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(33)]
    [InlineData(64)]
    [InlineData(66)]
    public void Another_length_than_65_bytes_is_no_key(int length)
    {
        var bytes = Generator.Concat(Generator).Take(length).ToArray();
        Assert.False(P256PublicKey.TryImport(bytes, out var key));
        Assert.Null(key);
    }

    [Theory]
    [InlineData(0x00)]
    [InlineData(0x02)]
    [InlineData(0x03)]
    [InlineData(0x06)] // OpenSSL's hybrid form
    [InlineData(0x07)]
    public void Another_form_than_uncompressed_is_no_key(byte form) =>
        Assert.False(P256PublicKey.TryImport([form, .. Generator[1..]], out _));

    [Fact]
    public void Zero_in_the_place_of_infinity_is_no_key() =>
        Assert.False(P256PublicKey.TryImport([0x04, .. new byte[64]], out _));

    [Fact]
    public void A_coordinate_that_wraps_around_the_prime_is_no_key()
    {
        // x = 0 has a point; x = p is the same number modulo p and still not in range.
        var y = "66485C780E2F83D72433BD5D84A06BB6541C2AF31DAE871728BF856A174F93F4";
        Assert.True(P256PublicKey.TryImport(Convert.FromHexString("04" + new string('0', 64) + y), out _));
        Assert.False(P256PublicKey.TryImport(Convert.FromHexString("04" + Prime + y), out _));
    }

    [Fact]
    public void A_point_with_any_one_bit_changed_is_no_key() =>
        Gen.Int[0, 8 * P256PublicKey.PointLength - 1].Sample(bit =>
        {
            var point = Generator.ToArray();
            point[bit / 8] ^= (byte)(1 << (bit % 8));
            return !P256PublicKey.TryImport(point, out _);
        });

    [Fact]
    public void Random_bytes_never_throw() =>
        Gen.Byte.Array[0, 70].Sample(bytes => P256PublicKey.TryImport(bytes, out var key) == (key is not null));

    [Fact]
    public void The_fingerprint_is_SHA_256_of_the_point()
    {
        P256PublicKey.TryImport(Generator, out var key);
        Assert.Equal(Hashes.Of("SHA-256", Generator), key!.Fingerprint.ToArray());
    }

    [Fact]
    public void Keys_with_the_same_point_are_equal()
    {
        using var other = SigningKey.Generate();
        P256PublicKey.TryImport(Generator, out var one);
        P256PublicKey.TryImport(Generator, out var same);
        Assert.Equal(one, same);
        Assert.Equal(one!.GetHashCode(), same!.GetHashCode());
        Assert.NotEqual(one, other.PublicKey);
    }
}
