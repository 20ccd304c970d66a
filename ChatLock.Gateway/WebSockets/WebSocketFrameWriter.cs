using System.Net.WebSockets;
using ChatLock.Actors.FanOut;
using ChatLock.Protocol.Framing;

namespace ChatLock.Gateway.WebSockets;

/// <summary>Frames as binary messages, one each.</summary>
public sealed class WebSocketFrameWriter(WebSocket socket) : IFrameWriter
{
    private List<EncodedFrame> _written = new(1);
    private List<EncodedFrame> _sending = new(1);

    public void Write(EncodedFrame frame) => _written.Add(frame);

    public async ValueTask<bool> FlushAsync()
    {
        (_sending, _written) = (_written, _sending);
        try
        {
            foreach (var frame in _sending)
                await socket.SendAsync(frame.Body, WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);
            return true;
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException or ObjectDisposedException or IOException)
        {
            return false;
        }
        finally
        {
            _sending.Clear();
        }
    }
}
