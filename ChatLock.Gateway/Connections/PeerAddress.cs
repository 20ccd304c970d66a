using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Primitives;

namespace ChatLock.Gateway.Connections;

/// <summary>Whom a connection over HTTP is counted under.</summary>
public static class PeerAddress
{
    /// <summary>A chain is followed this far and no further.</summary>
    private const int HopsMax = 16;

    /// <param name="peer">The other end of the TCP connection.</param>
    /// <param name="forwardedFor">X-Forwarded-For; looked at only with <paramref name="behindProxy"/>, and only when the
    /// peer is on this machine or in a private network, where proxies are.</param>
    /// <returns>From the right, the first address that isn't in a private network; if all are, the rightmost.</returns>
    /// <remarks>Each proxy appends whom it got the request from, so what a client made up stands to the left of its own
    /// address. Clients in the private network itself can pose as others to the count of connections.</remarks>
    public static IPAddress Of(IPAddress? peer, StringValues forwardedFor, bool behindProxy)
    {
        var direct = Unmapped(peer ?? IPAddress.None);
        if (!IsProxy(direct, behindProxy))
            return direct;

        var nearest = direct;
        foreach (var hop in forwardedFor.ToString().Split(',', StringSplitOptions.TrimEntries).Reverse().Take(HopsMax))
        {
            if (!IPEndPoint.TryParse(hop, out var parsed))
                return nearest;
            var address = Unmapped(parsed.Address);
            if (!IsNear(address))
                return address;
            if (nearest == direct)
                nearest = address;
        }

        return nearest;
    }

    /// <summary>Whether the peer may be the operator's proxy, whose word on addresses is taken.</summary>
    public static bool IsProxy(IPAddress peer, bool behindProxy) => behindProxy && IsNear(Unmapped(peer));

    private static IPAddress Unmapped(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private static bool IsNear(IPAddress address) => IPAddress.IsLoopback(address) ||
        (address.AddressFamily == AddressFamily.InterNetworkV6
            ? address.IsIPv6LinkLocal || address.IsIPv6UniqueLocal
            : address.GetAddressBytes() is [10, ..] or [172, >= 16 and < 32, ..] or [192, 168, ..] or [169, 254, ..]);
}
