using System.Net;
using System.Net.Sockets;

namespace ChatLock.Checker.Faults;

/// <summary>Sees the bytes of one connection pass by, after all faults.</summary>
public interface IConnectionWatcher
{
    /// <summary>Who sees those of one direction; null if nobody.</summary>
    IByteWatcher? Watch(FaultDirection direction);
}

/// <summary>Sees bytes pass by.</summary>
public interface IByteWatcher
{
    /// <summary>The next bytes of its connection and direction; good until the task is done. They go on only then.</summary>
    ValueTask PassAsync(ReadOnlyMemory<byte> bytes);
}

/// <summary>What all connections of a proxy share.</summary>
/// <param name="Plan">The faults of a connection and direction.</param>
/// <param name="Time">The clock of stalls, delays and drips.</param>
/// <param name="Report">Told of each fault.</param>
/// <param name="Watch">Who sees the bytes.</param>
/// <param name="IsQuiet">Whether faults that come due are passed over.</param>
internal sealed record ProxyRules(
    Func<int, FaultDirection, IEnumerable<ScheduledFault>> Plan,
    TimeProvider Time,
    Action<FaultHappened> Report,
    Func<int, IConnectionWatcher?>? Watch,
    Func<bool> IsQuiet);

/// <summary>A client's socket, the gateway's, and a pump for each direction.</summary>
internal sealed class ProxiedConnection(Socket client, int number, ProxyRules rules) : IDisposable
{
    private readonly Socket _gateway = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly CancellationTokenSource _cut = new();
    private volatile Task _silence = Task.CompletedTask;

    /// <summary>Connects to the gateway; the client waits meanwhile.</summary>
    /// <returns>Whether something answered.</returns>
    public async Task<bool> ConnectAsync(IPEndPoint target, CancellationToken stopping)
    {
        try
        {
            client.NoDelay = true;
            await _gateway.ConnectAsync(target, stopping).ConfigureAwait(false);
            return true;
        }
        catch (Exception failed) when (failed is SocketException or OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Carries bytes until both sides have said that nothing more comes, or one is gone.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stopping, _cut.Token);
        var watcher = rules.Watch?.Invoke(number);
        try
        {
            await Task.WhenAll(
                PumpAsync(client, _gateway, FaultDirection.ToGateway, watcher, over.Token),
                PumpAsync(_gateway, client, FaultDirection.ToClient, watcher, over.Token)).ConfigureAwait(false);
        }
        catch (Exception failed) when (failed is SocketException or OperationCanceledException)
        {
            // A cut of ours, a reset by one side that the other learns as one, or the end of the proxy.
            Reset(_gateway);
            Reset(client);
        }
    }

    public void Dispose()
    {
        client.Dispose();
        _gateway.Dispose();
        _cut.Dispose();
    }

    /// <summary>A fault from outside of the schedule: a cut, or a stall in both directions.</summary>
    public void Inject(Fault fault)
    {
        try
        {
            Apply(fault);
            rules.Report(new FaultHappened(number, FaultDirection.ToClient, FaultHappened.AtOnce, fault));
        }
        catch (ObjectDisposedException)
        {
            // It ended in this moment.
        }
    }

    /// <summary>Closes with a reset instead of a goodbye.</summary>
    public static void Reset(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
        }
        catch (SocketException)
        {
            // It is gone already.
        }
        socket.Dispose();
    }

    private async Task PumpAsync(
        Socket from, Socket to, FaultDirection direction, IConnectionWatcher? watcher, CancellationToken over)
    {
        var pump = new FaultPump(from, to, rules.Plan(number, direction), rules.Time, watcher?.Watch(direction))
        {
            IsQuiet = rules.IsQuiet,
            Silence = () => _silence,
            Apply = Apply,
            Report = (offset, fault) => rules.Report(new FaultHappened(number, direction, offset, fault)),
        };
        try
        {
            await pump.RunAsync(over).ConfigureAwait(false);
        }
        catch (SocketException)
        {
            // The other direction ends too.
            await _cut.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }

    private void Apply(Fault fault)
    {
        if (fault is Fault.Cut)
            _cut.Cancel();
        else if (fault is Fault.Stall stall)
            _silence = Task.WhenAll(_silence, Task.Delay(stall.Duration, rules.Time, _cut.Token));
    }
}
