using System.Net;
using System.Security.Authentication;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using ChatLock.Actors;
using ChatLock.Gateway.Connections;
using ChatLock.Gateway.Ops;
using ChatLock.Gateway.Settings;
using ChatLock.Gateway.Tcp;
using ChatLock.Gateway.Tls;
using ChatLock.Gateway.WebSockets;
using ChatLock.Protocol.Wire;
using Google.Protobuf;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace ChatLock.Gateway;

/// <summary>One node: the actor system, and Kestrel before it. Everything is put together here.</summary>
public sealed class GatewayHost : IAsyncDisposable
{
    /// <summary>How long a client may take for its TLS handshake or its HTTP headers.</summary>
    private static readonly TimeSpan HandshakeTimeout = TimeSpan.FromSeconds(10);

    private readonly WebApplication _app;
    private readonly ActorSystem _system;
    private readonly NodeCertificate _certificate;

    private GatewayHost(WebApplication app, ActorSystem system, NodeCertificate certificate, ServerIdentity server)
    {
        (_app, _system, _certificate, Server) = (app, system, certificate, server);
    }

    public ServerIdentity Server { get; }

    /// <summary>SHA-256 of the certificate's public key, 32 bytes.</summary>
    public ReadOnlyMemory<byte> CertificateHash => _certificate.PublicKeyHash;

    /// <summary>Where each of the settings under chatlock.listen ended up; null where nothing listens.</summary>
    public IPEndPoint? Tcp { get; private set; }

    public IPEndPoint? TcpPlain { get; private set; }

    public IPEndPoint? Page { get; private set; }

    public IPEndPoint? PageTls { get; private set; }

    /// <summary>Starts a node from its settings.</summary>
    /// <param name="config">All layers in one, <see cref="SettingsLayers.Merge"/>.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="SettingsException">A setting is wrong; the message names it.</exception>
    public static async Task<GatewayHost> StartAsync(Config config, TimeProvider time)
    {
        var settings = GatewaySettings.Read(new SettingsReader(config.GetConfig(SettingsReader.Root)));
        var certificate = NodeCertificate.Load(settings, time);
        var counters = new ServerCounters();
        var server = new ServerIdentity(
            ByteString.CopyFrom(certificate.PublicKeyHash), Software.NameAndVersion, settings.Server, time,
            new MonotonicClock(time), counters);

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddSimpleConsole(console => console.SingleLine = true);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.Logging.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(
            console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = settings.DrainTimeout);
        builder.Services.AddSingleton(server);
        builder.Services.AddSingleton(new ConnectionGate(settings.Connections));
        builder.Services.AddSingleton<RefusedConnections>();
        builder.Services.AddSingleton<WebSocketEndpoint>();
        builder.Services.AddSingleton(services => StartActors(config, services));
        builder.Services.AddSingleton(services => new ChatServer(services.GetRequiredService<ActorSystem>(), server));
        var listeners = new Listeners(settings, certificate);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.UseSockets(sockets => sockets.Backlog = settings.Backlog);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.RequestHeadersTimeout = HandshakeTimeout;
            kestrel.Limits.MaxConcurrentUpgradedConnections = settings.Connections.Max;
            listeners.AddTo(kestrel);
        });

        var app = builder.Build();
        app.UseWebSockets();
        app.Map("/ws", (HttpContext http, WebSocketEndpoint endpoint) => endpoint.ServeAsync(http));
        app.MapGet("/", () => "ChatLock is running here. Join from a terminal; the gateway printed the line to run.\n");
        var host = new GatewayHost(app, app.Services.GetRequiredService<ActorSystem>(), certificate, server);
        app.Lifetime.ApplicationStopping.Register(() => host.Drain(settings.DrainTimeout));
        try
        {
            await app.StartAsync();
        }
        catch (IOException inUse)
        {
            await host.DisposeAsync();
            throw new SettingsException($"{inUse.Message} Change chatlock.listen, or stop what listens there.");
        }

        (host.Tcp, host.TcpPlain, host.Page, host.PageTls) = listeners.Bound();
        return host;
    }

    /// <summary>Runs until the process is told to stop, or the actors can't go on.</summary>
    /// <returns>Whether it was a stop that was asked for.</returns>
    public async Task<bool> WaitForStopAsync()
    {
        var stopped = _app.WaitForShutdownAsync();
        var asked = await Task.WhenAny(stopped, _system.WhenTerminated) == stopped;
        if (!asked)
            await _app.StopAsync();
        return asked;
    }

    /// <summary>Says goodbye to every client and stops.</summary>
    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _system.Terminate();
        await _app.DisposeAsync();
        Server.Counters.Dispose();
        _certificate.Dispose();
    }

    /// <summary>Every session says goodbye before Kestrel, which stops next, waits for the connections to end.</summary>
    private void Drain(TimeSpan timeout) =>
        _ = _app.Services.GetRequiredService<ChatServer>().DrainAsync(CloseReason.ServerStopping, timeout);

    private static ActorSystem StartActors(Config config, IServiceProvider services)
    {
        var logging = ConfigurationFactory.ParseString(
            $"akka.loggers = [\"{typeof(AkkaLogBridge).AssemblyQualifiedName}\"]");
        return ActorSystem.Create("chatlock", ActorSystemSetup.Create(
            BootstrapSetup.Create().WithConfig(logging.WithFallback(config)),
            new LoggerFactorySetup(services.GetRequiredService<ILoggerFactory>())));
    }

    /// <summary>The sockets that are listened on, and what serves each.</summary>
    private sealed class Listeners(GatewaySettings settings, NodeCertificate certificate)
    {
        private readonly Dictionary<ListenAddress, ListenOptions> _bound = new(ReferenceEqualityComparer.Instance);

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
            Listen(kestrel, settings.Page, listen => listen.Protocols = HttpProtocols.Http1);
            Listen(kestrel, settings.PageTls, listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                listen.UseHttps(Tls());
            });
        }

        public (IPEndPoint?, IPEndPoint?, IPEndPoint?, IPEndPoint?) Bound() =>
            (BoundTo(settings.Tcp), BoundTo(settings.TcpPlain), BoundTo(settings.Page), BoundTo(settings.PageTls));

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
}
