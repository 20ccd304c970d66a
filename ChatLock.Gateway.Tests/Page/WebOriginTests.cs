using ChatLock.Gateway.Page;

namespace ChatLock.Gateway.Tests.Page;

/// <summary>Origins are compared as browsers write them, and nothing else passes for one.</summary>
public sealed class WebOriginTests
{
    [Theory]
    [InlineData("https://chat.example.org", "https://chat.example.org")]
    [InlineData("https://chat.example.org:443", "https://chat.example.org")]
    [InlineData("HTTPS://Chat.Example.ORG:8443", "https://chat.example.org:8443")]
    [InlineData("http://127.0.0.1:80", "http://127.0.0.1")]
    [InlineData("http://[::1]:4680", "http://[::1]:4680")]
    [InlineData("http://[0:0:0:0:0:0:0:1]", "http://[::1]")]
    public void An_origin_has_one_form(string text, string form)
    {
        Assert.True(WebOrigin.TryParse(text, out var origin));
        Assert.True(WebOrigin.TryParse(form, out var other));

        Assert.Equal(form, origin.ToString());
        Assert.Equal(other, origin);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("chat.example.org")]
    [InlineData("file://")]
    [InlineData("ws://chat.example.org")]
    [InlineData("https://")]
    [InlineData("https://:443")]
    [InlineData("https://chat.example.org/")]
    [InlineData("https://chat.example.org/chat")]
    [InlineData("https://user@chat.example.org")]
    [InlineData("https://chat.example.org:")]
    [InlineData("https://chat.example.org:0")]
    [InlineData("https://chat.example.org:65536")]
    [InlineData("https://chat.example.org:+443")]
    [InlineData("https://chat.example.org\u001b[31m")]
    [InlineData("https://chat example.org")]
    [InlineData("https://a, https://b")]
    [InlineData("https://[::1")]
    [InlineData("https://[]")]
    [InlineData("https://[localhost]")]
    [InlineData("https://[fe80::1%eth0]")]
    public void What_is_no_origin_is_none(string? text) => Assert.False(WebOrigin.TryParse(text, out _));

    [Theory]
    [InlineData("http://localhost:1", true)]
    [InlineData("http://127.0.0.1", true)]
    [InlineData("http://127.9.9.9", true)]
    [InlineData("http://[::1]", true)]
    [InlineData("http://127.1", false)]
    [InlineData("http://0x7f000001", false)]
    [InlineData("http://2130706433", false)]
    [InlineData("http://localhost.example.org", false)]
    [InlineData("http://127.0.0.1.example.org", false)]
    [InlineData("http://192.0.2.1", false)]
    public void Only_what_no_name_server_can_turn_elsewhere_is_loopback(string text, bool isLoopback)
    {
        Assert.True(WebOrigin.TryParse(text, out var origin));

        Assert.Equal(isLoopback, origin.IsLoopback);
    }
}
