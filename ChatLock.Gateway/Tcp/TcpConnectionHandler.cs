using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using ChatLock.Actors;
using ChatLock.Actors.FanOut;
using ChatLock.Gateway.Connections;
using ChatLock.Protocol.Framing;
using ChatLock.Protocol.Wire;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace ChatLock.Gateway.Tcp;

/// <summary>The read loop of a TCP connection, with or without TLS: cuts frames and passes them to the session.</summary>
public sealed class TcpConnectionHandler(ChatServer server, ConnectionGate gate, RefusedConnections refused) : ConnectionHandler
{
    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        connection.Items[HandshakeWatch.Reached] = true;
        var remote = (connection.RemoteEndPoint as IPEndPoint)?.Address ?? IPAddress.None;
        var writer = WriterFor(connection);
        using var place = gate.TryEnter(remote);
        if (place is null)
        {
            refused.TooMany(remote);
            writer.Write(RefusedConnections.TooManyFrame);
            await writer.FlushAsync();
            return;
        }

        using var link = new Link(remote.ToString(), writer, server.Server);
        await link.OpenAsync(server);
        await ServeAsync(connection, link);
    }

    /// <summary>With TLS in between, bytes must take the pipe through it.</summary>
    private static IFrameWriter WriterFor(ConnectionContext connection) =>
        connection.Features.Get<ITlsHandshakeFeature>() is null &&
        connection.Features.Get<IConnectionSocketFeature>()?.Socket is { } socket
            ? new SocketFrameWriter(socket)
            : new PipeFrameWriter(connection.Transport.Output);

    private async Task ServeAsync(ConnectionContext connection, Link link)
    {
        var input = connection.Transport.Input;
        await using var stop = link.Stopped.Register(input.CancelPendingRead);
        await using var cut = link.Lingered.Register(connection.Abort);

        var peerOpen = await ReadFramesAsync(input, link);
        if (!peerOpen)
            link.End(CloseReason.ConnectionLost);
        var discarding = peerOpen ? DiscardAsync(input) : Task.CompletedTask;
        await link.WriterReleased;
        await discarding;
    }

    /// <returns>Whether the peer's side is still open.</returns>
    private async Task<bool> ReadFramesAsync(PipeReader input, Link link)
    {
        while (await TryReadAsync(input) is { } read)
        {
            if (read.IsCanceled)
                return true;

            var (goOn, rest) = await PassFramesAsync(read.Buffer, link);
            input.AdvanceTo(rest.Start, rest.End);
            if (!goOn)
                return true;
            if (read.IsCompleted)
                return false;
            link.SetPartial(!rest.IsEmpty);
        }

        return false;
    }

    private async ValueTask<(bool GoOn, ReadOnlySequence<byte> Left)> PassFramesAsync(
        ReadOnlySequence<byte> buffer, Link link)
    {
        var bodyMaxBytes = server.Server.Settings.Limits.FrameMaxBytes;
        while (true)
        {
            var goOn = true;
            switch (LengthPrefix.TryRead(ref buffer, bodyMaxBytes, out var body))
            {
                case FrameRead.NeedMore:
                    return (true, buffer);
                case FrameRead.Complete:
                    goOn = await link.PassAsync(body);
                    break;
                case FrameRead.TooLarge:
                    goOn = link.End(CloseReason.FrameTooLarge);
                    break;
                case FrameRead.Empty:
                    goOn = link.End(CloseReason.Malformed);
                    break;
            }

            if (!goOn)
                return (false, buffer);
        }
    }

    /// <summary>Throws away what the peer still sends, until it closes or <see cref="Link.Lingered"/> cuts it off.</summary>
    private static async Task DiscardAsync(PipeReader input)
    {
        while (await TryReadAsync(input) is { } read)
        {
            input.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
                return;
        }
    }

    /// <returns>Null: the connection was reset or cut.</returns>
    private static async ValueTask<ReadResult?> TryReadAsync(PipeReader input)
    {
        try
        {
            return await input.ReadAsync();
        }
        catch (Exception gone) when (gone is IOException or ConnectionAbortedException or OperationCanceledException)
        {
            return null;
        }
    }
}
