using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Text;

namespace ChatLock.Gateway;

/// <summary>What the gateway prints when it is ready: how to join, from here and from another machine.</summary>
public static class Banner
{
    private const string Client = "dotnet run --project ChatLock.ConsoleClient";

    public static string For(GatewayHost host)
    {
        var hash = Convert.ToHexStringLower(host.CertificateHash.Span);
        var text = new StringBuilder().AppendLine($"{Software.NameAndVersion} is running. Ctrl-C stops it.").AppendLine();
        if (host.Tcp is { } tcp)
        {
            text.AppendLine($"  Join from this machine:   {Client}{(tcp.Port == 4600 ? "" : $" -- 127.0.0.1:{tcp.Port}")}");
            if (FriendsAddress(tcp) is { } address)
                text.AppendLine($"  A friend elsewhere runs:  {Client} -- \"chatlock://{address}#sha256={hash}\"");
        }

        if (host.TcpPlain is { } plain)
            text.AppendLine($"  Without TLS, this machine only:  plain://{plain}");
        if (host.Page is { } page)
            text.AppendLine($"  WebSocket:                ws://{page}/ws");
        if (host.PageTls is { } pageTls)
            text.AppendLine($"  WebSocket with TLS:       wss://{FriendsAddress(pageTls) ?? $"127.0.0.1:{pageTls.Port}"}/ws");
        return text.AppendLine().AppendLine($"  Key fingerprint (SHA-256) {hash}").ToString();
    }

    /// <summary>The address another machine of the network reaches this one by, if it listens there.</summary>
    private static string? FriendsAddress(IPEndPoint listening)
    {
        if (IPAddress.IsLoopback(listening.Address))
            return null;
        if (!listening.Address.Equals(IPAddress.IPv6Any) && !listening.Address.Equals(IPAddress.Any))
            return listening.ToString();

        var address = NetworkInterface.GetAllNetworkInterfaces()
            .Where(network => network.OperationalStatus == OperationalStatus.Up)
            .SelectMany(network => network.GetIPProperties().UnicastAddresses)
            .Select(unicast => unicast.Address)
            .FirstOrDefault(address => address.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(address));
        return address is null ? null : $"{address}:{listening.Port}";
    }
}
