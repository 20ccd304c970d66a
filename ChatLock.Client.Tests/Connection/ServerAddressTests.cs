using ChatLock.Client.Connection;
using CsCheck;

namespace ChatLock.Client.Tests.Connection;

public sealed class ServerAddressTests
{
    private static readonly string Hex = new('a', 64);

    [Theory]
    [InlineData("example.org", "example.org:4600", false)]
    [InlineData("Example.ORG:5000", "example.org:5000", false)]
    [InlineData("chatlock://10.0.0.1:4600", "10.0.0.1:4600", false)]
    [InlineData("chatlock://10.0.0.1:4600/", "10.0.0.1:4600", false)]
    [InlineData("[::1]:4700", "[::1]:4700", false)]
    [InlineData("::1", "[::1]:4600", false)]
    [InlineData("plain://127.0.0.1:4601", "127.0.0.1:4601", true)]
    [InlineData("plain://localhost:4601", "localhost:4601", true)]
    public void An_address_is_read_in_each_of_its_forms(string text, string key, bool isPlain)
    {
        Assert.True(ServerAddress.TryParse(text, out var address, out _));
        Assert.Equal(key, address.ToString());
        Assert.Equal(isPlain, address.IsPlain);
        Assert.Null(address.Certificate);
    }

    [Fact]
    public void A_link_carries_the_certificate_that_must_be_shown()
    {
        Assert.True(ServerAddress.TryParse($"chatlock://host:4600#sha256={Hex}", out var address, out _));
        Assert.Equal(Hex, Convert.ToHexStringLower([.. address.Certificate!.Value]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("host:0")]
    [InlineData("host:65536")]
    [InlineData("host:http")]
    [InlineData("a b")]
    [InlineData("http://host")]
    [InlineData("host#sha256=abc")]
    [InlineData("host#md5=abc")]
    [InlineData("plain://example.org:4600")]
    [InlineData("plain://10.0.0.1:4600")]
    public void What_is_no_address_is_refused_with_a_sentence(string text)
    {
        Assert.False(ServerAddress.TryParse(text, out var address, out var problem));
        Assert.Null(address);
        Assert.EndsWith(".", problem.Replace("…", "."), StringComparison.Ordinal);
    }

    [Fact]
    public void No_text_at_all_makes_it_throw() => Gen.String.Sample(text =>
        ServerAddress.TryParse(text, out var address, out var problem) == (address is not null && problem.Length == 0));
}
