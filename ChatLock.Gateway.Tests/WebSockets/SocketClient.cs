using System.Net.WebSockets;
using ChatLock.Gateway.Tests.BadInput;

namespace ChatLock.Gateway.Tests.WebSockets;

/// <summary>A client on /ws: a <see cref="RawClient"/>, and the socket below it for what isn't a frame.</summary>
public sealed class SocketClient : IDisposable
{
    private SocketClient(ClientWebSocket socket, RawClient frames) => (Socket, Frames) = (socket, frames);

    public ClientWebSocket Socket { get; }

    public RawClient Frames { get; }

    /// <param name="address">Such as ws://127.0.0.1:4680.</param>
    public static async Task<SocketClient> ConnectAsync(string address, params (string Name, string Value)[] headers)
    {
        var socket = await OpenAsync(address, headers);
        return new SocketClient(socket, await RawClient.ConnectAsync(new MessageStream(socket), () => EndSending(socket)));
    }

    public static async Task<SocketClient> EnterAsync(string address, string name)
    {
        var client = await ConnectAsync(address);
        await client.Frames.EnterAsync(name);
        return client;
    }

    /// <summary>Connected, nothing read yet.</summary>
    public static async Task<ClientWebSocket> OpenAsync(string address, params (string Name, string Value)[] headers)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("chatlock.v1");
        socket.Options.RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null;
        foreach (var (name, value) in headers)
            socket.Options.SetRequestHeader(name, value);
        await socket.ConnectAsync(new Uri($"{address}/ws"), CancellationToken.None);
        return socket;
    }

    public void Dispose() => Frames.Dispose();

    private static void EndSending(ClientWebSocket socket) =>
        _ = socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", CancellationToken.None);
}
