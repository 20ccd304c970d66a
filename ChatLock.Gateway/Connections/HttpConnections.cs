using System.Net;
using ChatLock.Gateway.Settings;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ChatLock.Gateway.Connections;

/// <summary>Bounds the connections on which HTTP is spoken, by the same numbers as those that carry sessions and apart from
/// them: a crowd of page loaders doesn't take the places of those who talk. One too many is closed before TLS begins.</summary>
public sealed class HttpConnections(ConnectionLimits limits, PageSettings page, RefusedConnections refused)
{
    private static readonly object Place = new();
    private readonly ConnectionGate _gate = new(limits);

    public void Limit(ListenOptions listen) => listen.Use(next => async connection =>
    {
        var remote = (connection.RemoteEndPoint as IPEndPoint)?.Address ?? IPAddress.None;
        using var place = _gate.TryEnter(PeerAddress.IsProxy(remote, page.BehindProxy) ? null : remote);
        if (place is null)
        {
            refused.TooMany(remote);
            return;
        }

        connection.Items[Place] = place;
        await next(connection);
    });

    /// <summary>The connection carries a session from here on, and is counted as one.</summary>
    public static void Leave(HttpContext http) =>
        (http.Features.Get<IConnectionItemsFeature>()?.Items[Place] as IDisposable)?.Dispose();
}
