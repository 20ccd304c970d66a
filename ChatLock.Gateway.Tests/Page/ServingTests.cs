using System.Net;
using System.Net.Sockets;
using System.Text;
using ChatLock.Gateway.Page;
using ChatLock.Gateway.Tests.BadInput;

namespace ChatLock.Gateway.Tests.Page;

/// <summary>The page's files as browsers get them.</summary>
public sealed class ServingTests(ServedPage served) : IClassFixture<ServedPage>
{
    private readonly Browser _browser = served.Browser;

    [Theory]
    [InlineData("/", "text/html; charset=utf-8", "no-cache")]
    [InlineData("/?from=somewhere", "text/html; charset=utf-8", "no-cache")]
    [InlineData("/index.html", "text/html; charset=utf-8", "no-cache")]
    [InlineData(Browser.Script, "text/javascript; charset=utf-8", "public, max-age=31536000, immutable")]
    [InlineData("/sw.js", "text/javascript; charset=utf-8", "no-cache")]
    [InlineData("/style.css", "text/css; charset=utf-8", "no-cache")]
    [InlineData("/icon.svg", "image/svg+xml", "no-cache")]
    [InlineData("/icon.png", "image/png", "no-cache")]
    [InlineData("/manifest.webmanifest", "application/manifest+json", "no-cache")]
    public async Task A_file_comes_with_its_type_and_its_lifetime(string path, string type, string lifetime)
    {
        using var answer = await _browser.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal((type, lifetime), (answer.Header("Content-Type"), answer.Header("Cache-Control")));
        Assert.Matches("^\"[0-9a-f]{32}\"$", answer.Header("ETag"));
    }

    [Theory]
    [InlineData("br, gzip", "br", "brotli")]
    [InlineData("gzip", "gzip", "gzip")]
    [InlineData("zstd", null, Browser.Html)]
    public async Task The_form_is_what_the_browser_accepts(string accepted, string? coding, string content)
    {
        using var answer = await _browser.GetAsync("/", ("Accept-Encoding", accepted));

        Assert.Equal((coding, "Accept-Encoding"), (answer.Header("Content-Encoding"), answer.Header("Vary")));
        Assert.Equal(content, await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Each_form_has_an_ETag_of_its_own_and_what_is_known_isnt_sent_again()
    {
        using var plain = await _browser.GetAsync("/");
        using var brotli = await _browser.GetAsync("/", ("Accept-Encoding", "br"));
        var (plainTag, brotliTag) = (plain.Header("ETag")!, brotli.Header("ETag")!);
        Assert.NotEqual(plainTag, brotliTag);

        foreach (var known in (string[])[brotliTag, $"\"other\", {brotliTag}", $"W/{brotliTag}", "*"])
        {
            using var again = await _browser.GetAsync("/", ("Accept-Encoding", "br"), ("If-None-Match", known));
            Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
            Assert.Equal((brotliTag, "no-cache", "Accept-Encoding"), (again.Header("ETag"), again.Header("Cache-Control"), again.Header("Vary")));
            Assert.Empty(await again.Content.ReadAsByteArrayAsync());
        }

        foreach (var unknown in (string[])["\"other\"", plainTag, "rubbish"])
        {
            using var again = await _browser.GetAsync("/", ("Accept-Encoding", "br"), ("If-None-Match", unknown));
            Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        }
    }

    [Theory]
    [InlineData("/")]
    [InlineData(Browser.Script)]
    [InlineData("/invite.json")]
    [InlineData("/nothing")]
    public async Task HEAD_says_what_GET_would_and_sends_nothing(string path)
    {
        using var get = await _browser.GetAsync(path);
        using var head = await _browser.SendAsync(HttpMethod.Head, _browser.Plain + path);

        Assert.Equal(get.StatusCode, head.StatusCode);
        foreach (var name in (string[])["Content-Type", "Content-Length", "ETag", "Cache-Control", "Vary"])
            Assert.Equal(get.Header(name), head.Header(name));
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("/nothing")]
    [InlineData("/assets/")]
    [InlineData("/assets")]
    [InlineData("/INDEX.HTML")]
    [InlineData("/index.html.br")]
    [InlineData("/ws/more")]
    public async Task What_isnt_in_the_table_isnt_there(string path)
    {
        using var answer = await _browser.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, await answer.SentenceAsync());
        Assert.Equal("no-store", answer.Header("Cache-Control"));
    }

    [Theory]
    [InlineData("/../reference.conf")]
    [InlineData("/assets/../../../etc/passwd")]
    [InlineData("/..%2f..%2fetc%2fpasswd")]
    [InlineData("/%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("//etc/passwd")]
    [InlineData("/..\\..\\etc\\passwd")]
    [InlineData("/index.html%00.js")]
    public async Task No_path_leads_out_of_the_table(string path)
    {
        var answer = await RawAsync($"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        Assert.Matches("^HTTP/1.1 40[04] ", answer);
    }

    [Theory]
    [InlineData("POST", "/")]
    [InlineData("PUT", "/")]
    [InlineData("DELETE", "/nothing")]
    [InlineData("OPTIONS", "/invite.json")]
    [InlineData("BREW", "/")]
    [InlineData("POST", "/ws")]
    public async Task One_can_only_read(string method, string path)
    {
        using var answer = await _browser.SendAsync(new HttpMethod(method), _browser.Plain + path);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, await answer.SentenceAsync());
        Assert.Equal("GET, HEAD", answer.Header("Allow"));
    }

    [Fact]
    public async Task A_body_is_not_read()
    {
        var answer = await RawAsync("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000000\r\n\r\nxxx");

        Assert.StartsWith("HTTP/1.1 405 ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Over_TLS_it_is_the_same_page()
    {
        using var answer = await _browser.SendAsync(HttpMethod.Get, _browser.Tls);

        Assert.Equal(Browser.Html, await answer.Content.ReadAsStringAsync());
        Assert.Null(answer.Header("Strict-Transport-Security"));
    }

    [Fact]
    public async Task A_gateway_without_its_page_says_so_and_still_has_sessions()
    {
        await using var rig = await GatewayRig.StartAsync(new PageFiles([]));
        using var browser = new Browser(rig.Host);

        using var answer = await browser.GetAsync("/");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await answer.SentenceAsync());
        using var upgraded = await browser.UpgradeAsync(browser.Plain);
        Assert.Equal(HttpStatusCode.SwitchingProtocols, upgraded.StatusCode);
    }

    private async Task<string> RawAsync(string request)
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(served.Host.Page!);
        await tcp.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(tcp.GetStream());
        return await reader.ReadLineAsync() ?? "";
    }
}
