using ChatLock.Actors;
using ChatLock.Gateway.Connections;

namespace ChatLock.Gateway.Settings;

/// <summary>What the gateway takes from HOCON/reference.conf, where every key has its unit, default and reason.</summary>
public sealed record GatewaySettings
{
    public required ServerSettings Server { get; init; }

    public required string DataFolder { get; init; }

    /// <summary>Frames over TLS.</summary>
    public ListenAddress? Tcp { get; init; }

    /// <summary>Frames without TLS, loopback only.</summary>
    public ListenAddress? TcpPlain { get; init; }

    /// <summary>HTTP and WebSocket without TLS; loopback only, unless a proxy is before it.</summary>
    public ListenAddress? Page { get; init; }

    /// <summary>HTTPS and WebSocket over TLS.</summary>
    public ListenAddress? PageTls { get; init; }

    public required PageSettings PageAccess { get; init; }

    public required int Backlog { get; init; }

    /// <summary>PEM files of the operator's own certificate; both or neither.</summary>
    public (string Certificate, string Key)? OwnCertificate { get; init; }

    public required ConnectionLimits Connections { get; init; }

    public required TimeSpan DrainTimeout { get; init; }

    public static GatewaySettings Read(SettingsReader settings)
    {
        var page = PageSettings.Read(settings);
        var read = new GatewaySettings
        {
            Server = ServerSettings.Read(settings),
            DataFolder = settings.Text("data-folder") is { Length: > 0 } folder ? folder : DefaultDataFolder(),
            Tcp = Listen(settings, "listen.tcp", loopbackOnly: false),
            TcpPlain = Listen(settings, "listen.tcp-plain", loopbackOnly: true),
            Page = Listen(settings, "listen.page", loopbackOnly: !page.BehindProxy),
            PageTls = Listen(settings, "listen.page-tls", loopbackOnly: false),
            PageAccess = page,
            Backlog = settings.Int("listen.backlog", 1, 65_535),
            OwnCertificate = ReadOwnCertificate(settings),
            Connections = new ConnectionLimits(
                settings.Int("connections.per-address-max", 1, 100_000),
                settings.Switch("connections.loopback-exempt"),
                settings.Int("connections.max", 1, 1_000_000)),
            DrainTimeout = settings.Duration("drain-timeout", TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60)),
        };
        return (read.Tcp ?? read.TcpPlain ?? read.Page ?? read.PageTls) is null
            ? throw new SettingsException("Every setting under chatlock.listen is empty: nobody could connect.")
            : read;
    }

    private static ListenAddress? Listen(SettingsReader settings, string key, bool loopbackOnly)
    {
        if (settings.Text(key) is not { Length: > 0 } text)
            return null;
        if (!ListenAddress.TryParse(text, out var listen))
            throw settings.Wrong(key, "ADDRESS:PORT, such as \"*:4600\" or \"127.0.0.1:4600\", or empty");
        return loopbackOnly && !listen.IsLoopback
            ? throw settings.Wrong(key, "a loopback address: without TLS, nothing may leave this machine")
            : listen;
    }

    private static (string, string)? ReadOwnCertificate(SettingsReader settings) =>
        (settings.Text("tls.certificate"), settings.Text("tls.key")) switch
        {
            ("", "") => null,
            ("", _) => throw settings.Wrong("tls.certificate", "a PEM file too when chatlock.tls.key is set"),
            (_, "") => throw settings.Wrong("tls.key", "a PEM file too when chatlock.tls.certificate is set"),
            var both => both,
        };

    private static string DefaultDataFolder()
    {
        var data = Environment.GetEnvironmentVariable("XDG_DATA_HOME") is { Length: > 0 } xdg
            ? xdg
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "share");
        return Path.Combine(data, "chatlock", "gateway");
    }
}
