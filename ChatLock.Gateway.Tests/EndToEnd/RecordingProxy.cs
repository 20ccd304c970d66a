using System.Net;
using System.Net.Sockets;

namespace ChatLock.Gateway.Tests.EndToEnd;

/// <summary>Stands between clients and a gateway and keeps every byte that the gateway gets.</summary>
public sealed class RecordingProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly IPEndPoint _gateway;
    private readonly MemoryStream _recorded = new();

    public RecordingProxy(IPEndPoint gateway)
    {
        _gateway = gateway;
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public byte[] Recorded()
    {
        lock (_recorded)
            return _recorded.ToArray();
    }

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = PassOnAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception over) when (over is SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    private async Task PassOnAsync(TcpClient client)
    {
        using var mine = client;
        using var theirs = new TcpClient();
        await theirs.ConnectAsync(_gateway);
        await Task.WhenAny(
            CopyAsync(mine.GetStream(), theirs.GetStream(), record: true),
            CopyAsync(theirs.GetStream(), mine.GetStream(), record: false));
    }

    private async Task CopyAsync(NetworkStream from, NetworkStream to, bool record)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReadAsync(buffer) is var count and > 0)
            {
                if (record)
                {
                    lock (_recorded)
                        _recorded.Write(buffer, 0, count);
                }

                await to.WriteAsync(buffer.AsMemory(0, count));
            }
        }
        catch (IOException)
        {
            // One side is gone; the other is closed by the caller.
        }
    }
}
