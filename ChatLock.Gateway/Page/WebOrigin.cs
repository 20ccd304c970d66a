using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace ChatLock.Gateway.Page;

/// <summary>Scheme, host and port of a page, as browsers compare them (RFC 6454).</summary>
/// <remarks>Made of letters, digits and <c>.-_[]:</c> only, so it may be logged and printed as it is.</remarks>
public sealed record WebOrigin
{
    private const int HostMaxLength = 253;
    private readonly IPAddress? _address;

    private WebOrigin(string scheme, string host, int port, IPAddress? address) =>
        (Scheme, Host, Port, _address) = (scheme, host, port, address);

    /// <summary>http or https.</summary>
    public string Scheme { get; }

    /// <summary>Lower case; an IPv6 address in brackets and in its short form.</summary>
    public string Host { get; }

    public int Port { get; }

    public bool IsAddress => _address is not null;

    /// <summary>Whether the host can't be anything but this machine, whatever a name server says.</summary>
    public bool IsLoopback => Host == "localhost" || (_address is not null && IPAddress.IsLoopback(_address));

    public static WebOrigin Https(string host, int port) => new("https", host, port, null);

    /// <param name="text">Such as <c>https://chat.example.org</c> or <c>http://[::1]:4680</c>: no path, not even "/".</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out WebOrigin? origin)
    {
        origin = null;
        if (text?.Split("://", 2) is not [{ } schemeAsGiven, { } authority])
            return false;

        var scheme = schemeAsGiven.ToLowerInvariant();
        var hostEnd = authority.StartsWith('[') ? authority.IndexOf(']') + 1 : authority.IndexOf(':');
        var hostAsGiven = hostEnd < 0 ? authority : authority[..hostEnd];
        if (scheme is not ("http" or "https") ||
            !TryHost(hostAsGiven, out var host, out var address) ||
            !TryPort(authority[hostAsGiven.Length..], scheme == "https" ? 443 : 80, out var port))
            return false;

        origin = new WebOrigin(scheme, host, port, address);
        return true;
    }

    public bool Equals(WebOrigin? other) => other is not null && (Scheme, Host, Port) == (other.Scheme, other.Host, other.Port);

    public override int GetHashCode() => HashCode.Combine(Scheme, Host, Port);

    public override string ToString() =>
        Port == (Scheme == "https" ? 443 : 80) ? $"{Scheme}://{Host}" : $"{Scheme}://{Host}:{Port}";

    private static bool TryHost(string text, out string host, out IPAddress? address)
    {
        address = null;
        host = text.ToLowerInvariant();
        if (host is ['[', .. { } inner, ']'])
        {
            if (!inner.All(c => char.IsAsciiHexDigit(c) || c is ':' or '.') || !IPAddress.TryParse(inner, out address))
                return false;
            host = $"[{address}]";
            return true;
        }

        // A number that isn't written as browsers write it (127.1, 0x7f000001) stays a name, which nobody has.
        address = IPAddress.TryParse(host, out var parsed) && parsed.ToString() == host ? parsed : null;
        return host.Length is > 0 and <= HostMaxLength && host.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_');
    }

    private static bool TryPort(string text, int fallback, out int port)
    {
        port = fallback;
        return text.Length == 0 ||
            (text[0] == ':' && int.TryParse(text.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out port) &&
             port is > 0 and <= IPEndPoint.MaxPort);
    }
}
