using System.Buffers;
using System.Net.WebSockets;
using ChatLock.Actors;
using ChatLock.Gateway.Connections;
using ChatLock.Gateway.Page;
using ChatLock.Gateway.Settings;
using ChatLock.Protocol.Codes;
using ChatLock.Protocol.Session;
using ChatLock.Protocol.Wire;

namespace ChatLock.Gateway.WebSockets;

/// <summary>/ws: the same sessions as on TCP; one binary message is one frame body.</summary>
public sealed class WebSocketEndpoint(
    ChatServer server, ConnectionGate gate, RefusedConnections refused, PageSettings page)
{
    /// <summary>The subprotocol a client must offer.</summary>
    public const string Subprotocol = "chatlock.v1";

    private const int ReadBufferBytes = 4096;

    /// <summary>A peer that doesn't answer is given up after as long as one that says nothing in the protocol.</summary>
    /// <remarks>The protocol's own Ping finds out whether the client's program is alive, this one whether its browser's
    /// network is; only this one works while a page's script is busy.</remarks>
    public static WebSocketOptions KeepAlive(SessionLimits limits) => new()
    {
        KeepAliveInterval = limits.PingAfter,
        KeepAliveTimeout = limits.SilenceTimeout - limits.PingAfter,
    };

    /// <param name="served">What the request was addressed to.</param>
    public async Task ServeAsync(HttpContext http, WebOrigin served)
    {
        var remote = PeerAddress.Of(
            http.Connection.RemoteIpAddress, http.Request.Headers["X-Forwarded-For"], page.BehindProxy);
        if (!OriginRule.Allows(http.Request.Headers.Origin, served, page.Origins))
        {
            refused.ForeignOrigin(remote);
            await Answer.SentenceAsync(
                http, StatusCodes.Status403Forbidden,
                "Pages of other origins can't open a session here. An operator may add one to chatlock.page.origins.");
            return;
        }

        if (!http.WebSockets.IsWebSocketRequest || !http.WebSockets.WebSocketRequestedProtocols.Contains(Subprotocol))
        {
            http.Response.Headers.Upgrade = "websocket";
            await Answer.SentenceAsync(
                http, StatusCodes.Status426UpgradeRequired, $"Here is a WebSocket with the subprotocol {Subprotocol}.");
            return;
        }

        using var place = gate.TryEnter(remote);
        using var socket = await http.WebSockets.AcceptWebSocketAsync(Subprotocol);
        HttpConnections.Leave(http);
        var writer = new WebSocketFrameWriter(socket);
        if (place is null)
        {
            refused.TooMany(remote);
            writer.Write(RefusedConnections.TooManyFrame);
            await writer.FlushAsync();
            await GoodbyeAsync(socket, CloseReason.TooManyConnections);
            return;
        }

        using var link = new Link(remote.ToString(), writer, server.Server);
        await link.OpenAsync(server);
        await ServeAsync(socket, link);
    }

    private async Task ServeAsync(WebSocket socket, Link link)
    {
        await using var cut = link.Lingered.Register(socket.Abort);
        var reading = ReadMessagesAsync(socket, link);
        var first = await Task.WhenAny(reading, link.WriterReleased);
        if (first == reading)
            link.End(CloseReason.ConnectionLost);
        await link.WriterReleased;
        await GoodbyeAsync(socket, CloseReason.Unspecified);
        await reading;
    }

    /// <summary>Reads until the peer closes or the socket is cut; after the session's end, what comes is thrown away.</summary>
    private async Task ReadMessagesAsync(WebSocket socket, Link link)
    {
        var body = new ArrayBufferWriter<byte>(1);
        // A read of no bytes waits without a buffer: an idle connection holds none.
        while (await TryReceiveAsync(socket, Memory<byte>.Empty) is { MessageType: not WebSocketMessageType.Close } begun)
        {
            if (begun.EndOfMessage)
                link.End(CloseReason.Malformed); // an empty message, read whole by a read of no bytes
            else if (!await ReadMessageAsync(socket, link, body))
                return;
        }
    }

    /// <returns><c>false</c>: the socket is closed.</returns>
    private async Task<bool> ReadMessageAsync(WebSocket socket, Link link, ArrayBufferWriter<byte> body)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(ReadBufferBytes);
        try
        {
            body.ResetWrittenCount();
            while (await TryReceiveAsync(socket, buffer) is { MessageType: not WebSocketMessageType.Close } part)
            {
                if (!link.Stopped.IsCancellationRequested && Problem(part, body.WrittenCount) is { } reason)
                    link.End(reason);
                else if (!link.Stopped.IsCancellationRequested)
                    body.Write(buffer.AsSpan(0, part.Count));

                link.SetPartial(!part.EndOfMessage);
                if (part.EndOfMessage)
                {
                    if (!link.Stopped.IsCancellationRequested)
                        await PassAsync(link, body);
                    return true;
                }
            }

            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    private CloseReason? Problem(ValueWebSocketReceiveResult part, int writtenBytes) =>
        part.MessageType != WebSocketMessageType.Binary ? CloseReason.Malformed
        : writtenBytes + part.Count > server.Server.Settings.Limits.FrameMaxBytes ? CloseReason.FrameTooLarge
        : null;

    private static async ValueTask PassAsync(Link link, ArrayBufferWriter<byte> body)
    {
        if (body.WrittenCount == 0)
            link.End(CloseReason.Malformed);
        else
            await link.PassAsync(new ReadOnlySequence<byte>(body.WrittenMemory));
    }

    private static async ValueTask<ValueWebSocketReceiveResult?> TryReceiveAsync(WebSocket socket, Memory<byte> buffer)
    {
        try
        {
            return await socket.ReceiveAsync(buffer, CancellationToken.None);
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            return null;
        }
    }

    private static async Task GoodbyeAsync(WebSocket socket, CloseReason reason)
    {
        try
        {
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, CodeNames.Of(reason), CancellationToken.None);
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The peer closed first.
        }
    }
}
