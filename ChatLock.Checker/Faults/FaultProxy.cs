using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace ChatLock.Checker.Faults;

/// <summary>Stands between clients and a gateway on this machine and lets things go wrong.</summary>
/// <remarks>Knows bytes only, so TLS passes as plain TCP does; a corrupted byte ends a TLS connection, which is a cut. Each
/// direction of a connection has one buffer, and reads on only when that is written: what a slow side doesn't take holds the
/// other one back. Connections above the bound are reset at once.</remarks>
public sealed class FaultProxy : IAsyncDisposable
{
    /// <summary>Connections at once, unless told otherwise.</summary>
    public const int ConnectionsMaxDefault = 1_024;

    private readonly TcpListener _listener;
    private readonly Func<int, FaultDirection, IEnumerable<ScheduledFault>> _plan;
    private readonly TimeProvider _time;
    private readonly int _connectionsMax;
    private readonly SemaphoreSlim _places;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<int, ProxiedConnection> _connections = new();
    private readonly ConcurrentDictionary<string, int> _happened = new();
    private readonly Task _accepting;
    private int _lastNumber;
    private int _isDisposed;
    private int _refused;

    private FaultProxy(
        IPEndPoint target, int port, Func<int, FaultDirection, IEnumerable<ScheduledFault>> plan, TimeProvider time, int connectionsMax)
    {
        (Target, _plan, _time, _connectionsMax, _places) = (target, plan, time, connectionsMax, new(connectionsMax));
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Where clients connect to.</summary>
    public IPEndPoint Endpoint => (IPEndPoint)_listener.LocalEndpoint;

    /// <summary>Where new connections are led to.</summary>
    public IPEndPoint Target { get; set; }

    /// <summary>Whether faults that come due are passed over: for the time after the storm.</summary>
    public bool IsQuiet { get; set; }

    /// <summary>Connections that are open now.</summary>
    public int Open => _connections.Count;

    /// <summary>Connections that were reset because too many were open, or because nothing listened at the target.</summary>
    public int Refused => Volatile.Read(ref _refused);

    /// <summary>How often each kind of fault happened.</summary>
    public IReadOnlyDictionary<string, int> Happened => _happened;

    /// <summary>Told of each fault, on a thread of the proxy's.</summary>
    public event Action<FaultHappened>? OnFault;

    /// <summary>Who sees the bytes of new connections pass, after all faults; called on threads of the proxy's.</summary>
    public Func<int, IConnectionWatcher?>? Watch { get; set; }

    public static FaultProxy Start(IPEndPoint target, FaultSettings settings, int port = 0) =>
        Start(target, (connection, direction) => FaultSchedule.Of(settings, connection, direction), TimeProvider.System, port);

    /// <param name="target">The gateway; on this machine.</param>
    /// <param name="plan">The faults of each connection and direction, by rising offset.</param>
    /// <param name="time">The clock of stalls, delays and drips.</param>
    /// <param name="port">Where to listen; 0 takes any free port.</param>
    /// <param name="connectionsMax">Connections at once.</param>
    public static FaultProxy Start(
        IPEndPoint target, Func<int, FaultDirection, IEnumerable<ScheduledFault>> plan, TimeProvider time, int port = 0,
        int connectionsMax = ConnectionsMaxDefault)
    {
        ArgumentNullException.ThrowIfNull(target);
        if (!IPAddress.IsLoopback(target.Address))
            throw new ArgumentException("Faults are for gateways of this machine.", nameof(target));
        return new FaultProxy(target, port, plan, time, connectionsMax);
    }

    /// <summary>Resets every connection that is open now.</summary>
    public void CutAll()
    {
        foreach (var connection in _connections.Values)
            connection.Inject(new Fault.Cut());
    }

    /// <summary>Lets every connection that is open now fall silent for a while.</summary>
    public void StallAll(TimeSpan duration)
    {
        foreach (var connection in _connections.Values)
            connection.Inject(new Fault.Stall(duration, BothWays: true));
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 1)
            return;
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _accepting.ConfigureAwait(false);
        _listener.Dispose();
        for (var place = 0; place < _connectionsMax; place++)
            await _places.WaitAsync().ConfigureAwait(false);
        _places.Dispose();
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                Take(await _listener.AcceptSocketAsync(_stopping.Token).ConfigureAwait(false));
            }
            catch (OperationCanceledException)
            {
                // Disposed.
            }
            catch (SocketException gone) when (gone.SocketErrorCode is SocketError.ConnectionAborted or SocketError.ConnectionReset)
            {
                // It was gone before it was accepted.
            }
        }
    }

    private void Take(Socket client)
    {
        var number = ++_lastNumber;
        if (_places.Wait(0))
            _ = RunAsync(number, client);
        else
            Refuse(client);
    }

    private async Task RunAsync(int number, Socket client)
    {
        var rules = new ProxyRules(_plan, _time, Report, Watch, () => IsQuiet);
        using (var connection = new ProxiedConnection(client, number, rules))
        {
            _connections.TryAdd(number, connection);
            if (await connection.ConnectAsync(Target, _stopping.Token).ConfigureAwait(false))
                await connection.RunAsync(_stopping.Token).ConfigureAwait(false);
            else
                Refuse(client);
            _connections.TryRemove(number, out _);
        }
        _places.Release();
    }

    private void Refuse(Socket client)
    {
        Interlocked.Increment(ref _refused);
        ProxiedConnection.Reset(client);
    }

    private void Report(FaultHappened fault)
    {
        _happened.AddOrUpdate(fault.Fault.Kind, 1, (_, count) => count + 1);
        OnFault?.Invoke(fault);
    }
}
