using ChatLock.Actors;
using ChatLock.Gateway.Page;

namespace ChatLock.Gateway.Settings;

/// <summary>How the page is reached. HOCON/reference.conf, chatlock.page.</summary>
public sealed record PageSettings(IReadOnlyList<WebOrigin> Origins, bool BehindProxy)
{
    public static PageSettings Read(SettingsReader settings)
    {
        var origins = settings.List("page.origins").Select(text => OriginOf(settings, text)).ToList();
        var behindProxy = settings.Switch("page.behind-proxy");
        return behindProxy && origins.Count == 0
            ? throw settings.Wrong("page.behind-proxy", "off unless chatlock.page.origins says what the proxy is called from outside")
            : new PageSettings(origins, behindProxy);
    }

    private static WebOrigin OriginOf(SettingsReader settings, string text) =>
        WebOrigin.TryParse(text, out var origin) && (origin.Scheme == "https" || origin.IsLoopback)
            ? origin
            : throw settings.Wrong("page.origins", "a list of origins without a path, such as [\"https://chat.example.org\"]; http is for this machine only");
}
