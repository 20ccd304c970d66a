using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Threading.Channels;
using ChatLock.Client.Connection;

namespace ChatLock.Client.Tests.Scenarios;

/// <summary>A gateway that does what a test says: real TCP on this machine, frames by the protocol.</summary>
public sealed class ScriptedServer : IAsyncDisposable
{
    /// <summary>A guard against hanging, not an assertion about speed.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Channel<ScriptedSession> _accepted = Channel.CreateUnbounded<ScriptedSession>();
    private readonly List<ScriptedSession> _sessions = [];
    private readonly Task _accepting;

    public ScriptedServer()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public ServerAddress Address =>
        ServerAddress.TryParse(AddressText, out var address, out _) ? address : throw new InvalidOperationException();

    public string AddressText => $"plain://127.0.0.1:{Port}";

    public byte[] ServerId { get; } = RandomNumberGenerator.GetBytes(32);

    /// <summary>The next client that connects.</summary>
    public async Task<ScriptedSession> AcceptOneAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        return await _accepted.Reader.ReadAsync(patience.Token);
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _accepting;
        foreach (var session in _sessions)
            await session.DisposeAsync();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var session = new ScriptedSession((await _listener.AcceptTcpClientAsync()).GetStream(), ServerId);
                _sessions.Add(session);
                _accepted.Writer.TryWrite(session);
            }
        }
        catch (Exception over) when (over is SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }
}

/// <summary>A port that nothing listens on, and that nobody else gets meanwhile.</summary>
public sealed class NobodyThere : IDisposable
{
    private readonly Socket _bound = new(SocketType.Stream, ProtocolType.Tcp);

    public NobodyThere() => _bound.Bind(new IPEndPoint(IPAddress.Loopback, 0));

    public string AddressText => $"plain://127.0.0.1:{((IPEndPoint)_bound.LocalEndPoint!).Port}";

    public ServerAddress Address =>
        ServerAddress.TryParse(AddressText, out var address, out _) ? address : throw new InvalidOperationException();

    public void Dispose() => _bound.Dispose();
}
