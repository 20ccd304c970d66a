using System.Net.Sockets;
using ChatLock.Actors.FanOut;
using ChatLock.Protocol.Framing;

namespace ChatLock.Gateway.Tcp;

/// <summary>
/// Frames straight into a socket that nothing else writes to, from the fan-out's own turn: one system call a flush, and
/// no hop to another thread as through a pipe. What the kernel won't take at once is sent when it will.
/// </summary>
public sealed class SocketFrameWriter : IFrameWriter
{
    private readonly Socket _socket;
    private readonly List<EncodedFrame> _written = [];

    public SocketFrameWriter(Socket socket)
    {
        _socket = socket;
        socket.Blocking = false; // a Send never waits; asynchronous reads don't care
    }

    public void Write(EncodedFrame frame) => _written.Add(frame);

    public ValueTask<bool> FlushAsync()
    {
        var bytes = FrameBatch.OfThisThread.Join(_written);
        _written.Clear();
        try
        {
            var sent = _socket.Send(bytes.Span, SocketFlags.None, out var error);
            return error switch
            {
                SocketError.Success when sent == bytes.Length => ValueTask.FromResult(true),
                SocketError.Success => SendRestAsync(bytes[sent..].ToArray()),
                SocketError.WouldBlock => SendRestAsync(bytes.ToArray()),
                _ => ValueTask.FromResult(false),
            };
        }
        catch (ObjectDisposedException)
        {
            return ValueTask.FromResult(false); // the connection was cut
        }
    }

    private async ValueTask<bool> SendRestAsync(ReadOnlyMemory<byte> rest)
    {
        try
        {
            while (!rest.IsEmpty)
                rest = rest[await _socket.SendAsync(rest, SocketFlags.None)..];
            return true;
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }
}
