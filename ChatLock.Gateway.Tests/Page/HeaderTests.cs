using System.Net;
using ChatLock.Gateway.Tests.BadInput;

namespace ChatLock.Gateway.Tests.Page;

/// <summary>What every answer carries, whatever the answer.</summary>
public sealed class HeaderTests(ServedPage served) : IClassFixture<ServedPage>
{
    public static TheoryData<string, HttpStatusCode> Answers => new()
    {
        { "/", HttpStatusCode.OK },
        { Browser.Script, HttpStatusCode.OK },
        { "/invite.json", HttpStatusCode.OK },
        { "/livez", HttpStatusCode.OK },
        { "/readyz", HttpStatusCode.OK },
        { "/ known", HttpStatusCode.NotModified },
        { "/nothing", HttpStatusCode.NotFound },
        { "/ POST", HttpStatusCode.MethodNotAllowed },
        { "/ foreign host", HttpStatusCode.MisdirectedRequest },
        { "/ws", HttpStatusCode.UpgradeRequired },
        { "/ws foreign origin", HttpStatusCode.Forbidden },
        { "/ws upgrade", HttpStatusCode.SwitchingProtocols },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Every_answer_carries_the_same_armour(string asked, HttpStatusCode status)
    {
        var browser = served.Browser;

        using var answer = await (asked.Split(' ', 2) switch
        {
            [var path, "known"] => browser.GetAsync(path, ("If-None-Match", "*")),
            [var path, "POST"] => browser.SendAsync(HttpMethod.Post, browser.Plain + path),
            [var path, "foreign host"] => browser.GetAsync(path, ("Host", "evil.example")),
            [_, "foreign origin"] => browser.UpgradeAsync(browser.Plain, ("Origin", "https://evil.example")),
            [_, "upgrade"] => browser.UpgradeAsync(browser.Plain),
            _ => browser.GetAsync(asked),
        });

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; " +
            "manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; " +
            "require-trusted-types-for 'script'; trusted-types chatlock",
            answer.Header("Content-Security-Policy"));
        Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
        Assert.Equal("DENY", answer.Header("X-Frame-Options"));
        Assert.Equal("no-referrer", answer.Header("Referrer-Policy"));
        Assert.Equal("same-origin", answer.Header("Cross-Origin-Opener-Policy"));
        Assert.Equal("require-corp", answer.Header("Cross-Origin-Embedder-Policy"));
        Assert.Equal("same-origin", answer.Header("Cross-Origin-Resource-Policy"));
        Assert.Contains("camera=()", answer.Header("Permissions-Policy"), StringComparison.Ordinal);
        Assert.Contains("clipboard-write=(self)", answer.Header("Permissions-Policy"), StringComparison.Ordinal);
        Assert.Null(answer.Header("Server"));
        Assert.Null(answer.Header("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Only_an_operators_own_certificate_makes_browsers_insist_on_TLS()
    {
        var folder = Directory.CreateTempSubdirectory("chatlock-test-");
        await using (var maker = await GatewayRig.StartAsync(("data-folder", folder.FullName)))
            Assert.True(maker.Host.IsCertificateSelfMade);
        await using var rig = await GatewayRig.StartAsync(
            Browser.Files,
            ("tls.certificate", Path.Combine(folder.FullName, "certificate.pem")), ("tls.key", Path.Combine(folder.FullName, "key.pem")));
        using var browser = new Browser(rig.Host);

        using var secured = await browser.SendAsync(HttpMethod.Get, browser.Tls);
        using var plain = await browser.GetAsync("/");

        Assert.Equal("max-age=31536000", secured.Header("Strict-Transport-Security"));
        Assert.Null(plain.Header("Strict-Transport-Security"));
        folder.Delete(recursive: true);
    }
}
