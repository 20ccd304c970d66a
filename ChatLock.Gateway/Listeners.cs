using System.Net;
using System.Security.Authentication;
using ChatLock.Gateway.Connections;
using ChatLock.Gateway.Settings;
using ChatLock.Gateway.Tcp;
using ChatLock.Gateway.Tls;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace ChatLock.Gateway;

/// <summary>The sockets that are listened on, and what serves each.</summary>
public sealed class Listeners(GatewaySettings settings, NodeCertificate certificate)
{
    /// <summary>How long a client may take for its TLS handshake or its HTTP headers.</summary>
    public static readonly TimeSpan HandshakeTimeout = TimeSpan.FromSeconds(10);

    /// <summary>How long a connection that has got its page is kept for the next request.</summary>
    public static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(20);

    private readonly Dictionary<ListenAddress, ListenOptions> _bound = new(ReferenceEqualityComparer.Instance);

    /// <summary>Where each of the settings under chatlock.listen ended up; null where nothing listens.</summary>
    public IPEndPoint? Tcp => BoundTo(settings.Tcp);

    public IPEndPoint? TcpPlain => BoundTo(settings.TcpPlain);

    public IPEndPoint? Page => BoundTo(settings.Page);

    public IPEndPoint? PageTls => BoundTo(settings.PageTls);

    public void AddTo(KestrelServerOptions kestrel)
    {
        var refused = kestrel.ApplicationServices.GetRequiredService<RefusedConnections>();
        Listen(kestrel, settings.Tcp, listen =>
        {
            listen.WatchHandshakes(refused);
            listen.UseHttps(Tls());
            listen.UseConnectionHandler<TcpConnectionHandler>();
        });
        Listen(kestrel, settings.TcpPlain, listen => listen.UseConnectionHandler<TcpConnectionHandler>());
        var http = kestrel.ApplicationServices.GetRequiredService<HttpConnections>();
        Listen(kestrel, settings.Page, listen =>
        {
            http.Limit(listen);
            listen.Protocols = HttpProtocols.Http1;
        });
        Listen(kestrel, settings.PageTls, listen =>
        {
            http.Limit(listen);
            listen.Protocols = HttpProtocols.Http1;
            listen.UseHttps(Tls());
        });
    }

    private IPEndPoint? BoundTo(ListenAddress? address) => address is null ? null : _bound[address].IPEndPoint;

    private void Listen(KestrelServerOptions kestrel, ListenAddress? address, Action<ListenOptions> serve)
    {
        if (address is null)
            return;

        void Remember(ListenOptions listen)
        {
            _bound[address] = listen;
            serve(listen);
        }

        if (address.IsAny)
            kestrel.ListenAnyIP(address.Port, Remember);
        else
            kestrel.Listen(address.Address, address.Port, Remember);
    }

    private HttpsConnectionAdapterOptions Tls() => new()
    {
        ServerCertificate = certificate.Certificate,
        SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        HandshakeTimeout = HandshakeTimeout,
    };
}
