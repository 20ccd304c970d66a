using ChatLock.Crypto.Suites;
using CsCheck;

namespace ChatLock.Crypto.Tests.Suites;

public class RoomSecretTests
{
    [Fact]
    public void A_secret_is_32_bytes_and_nothing_else() =>
        Gen.Byte.Array[0, 70].Sample(bytes => RoomSecret.TryImport(bytes, out _) == (bytes.Length == 32));

    [Fact]
    public void A_secret_comes_back_from_its_export()
    {
        var secret = RoomSecret.Generate();
        Assert.True(RoomSecret.TryImport(secret.Export(), out var copy));
        Assert.Equal(secret.Export(), copy.Export());
        Assert.NotEqual(secret.Export(), RoomSecret.Generate().Export());
    }

    [Fact]
    public void Neither_giving_nor_taking_shares_the_bytes()
    {
        var bytes = RoomSecret.Generate().Export();
        RoomSecret.TryImport(bytes, out var secret);
        var before = secret!.Export();
        bytes[0] ^= 1;
        secret.Export()[1] ^= 1;
        Assert.Equal(before, secret.Export());
    }

    [Fact]
    public void Printing_a_secret_tells_nothing()
    {
        var (one, two) = (RoomSecret.Generate(), RoomSecret.Generate());
        Assert.Equal(one.ToString(), two.ToString());
    }
}
