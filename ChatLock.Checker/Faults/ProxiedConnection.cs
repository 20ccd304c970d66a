using System.Net;
using System.Net.Sockets;

namespace ChatLock.Checker.Faults;

/// <summary>Sees bytes pass by.</summary>
public interface IByteWatcher
{
    /// <summary>The next bytes of its connection and direction; good during the call only.</summary>
    void Pass(ReadOnlySpan<byte> bytes);
}

/// <summary>A client's socket, the gateway's, and a pump for each direction.</summary>
internal sealed class ProxiedConnection(
    Socket client,
    int number,
    Func<int, FaultDirection, IEnumerable<ScheduledFault>> plan,
    TimeProvider time,
    Action<FaultHappened> report,
    Func<int, FaultDirection, IByteWatcher?>? watch) : IDisposable
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
        try
        {
            await Task.WhenAll(
                PumpAsync(client, _gateway, FaultDirection.ToGateway, over.Token),
                PumpAsync(_gateway, client, FaultDirection.ToClient, over.Token)).ConfigureAwait(false);
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
            report(new FaultHappened(number, FaultDirection.ToClient, FaultHappened.AtOnce, fault));
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

    private async Task PumpAsync(Socket from, Socket to, FaultDirection direction, CancellationToken over)
    {
        var pump = new FaultPump(from, to, plan(number, direction), time, watch?.Invoke(number, direction))
        {
            Silence = () => _silence,
            Apply = Apply,
            Report = (offset, fault) => report(new FaultHappened(number, direction, offset, fault)),
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
            _silence = Task.WhenAll(_silence, Task.Delay(stall.Duration, time, _cut.Token));
    }
}
