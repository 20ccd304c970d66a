using ChatLock.Protocol.Framing;

namespace ChatLock.Actors.FanOut;

/// <summary>
/// What puts frames on one connection: a pipe, a WebSocket, or whatever transport comes next. Used by its fan-out
/// actor alone, one call at a time; never while a flush is under way.
/// </summary>
public interface IFrameWriter
{
    /// <summary>Adds a frame to what the next flush sends. Doesn't throw when the peer is gone.</summary>
    void Write(EncodedFrame frame);

    /// <summary>Sends what was written. Completes when the transport will take more; <c>false</c>: the peer is gone.</summary>
    ValueTask<bool> FlushAsync();
}
