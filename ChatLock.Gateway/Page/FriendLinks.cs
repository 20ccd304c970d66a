using System.Net;
using ChatLock.Gateway.Settings;

namespace ChatLock.Gateway.Page;

/// <summary>The links by which another machine gets here, for the banner and for the page's invite.</summary>
/// <param name="certificateName">A DNS name of the operator's own certificate; null if there is none.</param>
/// <param name="isCertificateSelfMade">Whether the node made its certificate itself.</param>
/// <param name="certificateHash">SHA-256 of the node's public key. In the fragment, which browsers don't send anywhere.</param>
public sealed class FriendLinks(
    PageSettings page, Listeners listeners, string? certificateName, bool isCertificateSelfMade, ReadOnlyMemory<byte> certificateHash)
{
    private readonly string _fragment = $"#sha256={Convert.ToHexStringLower(certificateHash.Span)}";

    /// <summary>Where someone on this machine opens the page; null: nowhere.</summary>
    public string? Here =>
        page.BehindProxy ? page.Origins[0].ToString()
        : listeners.Page is { } plain ? $"http://{plain}"
        : listeners.PageTls is { } tls ? $"https://{(IPAddress.IsLoopback(tls.Address) ? tls : $"localhost:{tls.Port}")}"
        : null;

    /// <summary>Whether a browser will warn of the certificate that it meets.</summary>
    public bool IsSelfSigned => isCertificateSelfMade && !page.BehindProxy;

    /// <summary>Null: no other machine can reach the page.</summary>
    public string? Page => PageOrigin is { } origin ? Link(origin) : null;

    /// <summary>Null: no other machine can reach the TCP port.</summary>
    public string? Terminal => listeners.Tcp is { } tcp && HostOf(tcp) is { } host ? Terminals(host, tcp) : null;

    /// <summary>Where a friend opens the page, given the address that someone has it open at: that one, if others can use it.</summary>
    public string? PageSeenFrom(WebOrigin served)
    {
        if (served.IsLoopback)
            return Page;
        if (page.Origins.FirstOrDefault(origin => origin.Host == served.Host) is { } configured)
            return Link(configured);
        return served.Scheme == "https" ? Link(served) : Page;
    }

    public string? TerminalSeenFrom(WebOrigin served) =>
        served.IsLoopback ? Terminal
        : listeners.Tcp is { } tcp && !IPAddress.IsLoopback(tcp.Address) ? Terminals(served.Host, tcp)
        : null;

    private WebOrigin? PageOrigin =>
        page.Origins.Count > 0 ? page.Origins[0]
        : listeners.PageTls is { } tls && HostOf(tls) is { } host ? WebOrigin.Https(host, tls.Port)
        : null;

    private string? HostOf(IPEndPoint listening) => LanAddress.Of(listening) is { } address ? certificateName ?? address : null;

    private string Link(WebOrigin origin) => $"{origin}/{_fragment}";

    private string Terminals(string host, IPEndPoint tcp) => $"chatlock://{host}:{tcp.Port}{_fragment}";
}
