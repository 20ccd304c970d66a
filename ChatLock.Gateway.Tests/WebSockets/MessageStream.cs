using System.Buffers.Binary;
using System.Net.WebSockets;

namespace ChatLock.Gateway.Tests.WebSockets;

/// <summary>Frames with their prefix, as a TCP client writes and reads them, over binary messages without: one write is one
/// message.</summary>
public sealed class MessageStream(ClientWebSocket socket) : Stream
{
    private const int PrefixBytes = 4;
    private readonly byte[] _message = new byte[1 << 20];
    private ReadOnlyMemory<byte> _unread;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        await socket.SendAsync(buffer[PrefixBytes..], WebSocketMessageType.Binary, endOfMessage: true, cancellationToken);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_unread.IsEmpty && !await ReceiveAsync(cancellationToken))
            return 0;

        var count = Math.Min(buffer.Length, _unread.Length);
        _unread[..count].CopyTo(buffer);
        _unread = _unread[count..];
        return count;
    }

    /// <returns><c>false</c>: the server has closed.</returns>
    private async Task<bool> ReceiveAsync(CancellationToken cancellationToken)
    {
        var end = PrefixBytes;
        ValueWebSocketReceiveResult part;
        do
        {
            part = await socket.ReceiveAsync(_message.AsMemory(end), cancellationToken);
            if (part.MessageType == WebSocketMessageType.Close)
                return false;
            Assert.Equal(WebSocketMessageType.Binary, part.MessageType);
            end += part.Count;
        }
        while (!part.EndOfMessage);

        BinaryPrimitives.WriteInt32BigEndian(_message, end - PrefixBytes);
        _unread = _message.AsMemory(0, end);
        return true;
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        socket.Dispose();
        base.Dispose(disposing);
    }
}
