using System.Net;
using ChatLock.Gateway.Connections;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ChatLock.Gateway.Tcp;

/// <summary>Placed before TLS: notices connections that end without ever getting through the handshake.</summary>
public static class HandshakeWatch
{
    /// <summary>Set in the connection's items by whatever serves it after the handshake.</summary>
    public static readonly object Reached = new();

    public static void WatchHandshakes(this ListenOptions listen, RefusedConnections refused) =>
        listen.Use(next => async connection =>
        {
            await next(connection);
            if (!connection.Items.ContainsKey(Reached))
                refused.NoTls((connection.RemoteEndPoint as IPEndPoint)?.Address ?? IPAddress.None);
        });
}
