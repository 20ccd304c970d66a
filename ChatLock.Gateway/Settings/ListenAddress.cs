using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace ChatLock.Gateway.Settings;

/// <summary>ADDRESS:PORT to listen on; "*" is every address.</summary>
public sealed record ListenAddress(IPAddress Address, int Port)
{
    public bool IsLoopback => IPAddress.IsLoopback(Address);

    public bool IsAny => Address.Equals(IPAddress.IPv6Any);

    public static bool TryParse(string text, [NotNullWhen(true)] out ListenAddress? listen)
    {
        listen = null;
        var colon = text.LastIndexOf(':');
        if (colon < 0 ||
            !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) ||
            port > IPEndPoint.MaxPort)
            return false;

        var host = text[..colon];
        var address = host switch
        {
            "*" => IPAddress.IPv6Any,
            "localhost" => IPAddress.Loopback,
            _ => IPAddress.TryParse(host.Trim('[', ']'), out var parsed) ? parsed : null,
        };
        listen = address is null ? null : new ListenAddress(address, port);
        return listen is not null;
    }
}
