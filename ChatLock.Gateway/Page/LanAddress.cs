using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace ChatLock.Gateway.Page;

/// <summary>This machine as other machines of its network see it.</summary>
public static class LanAddress
{
    /// <summary>The host by which another machine reaches what listens here, IPv6 in brackets; null: none can.</summary>
    public static string? Of(IPEndPoint listening)
    {
        if (IPAddress.IsLoopback(listening.Address))
            return null;
        var isAny = listening.Address.Equals(IPAddress.IPv6Any) || listening.Address.Equals(IPAddress.Any);
        var address = isAny ? (All() is [var likeliest, ..] ? likeliest : null) : listening.Address;
        return address?.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : address?.ToString();
    }

    /// <summary>Addresses that others may know, the likeliest first: of networks with a way out, IPv4.</summary>
    public static IReadOnlyList<IPAddress> All() =>
    [
        .. NetworkInterface.GetAllNetworkInterfaces()
            .Where(network => network.OperationalStatus == OperationalStatus.Up)
            .Select(network => network.GetIPProperties())
            .OrderByDescending(network => network.GatewayAddresses.Count > 0)
            .SelectMany(network => network.UnicastAddresses)
            .Select(unicast => unicast.Address)
            .Where(address => !IPAddress.IsLoopback(address) && !IsLinkLocal(address))
            .OrderBy(address => address.AddressFamily == AddressFamily.InterNetwork ? 0 : 1),
    ];

    private static bool IsLinkLocal(IPAddress address) =>
        address.IsIPv6LinkLocal || address.GetAddressBytes() is [169, 254, _, _];
}
