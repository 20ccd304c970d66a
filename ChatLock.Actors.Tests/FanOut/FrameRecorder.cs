using ChatLock.Actors.FanOut;
using ChatLock.Actors.Sessions;
using ChatLock.Protocol.Framing;
using ChatLock.Protocol.Wire;

namespace ChatLock.Actors.Tests.FanOut;

/// <summary>A connection in memory whose transport takes frames when the test says so.</summary>
public sealed class FrameRecorder : IConnection, IFrameWriter
{
    private readonly List<ServerFrame> _frames = [];
    private TaskCompletionSource<bool>? _stuck;

    /// <summary>What was written.</summary>
    public IReadOnlyList<ServerFrame> Frames
    {
        get
        {
            lock (_frames)
                return [.. _frames];
        }
    }

    public bool IsReleased { get; private set; }

    public string RemoteAddress => "test";

    public IFrameWriter Writer => this;

    public long? PartialSinceMs => null;

    public void StopTaking() => _stuck = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);

    public void TakeAgain()
    {
        var stuck = _stuck!;
        _stuck = null;
        stuck.SetResult(true);
    }

    public void Write(EncodedFrame frame)
    {
        lock (_frames)
            _frames.Add(ServerFrame.Parser.ParseFrom(frame.Body.Span));
    }

    public ValueTask<bool> FlushAsync() => _stuck is { } stuck ? new ValueTask<bool>(stuck.Task) : ValueTask.FromResult(true);

    public void Credit()
    {
    }

    public void StopReading()
    {
    }

    public void Released() => IsReleased = true;
}
