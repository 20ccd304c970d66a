using ChatLock.Actors.FanOut;

namespace ChatLock.Actors.Sessions;

/// <summary>An accepted socket, whatever carries it. All members may be called from any thread.</summary>
public interface IConnection
{
    /// <summary>Where it comes from, for the log.</summary>
    string RemoteAddress { get; }

    /// <summary>The way out; only its fan-out actor touches it.</summary>
    IFrameWriter Writer { get; }

    /// <summary>Since when a frame has been begun and not finished, in monotonic milliseconds; null: none is.</summary>
    long? PartialSinceMs { get; }

    /// <summary>One frame was dealt with; the read loop may pass on one more.</summary>
    void Credit();

    /// <summary>The session has ended: nothing that still comes in matters. The Close frame may still be on its way.</summary>
    void StopReading();

    /// <summary>Nobody will touch the writer again: the socket can be closed once it has sent what it has.</summary>
    void Released();
}
