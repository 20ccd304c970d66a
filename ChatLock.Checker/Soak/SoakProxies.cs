using System.Net;
using ChatLock.Checker.Faults;
using ChatLock.Checker.History;
using ChatLock.Checker.Wire;
using ChatLock.Client.Connection;

namespace ChatLock.Checker.Soak;

/// <summary>The proxies between clients and gateway: one before its TLS port, one before the other, which reads along.</summary>
internal sealed class SoakProxies : IAsyncDisposable
{
    private readonly SoakCarrier _carrier;
    private readonly FaultProxy _tls;
    private readonly FaultProxy _plain;

    private SoakProxies(SoakCarrier carrier, FaultProxy tls, FaultProxy plain) => (_carrier, _tls, _plain) = (carrier, tls, plain);

    public bool IsQuiet
    {
        set => _tls.IsQuiet = _plain.IsQuiet = value;
    }

    public IReadOnlyDictionary<string, int> Happened => _tls.Happened.Concat(_plain.Happened)
        .GroupBy(pair => pair.Key).ToDictionary(group => group.Key, group => group.Sum(pair => pair.Value));

    /// <remarks>Without TLS nothing tells a corrupted byte from a genuine one but the message's signature; what it was would be lost
    /// by our own doing. So that fault is for TLS only, which notices it.</remarks>
    public static SoakProxies Start(SoakSettings settings, GatewayProcess gateway, HistoryWriter history)
    {
        var verifier = new EnvelopeVerifier();
        var plain = FaultProxy.Start(gateway.Plain, settings.Faults with { Corrupt = 0, Seed = settings.Faults.Seed + 1 });
        plain.Watch = _ => new FrameTap(verifier, history.WriteAsync);
        return new SoakProxies(settings.Carrier, FaultProxy.Start(gateway.Tls, settings.Faults), plain);
    }

    public ServerAddress AddressFor(int client) => _carrier == SoakCarrier.Tls || (_carrier == SoakCarrier.Mixed && client % 2 == 0)
        ? Address(_tls.Endpoint, isPlain: false)
        : Address(_plain.Endpoint, isPlain: true);

    public static ServerAddress Address(IPEndPoint endpoint, bool isPlain) =>
        ServerAddress.TryParse($"{(isPlain ? "plain" : "chatlock")}://{endpoint}", out var address, out var problem)
            ? address
            : throw new InvalidOperationException(problem);

    public async ValueTask DisposeAsync()
    {
        await _tls.DisposeAsync().ConfigureAwait(false);
        await _plain.DisposeAsync().ConfigureAwait(false);
    }
}
