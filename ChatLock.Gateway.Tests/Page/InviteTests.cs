using System.Net;
using System.Text.Json;
using ChatLock.Gateway.Page;
using ChatLock.Gateway.Tests.BadInput;

namespace ChatLock.Gateway.Tests.Page;

/// <summary>The links for a friend: in /invite.json, and in what the gateway prints.</summary>
public sealed class InviteTests
{
    private static readonly string? Lan = LanAddress.Of(new IPEndPoint(IPAddress.Any, 0));

    [Fact]
    public async Task Where_nobody_else_can_come_there_is_no_link()
    {
        await using var rig = await GatewayRig.StartAsync(Browser.Files);

        Assert.Equal((null, null), await InviteAsync(rig));
        var banner = Banner.For(rig.Host);
        Assert.Contains($"Open http://{rig.Host.Page} in a browser.", banner, StringComparison.Ordinal);
        Assert.DoesNotContain("friend", banner, StringComparison.Ordinal);
    }

    [Fact]
    public async Task From_this_machine_a_friend_gets_the_address_in_the_network()
    {
        await using var rig = await GatewayRig.StartAsync(("listen.tcp", "*:0"), ("listen.page-tls", "*:0"));
        var hash = Convert.ToHexStringLower(rig.Host.CertificateHash.Span);
        var page = Lan is null ? null : $"https://{Lan}:{rig.Host.PageTls!.Port}/#sha256={hash}";
        var terminal = Lan is null ? null : $"chatlock://{Lan}:{rig.Host.Tcp!.Port}#sha256={hash}";

        Assert.Equal((page, terminal), await InviteAsync(rig));
    }

    [Fact]
    public async Task From_elsewhere_a_friend_gets_the_address_that_works_there()
    {
        await using var rig = await GatewayRig.StartAsync(("listen.tcp", "*:0"), ("listen.page-tls", "*:0"));
        var hash = Convert.ToHexStringLower(rig.Host.CertificateHash.Span);

        Assert.Equal(
            ($"https://192.0.2.10:8443/#sha256={hash}", $"chatlock://192.0.2.10:{rig.Host.Tcp!.Port}#sha256={hash}"),
            await InviteAsync(rig, _ => $"https://localhost:{rig.Host.PageTls!.Port}", "192.0.2.10:8443"));
    }

    [Fact]
    public async Task A_configured_origin_is_what_friends_get()
    {
        await using var rig = await GatewayRig.StartAsync(("page.origins", "https://chat.example.org, https://other.example.org:8443"));
        var hash = Convert.ToHexStringLower(rig.Host.CertificateHash.Span);

        Assert.Equal(($"https://chat.example.org/#sha256={hash}", null), await InviteAsync(rig));
        Assert.Equal(
            ($"https://other.example.org:8443/#sha256={hash}", null),
            await InviteAsync(rig, browser => browser.Tls, "other.example.org"));
    }

    [Fact]
    public async Task The_invite_is_made_anew_each_time_and_names_the_software()
    {
        await using var rig = await GatewayRig.StartAsync();
        using var browser = new Browser(rig.Host);

        using var answer = await browser.GetAsync("/invite.json");

        Assert.Equal(("application/json", "no-store"), (answer.Header("Content-Type"), answer.Header("Cache-Control")));
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(["page", "terminal", "selfSigned", "software"], json.RootElement.EnumerateObject().Select(member => member.Name));
        Assert.True(json.RootElement.GetProperty("selfSigned").GetBoolean());
        Assert.Equal(Software.NameAndVersion, json.RootElement.GetProperty("software").GetString());
    }

    [Fact]
    public async Task The_page_comes_first_in_what_the_gateway_prints()
    {
        await using var rig = await GatewayRig.StartAsync(Browser.Files, ("listen.tcp", "*:0"), ("page.origins", "https://chat.example.org"));
        var host = rig.Host;
        var hash = Convert.ToHexStringLower(host.CertificateHash.Span);
        var terminal = Lan is null ? "" :
            $"  In a terminal, a friend:\n    dotnet run --project ChatLock.ConsoleClient -- \"chatlock://{Lan}:{host.Tcp!.Port}#sha256={hash}\"\n";

        Assert.Equal(
            $"""
            {Software.NameAndVersion} is running. Ctrl-C stops it.

              Open http://{host.Page} in a browser.

              A friend opens
                https://chat.example.org/#sha256={hash}
                The browser warns once of the self-made certificate, unless tls.certificate is set.

              In a terminal, on this machine:  dotnet run --project ChatLock.ConsoleClient -- 127.0.0.1:{host.Tcp!.Port}
            {terminal}  Without TLS, this machine only:  plain://{host.TcpPlain}

              Key fingerprint (SHA-256)  {hash}

            """,
            Banner.For(host).ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task A_gateway_without_its_page_says_so_when_it_starts()
    {
        await using var rig = await GatewayRig.StartAsync(new PageFiles([]));

        var banner = Banner.For(rig.Host);

        Assert.Contains("BuildPage=false", banner, StringComparison.Ordinal);
        Assert.DoesNotContain("Open http", banner, StringComparison.Ordinal);
    }

    private static Task<(string? Page, string? Terminal)> InviteAsync(GatewayRig rig) => InviteAsync(rig, browser => browser.Plain, null);

    private static async Task<(string? Page, string? Terminal)> InviteAsync(GatewayRig rig, Func<Browser, string> at, string? host)
    {
        using var browser = new Browser(rig.Host);
        using var answer = await browser.SendAsync(
            HttpMethod.Get, $"{at(browser)}/invite.json", host is null ? [] : [("Host", host)]);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return (json.RootElement.GetProperty("page").GetString(), json.RootElement.GetProperty("terminal").GetString());
    }
}
