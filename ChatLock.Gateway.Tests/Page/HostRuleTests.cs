using ChatLock.Gateway.Page;
using ChatLock.Gateway.Settings;

namespace ChatLock.Gateway.Tests.Page;

/// <summary>Under which names a gateway answers, for each way that it is set up.</summary>
public sealed class HostRuleTests
{
    private static readonly PageSettings Plain = new([], BehindProxy: false);
    private static readonly PageSettings Named = new([Origin("https://chat.example.org")], BehindProxy: false);
    private static readonly PageSettings Proxied = Named with { BehindProxy = true };

    public static TheoryData<string, bool, bool, bool> Table => new()
    {
        // asked for, allowed by default, with an origin configured, with a proxy before it
        { "http://localhost:4680", true, true, true },
        { "http://127.0.0.1:4680", true, true, true },
        { "http://127.0.0.1:1", true, true, true },
        { "http://[::1]:4680", true, true, true },
        { "http://192.0.2.1:4680", false, false, true },
        { "http://mybox:4680", false, false, false },
        { "http://inside.example.net:4680", false, false, false },
        { "http://chat.example.org", false, false, true },
        { "http://evil.example", false, false, false },
        { "https://localhost:4643", true, true, true },
        { "https://192.0.2.1:4643", true, true, true },
        { "https://[2001:db8::1]:4643", true, true, true },
        { "https://mybox:4643", true, true, true },
        { "https://MyBox:4643", true, true, true },
        { "https://inside.example.net:4643", true, true, true },
        { "https://a.wild.example.net:4643", true, true, true },
        { "https://a.b.wild.example.net:4643", false, false, false },
        { "https://wild.example.net:4643", false, false, false },
        { "https://chat.example.org", false, true, true },
        { "https://chat.example.org:4643", false, true, true },
        { "https://evil.example:4643", false, false, false },
        { "https://notinside.example.net", false, false, false },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void A_gateway_answers_only_under_its_own_names(string askedFor, bool byDefault, bool named, bool proxied) => Assert.Equal(
        (byDefault, named, proxied), (Allows(Plain, askedFor), Allows(Named, askedFor), Allows(Proxied, askedFor)));

    private static bool Allows(PageSettings page, string askedFor) =>
        new HostRule(page, ["localhost", "inside.example.net", "*.wild.example.net"], "mybox").Allows(Origin(askedFor));

    private static WebOrigin Origin(string text) =>
        WebOrigin.TryParse(text, out var origin) ? origin : throw new ArgumentException(text);
}
