using ChatLock.Actors.FanOut;
using ChatLock.Actors.Sessions;
using ChatLock.Protocol.Framing;
using ChatLock.Protocol.Wire;

namespace ChatLock.Actors.Tests.FanOut;

/// <summary>A connection in memory whose transport takes frames when the test says so.</summary>
public sealed class FrameRecorder : IConnection, IFrameWriter
{
    private readonly List<ulong> _nonces = [];
    private TaskCompletionSource<bool>? _stuck;

    /// <summary>The number in each frame that was written.</summary>
    public IReadOnlyList<ulong> Nonces
    {
        get
        {
            lock (_nonces)
                return [.. _nonces];
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
        var decoded = ServerFrame.Parser.ParseFrom(frame.Body.Span);
        lock (_nonces)
            _nonces.Add(decoded.Ping?.Nonce ?? decoded.Challenge.Versions[0]);
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
