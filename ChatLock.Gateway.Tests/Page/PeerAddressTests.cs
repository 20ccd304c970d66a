using System.Net;
using ChatLock.Gateway.Connections;

namespace ChatLock.Gateway.Tests.Page;

/// <summary>Whom a connection is counted under.</summary>
public sealed class PeerAddressTests
{
    [Theory]
    [InlineData("127.0.0.1", "203.0.113.7", "203.0.113.7")]
    [InlineData("::ffff:10.0.0.2", "203.0.113.7", "203.0.113.7")]
    [InlineData("10.0.0.2", "198.51.100.1, 203.0.113.7", "203.0.113.7")]
    [InlineData("10.0.0.2", "203.0.113.7, 10.0.0.3, 192.168.1.1", "203.0.113.7")]
    [InlineData("10.0.0.2", "203.0.113.7:51234", "203.0.113.7")]
    [InlineData("10.0.0.2", "[2001:db8::7]:51234", "2001:db8::7")]
    [InlineData("fd00::2", "2001:db8::7", "2001:db8::7")]
    [InlineData("10.0.0.2", "127.0.0.1, 192.168.1.7", "192.168.1.7")]
    [InlineData("10.0.0.2", "", "10.0.0.2")]
    [InlineData("10.0.0.2", "unknown", "10.0.0.2")]
    [InlineData("10.0.0.2", "203.0.113.7, \"; drop", "10.0.0.2")]
    [InlineData("203.0.113.1", "198.51.100.1", "203.0.113.1")]
    public void Behind_a_proxy_it_is_the_last_stranger_that_the_proxies_saw(string peer, string forwardedFor, string counted) =>
        Assert.Equal(IPAddress.Parse(counted), PeerAddress.Of(IPAddress.Parse(peer), forwardedFor, behindProxy: true));

    [Fact]
    public void Without_a_proxy_it_is_the_peer_whatever_the_header_says() => Assert.Equal(
        IPAddress.Loopback, PeerAddress.Of(IPAddress.Loopback, "203.0.113.7", behindProxy: false));

    [Fact]
    public void A_chain_is_followed_only_so_far()
    {
        var chain = string.Join(", ", Enumerable.Repeat("10.0.0.3", 16).Prepend("203.0.113.7"));

        Assert.Equal(IPAddress.Parse("10.0.0.3"), PeerAddress.Of(IPAddress.Loopback, chain, behindProxy: true));
    }
}
