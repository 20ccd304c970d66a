using ChatLock.Actors;
using ChatLock.Gateway.Settings;

namespace ChatLock.Gateway.Tests.Page;

/// <summary>chatlock.page: what it allows, and what it refuses.</summary>
public sealed class ProxyTests
{
    [Theory]
    [InlineData("listen.page", "0.0.0.0:4680")]
    [InlineData("listen.page", "*:4680")]
    [InlineData("page.behind-proxy", "on")]
    [InlineData("page.behind-proxy", "perhaps")]
    [InlineData("page.origins", "chat.example.org")]
    [InlineData("page.origins", "https://chat.example.org/")]
    [InlineData("page.origins", "https://chat.example.org, null")]
    [InlineData("page.origins", "http://chat.example.org")]
    [InlineData("page.origins", "*")]
    public void What_would_open_the_page_by_mistake_is_refused_by_name(string key, string value)
    {
        var wrong = Assert.Throws<SettingsException>(() => Read($"chatlock.{key} = \"{value}\""));

        Assert.Contains($"chatlock.{key}", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_proxy_with_a_name_lets_the_page_listen_anywhere()
    {
        var settings = Read(
            """
            chatlock.page { origins = ["https://chat.example.org", "https://example.org:8443"], behind-proxy = on }
            chatlock.listen.page = "*:4680"
            """);

        Assert.False(settings.Page!.IsLoopback);
        Assert.Equal(["https://chat.example.org", "https://example.org:8443"], settings.PageAccess.Origins.Select(origin => $"{origin}"));
    }

    [Fact]
    public void By_default_there_is_no_proxy_and_no_other_origin()
    {
        var settings = Read("");

        Assert.False(settings.PageAccess.BehindProxy);
        Assert.Empty(settings.PageAccess.Origins);
    }

    private static GatewaySettings Read(string hocon)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, hocon);
            var config = SettingsLayers.Merge([], [], file);
            return GatewaySettings.Read(new SettingsReader(config.GetConfig(SettingsReader.Root)));
        }
        finally
        {
            File.Delete(file);
        }
    }
}
