using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using ChatLock.Checker.Faults;
using Microsoft.Extensions.Time.Testing;

namespace ChatLock.Checker.Tests.Faults;

/// <summary>A proxy with a plan, before a listener of the test's own; both ends of a connection are sockets here.</summary>
internal sealed class ProxyRig : IAsyncDisposable
{
    /// <summary>A guard against hanging, not an assertion about speed.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TcpListener _gateway = new(IPAddress.Loopback, 0);
    private readonly Channel<FaultHappened> _happened = Channel.CreateUnbounded<FaultHappened>();
    private readonly CancellationTokenSource _patience = new(Patience);
    private readonly List<Socket> _sockets = [];

    public ProxyRig(params (FaultDirection Direction, ScheduledFault Fault)[] plan) : this(16, plan)
    {
    }

    public ProxyRig(int connectionsMax, params (FaultDirection Direction, ScheduledFault Fault)[] plan)
    {
        _gateway.Start();
        Proxy = FaultProxy.Start(
            (IPEndPoint)_gateway.LocalEndpoint,
            (_, direction) => plan.Where(one => one.Direction == direction).Select(one => one.Fault),
            Time, connectionsMax: connectionsMax);
        Proxy.OnFault += fault => _happened.Writer.TryWrite(fault);
    }

    public FaultProxy Proxy { get; }

    public FakeTimeProvider Time { get; } = new();

    public async Task<(Socket Client, Socket Gateway)> ConnectAsync()
    {
        var client = await ConnectClientAsync();
        var gateway = await _gateway.AcceptSocketAsync(_patience.Token);
        _sockets.Add(gateway);
        return (client, gateway);
    }

    public async Task<Socket> ConnectClientAsync()
    {
        var client = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        _sockets.Add(client);
        await client.ConnectAsync(Proxy.Endpoint, _patience.Token);
        return client;
    }

    public void StopGateway() => _gateway.Stop();

    public async Task<FaultHappened> NextFaultAsync() => await _happened.Reader.ReadAsync(_patience.Token);

    public async Task<byte[]> ReadAsync(Socket socket, int count)
    {
        var bytes = new byte[count];
        for (var read = 0; read < count;)
        {
            var more = await socket.ReceiveAsync(bytes.AsMemory(read), _patience.Token);
            Assert.NotEqual(0, more);
            read += more;
        }
        return bytes;
    }

    /// <summary>Bytes until the end; a reset throws.</summary>
    public async Task<int> CountToEndAsync(Socket socket)
    {
        var (buffer, total) = (new byte[64 * 1_024], 0);
        while (await socket.ReceiveAsync(buffer, _patience.Token) is var count and > 0)
            total += count;
        return total;
    }

    public async Task AssertResetAsync(Socket socket)
    {
        var reset = await Assert.ThrowsAsync<SocketException>(() => CountToEndAsync(socket));
        Assert.Equal(SocketError.ConnectionReset, reset.SocketErrorCode);
    }

    /// <summary>The reset may come before connecting is known to have succeeded.</summary>
    public async Task AssertNextIsResetAsync()
    {
        var reset = await Assert.ThrowsAsync<SocketException>(async () => await CountToEndAsync(await ConnectClientAsync()));
        Assert.Equal(SocketError.ConnectionReset, reset.SocketErrorCode);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var socket in _sockets)
            socket.Dispose();
        await Proxy.DisposeAsync();
        _gateway.Dispose();
        _patience.Dispose();
    }
}
