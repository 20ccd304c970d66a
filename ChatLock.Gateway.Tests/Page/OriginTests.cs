using System.Net;
using ChatLock.Gateway.Tests.BadInput;

namespace ChatLock.Gateway.Tests.Page;

/// <summary>Which sites' scripts may open a session, and under which names the gateway answers, over real connections.</summary>
public sealed class OriginTests : IClassFixture<OriginTests.Served>
{
    private readonly Served _served;

    public OriginTests(Served served) => _served = served;

    /// <summary>PLAIN and TLS stand for the gateway's own addresses, PORT for the port of the first.</summary>
    public static TheoryData<string, string?, string?, HttpStatusCode> Table => new()
    {
        // asked at, Host, Origin
        { "PLAIN", null, null, HttpStatusCode.SwitchingProtocols },
        { "PLAIN", null, "PLAIN", HttpStatusCode.SwitchingProtocols },
        { "PLAIN", "localhost:PORT", "http://localhost:PORT", HttpStatusCode.SwitchingProtocols },
        { "PLAIN", "[::1]:PORT", "http://[::1]:PORT", HttpStatusCode.SwitchingProtocols },
        { "PLAIN", "localhost:5173", "http://localhost:5173", HttpStatusCode.SwitchingProtocols },
        { "PLAIN", null, "https://chat.example.org", HttpStatusCode.SwitchingProtocols },
        { "TLS", null, "TLS", HttpStatusCode.SwitchingProtocols },
        { "TLS", null, null, HttpStatusCode.SwitchingProtocols },
        { "TLS", "chat.example.org", "https://chat.example.org", HttpStatusCode.SwitchingProtocols },
        { "TLS", "192.0.2.10:4643", "https://192.0.2.10:4643", HttpStatusCode.SwitchingProtocols },
        { "PLAIN", null, "null", HttpStatusCode.Forbidden },
        { "PLAIN", null, "", HttpStatusCode.Forbidden },
        { "PLAIN", null, "https://evil.example", HttpStatusCode.Forbidden },
        { "PLAIN", null, "http://127.0.0.1", HttpStatusCode.Forbidden },
        { "PLAIN", null, "http://127.0.0.1:1", HttpStatusCode.Forbidden },
        { "PLAIN", null, "http://localhost:PORT", HttpStatusCode.Forbidden },
        { "PLAIN", null, "https://127.0.0.1:PORT", HttpStatusCode.Forbidden },
        { "PLAIN", null, "http://chat.example.org", HttpStatusCode.Forbidden },
        { "PLAIN", null, "https://chat.example.org.evil.example", HttpStatusCode.Forbidden },
        { "PLAIN", null, "file://", HttpStatusCode.Forbidden },
        { "TLS", null, "PLAIN", HttpStatusCode.Forbidden },
        { "TLS", null, "https://evil.example", HttpStatusCode.Forbidden },
        { "PLAIN", "evil.example", "http://evil.example", HttpStatusCode.MisdirectedRequest },
        { "PLAIN", "evil.example", null, HttpStatusCode.MisdirectedRequest },
        { "PLAIN", "localhost.evil.example", null, HttpStatusCode.MisdirectedRequest },
        { "PLAIN", "192.0.2.10", null, HttpStatusCode.MisdirectedRequest },
        { "PLAIN", "chat.example.org", null, HttpStatusCode.MisdirectedRequest },
        { "TLS", "evil.example", "https://evil.example", HttpStatusCode.MisdirectedRequest },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public async Task A_session_is_opened_for_the_page_of_this_gateway_and_for_what_is_no_browser(
        string at, string? host, string? origin, HttpStatusCode status)
    {
        var refusedBefore = _served.Host.Server.Counters.ConnectionsRefused;
        var headers = new List<(string, string)>();
        if (host is not null)
            headers.Add(("Host", Real(host)));
        if (origin is not null)
            headers.Add(("Origin", Real(origin)));

        using var answer = await _served.Browser.UpgradeAsync(Real(at), [.. headers]);

        Assert.Equal(status, answer.StatusCode);
        if (status != HttpStatusCode.SwitchingProtocols)
            await answer.SentenceAsync();
        Assert.Equal(status == HttpStatusCode.Forbidden ? 1 : 0, _served.Host.Server.Counters.ConnectionsRefused - refusedBefore);
    }

    [Fact]
    public async Task Two_origins_are_none()
    {
        using var answer = await _served.Browser.UpgradeAsync(
            _served.Browser.Plain, ("Origin", _served.Browser.Plain), ("Origin", "https://evil.example"));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/invite.json")]
    [InlineData("/nothing")]
    public async Task Nothing_at_all_is_told_under_a_foreign_name(string path)
    {
        using var answer = await _served.Browser.GetAsync(path, ("Host", "evil.example"));

        Assert.Equal(HttpStatusCode.MisdirectedRequest, await answer.SentenceAsync());
    }

    private string Real(string text) => text
        .Replace("PLAIN", _served.Browser.Plain, StringComparison.Ordinal)
        .Replace("TLS", _served.Browser.Tls, StringComparison.Ordinal)
        .Replace("PORT", $"{_served.Host.Page!.Port}", StringComparison.Ordinal);

    /// <summary>A gateway that is also known as https://chat.example.org.</summary>
    public sealed class Served : IAsyncLifetime, IDisposable
    {
        private GatewayRig? _rig;
        private Browser? _browser;

        public GatewayHost Host => _rig!.Host;

        public Browser Browser => _browser!;

        public async Task InitializeAsync()
        {
            _rig = await GatewayRig.StartAsync(Page.Browser.Files, ("page.origins", "https://chat.example.org"));
            _browser = new Browser(_rig.Host);
        }

        public async Task DisposeAsync() => await _rig!.DisposeAsync();

        public void Dispose() => _browser?.Dispose();
    }
}
