using System.Net;
using Akka.Actor;
using Akka.Configuration;
using ChatLock.Actors;
using ChatLock.Actors.Storage;
using ChatLock.Gateway.Connections;
using ChatLock.Gateway.Ops;
using ChatLock.Gateway.Page;
using ChatLock.Gateway.Settings;
using ChatLock.Gateway.Tls;
using ChatLock.Gateway.WebSockets;
using ChatLock.Protocol.Wire;
using Google.Protobuf;
using Microsoft.Extensions.Logging.Console;

namespace ChatLock.Gateway;

/// <summary>One node: the actor system, and Kestrel before it. Everything is put together here.</summary>
public sealed class GatewayHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ActorSystem _system;
    private readonly NodeCertificate _certificate;
    private readonly JournalStorage _storage;

    private readonly Listeners _listeners;
    private Task _drained = Task.CompletedTask;

    private GatewayHost(
        WebApplication app, ActorSystem system, NodeCertificate certificate, JournalStorage storage, Listeners listeners, ServerIdentity server)
    {
        (_app, _system, _certificate, _storage, _listeners, Server) = (app, system, certificate, storage, listeners, server);
        Links = app.Services.GetRequiredService<FriendLinks>();
    }

    public ServerIdentity Server { get; }

    /// <summary>SHA-256 of the certificate's public key, 32 bytes.</summary>
    public ReadOnlyMemory<byte> CertificateHash => _certificate.PublicKeyHash;

    /// <summary>Where each of the settings under chatlock.listen ended up; null where nothing listens.</summary>
    public IPEndPoint? Tcp => _listeners.Tcp;

    public IPEndPoint? TcpPlain => _listeners.TcpPlain;

    public IPEndPoint? Page => _listeners.Page;

    public IPEndPoint? PageTls => _listeners.PageTls;

    /// <summary>Whether browsers get a page.</summary>
    public bool HasPage => _app.Services.GetRequiredService<PageFiles>().IsBuilt;

    /// <summary>How others get here.</summary>
    public FriendLinks Links { get; }

    /// <summary>Whether browsers warn of the certificate, since nobody vouches for it.</summary>
    public bool IsCertificateSelfMade => _certificate.IsSelfMade;

    /// <summary>Starts a node from its settings.</summary>
    /// <param name="config">All layers in one, <see cref="SettingsLayers.Merge"/>.</param>
    /// <param name="time">The clock.</param>
    /// <param name="page">What is served to browsers instead of <see cref="PageFiles.Embedded"/>.</param>
    /// <exception cref="SettingsException">A setting is wrong; the message names it.</exception>
    public static async Task<GatewayHost> StartAsync(Config config, TimeProvider time, PageFiles? page = null)
    {
        var settings = GatewaySettings.Read(new SettingsReader(config.GetConfig(SettingsReader.Root)));
        var certificate = NodeCertificate.Load(settings, time);
        var storage = JournalStorage.Open(settings.Server.Storage, settings.DataFolder, time);
        var counters = new ServerCounters();
        var server = new ServerIdentity(
            ByteString.CopyFrom(certificate.PublicKeyHash), Software.NameAndVersion, settings.Server, time,
            new MonotonicClock(time), counters, storage.Journals, OpenRoomKey.Load(settings));

        var listeners = new Listeners(settings, certificate);

        // Empty: no appsettings.json of the working directory and no ASPNETCORE_ variable changes what this node does.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        LogToStandardError(builder.Logging);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = settings.DrainTimeout);
        builder.Services.AddSingleton(server);
        builder.Services.AddSingleton(services => StartActors(config, storage, services));
        builder.Services.AddSingleton(services => new ChatServer(services.GetRequiredService<ActorSystem>(), server));
        builder.Services.AddSingleton(new Readiness(storage.Journals.Health));
        AddConnections(builder.Services, settings);
        AddPage(builder.Services, settings, certificate, listeners, page ?? PageFiles.Embedded);
        Listen(builder.WebHost, settings, listeners);

        var app = builder.Build();
        app.UseWebSockets(WebSocketEndpoint.KeepAlive(settings.Server.Limits));
        app.Run(app.Services.GetRequiredService<HttpFront>().ServeAsync);
        var host = new GatewayHost(app, app.Services.GetRequiredService<ActorSystem>(), certificate, storage, listeners, server);
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
        await Task.WhenAny(_drained, _system.WhenTerminated); // it is stored by then who had a session
        await _system.Terminate();
        await _app.DisposeAsync();
        _storage.Dispose();
        Server.Counters.Dispose();
        _certificate.Dispose();
    }

    private static void LogToStandardError(ILoggingBuilder logging)
    {
        logging.AddSimpleConsole(console => console.SingleLine = true);
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        // A start that failed is said in one sentence by whoever started, not here with a stack.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
    }

    private static void AddConnections(IServiceCollection services, GatewaySettings settings)
    {
        services.AddSingleton(settings.Connections);
        services.AddSingleton<ConnectionGate>();
        services.AddSingleton<HttpConnections>();
        services.AddSingleton<RefusedConnections>();
        services.AddSingleton<WebSocketEndpoint>();
    }

    private static void AddPage(
        IServiceCollection services, GatewaySettings settings, NodeCertificate certificate, Listeners listeners, PageFiles page)
    {
        services.AddSingleton(page);
        services.AddSingleton(settings.PageAccess);
        services.AddSingleton(new SecurityHeaders(hasOwnCertificate: !certificate.IsSelfMade));
        services.AddSingleton(new HostRule(settings.PageAccess, certificate.DnsNames, Environment.MachineName));
        services.AddSingleton(new FriendLinks(
            settings.PageAccess, listeners, certificate.NameForOthers, certificate.IsSelfMade, certificate.PublicKeyHash));
        services.AddSingleton<PageEndpoint>();
        services.AddSingleton<InviteEndpoint>();
        services.AddSingleton<HealthEndpoint>();
        services.AddSingleton<HttpFront>();
    }

    private static void Listen(ConfigureWebHostBuilder web, GatewaySettings settings, Listeners listeners)
    {
        web.UseKestrelCore().UseKestrelHttpsConfiguration();
        web.UseSockets(sockets => sockets.Backlog = settings.Backlog);
        web.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.RequestHeadersTimeout = Listeners.HandshakeTimeout;
            kestrel.Limits.KeepAliveTimeout = Listeners.IdleTimeout;
            kestrel.Limits.MaxRequestBodySize = 0;
            kestrel.Limits.MaxConcurrentUpgradedConnections = settings.Connections.Max;
            listeners.AddTo(kestrel);
        });
    }

    /// <summary>Every session says goodbye before Kestrel, which stops next, waits for the connections to end.</summary>
    private void Drain(TimeSpan timeout)
    {
        _app.Services.GetRequiredService<Readiness>().Stop();
        _drained = _app.Services.GetRequiredService<ChatServer>().DrainAsync(CloseReason.ServerStopping, timeout);
    }

    private static ActorSystem StartActors(Config config, JournalStorage storage, IServiceProvider services)
    {
        var logging = ConfigurationFactory.ParseString(
            $"akka.loggers = [\"{typeof(AkkaLogBridge).AssemblyQualifiedName}\"]");
        return storage.StartActors(
            "chatlock", logging.WithFallback(config), new LoggerFactorySetup(services.GetRequiredService<ILoggerFactory>()));
    }
}
