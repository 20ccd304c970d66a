using System.Buffers;
using Akka.Actor;
using ChatLock.Actors;
using ChatLock.Actors.FanOut;
using ChatLock.Actors.Sessions;
using ChatLock.Protocol.Framing;
using ChatLock.Protocol.Wire;

namespace ChatLock.Gateway.Connections;

/// <summary>One accepted socket between its read loop and its session actor: the window, the end, the clocks.</summary>
public sealed class Link : IConnection, IDisposable
{
    /// <summary>After the last frame of an ended session, how long its peer may take to close the connection too.</summary>
    /// <remarks>Closing with unread bytes would make the kernel throw the Close frame away.</remarks>
    public static readonly TimeSpan CloseLinger = TimeSpan.FromSeconds(2);

    private const long None = -1;
    private readonly SemaphoreSlim _window;
    private readonly CancellationTokenSource _stopped = new();
    private readonly CancellationTokenSource _lingered = new();
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly MonotonicClock _clock;
    private long _partialSinceMs = None;
    private IActorRef _session = ActorRefs.Nobody;

    public Link(string remoteAddress, IFrameWriter writer, ServerIdentity server)
    {
        RemoteAddress = remoteAddress;
        Writer = writer;
        _clock = server.Clock;
        _window = new SemaphoreSlim(server.Settings.Limits.InFlightMax);
    }

    public string RemoteAddress { get; }

    public IFrameWriter Writer { get; }

    public long? PartialSinceMs => Interlocked.Read(ref _partialSinceMs) is var since && since != None ? since : null;

    /// <summary>The session has ended: what still comes in is thrown away.</summary>
    public CancellationToken Stopped => _stopped.Token;

    /// <summary>The session has ended and its peer had its time: the socket is to be cut.</summary>
    public CancellationToken Lingered => _lingered.Token;

    /// <summary>Nobody will touch the writer any more.</summary>
    public Task WriterReleased => _released.Task;

    public async Task OpenAsync(ChatServer server) => _session = await server.AcceptAsync(this);

    public void Credit() => _window.Release();

    public void StopReading()
    {
        _lingered.CancelAfter(CloseLinger);
        _stopped.Cancel();
    }

    public void Released() => _released.TrySetResult();

    /// <summary>Waits for room in the window, then passes one body on.</summary>
    /// <returns><c>false</c>: read no further.</returns>
    public async ValueTask<bool> PassAsync(ReadOnlySequence<byte> body)
    {
        if (!_window.Wait(0))
        {
            try
            {
                await _window.WaitAsync(Stopped);
            }
            catch (OperationCanceledException)
            {
                return false;
            }
        }

        if (!FrameBody.TryRead(body, out ClientFrame? frame))
            return End(CloseReason.Malformed);

        _session.Tell(new SessionMessage.Frame(frame));
        return true;
    }

    /// <summary>Tells whether what has been read so far ends in the middle of a frame.</summary>
    public void SetPartial(bool partial)
    {
        if (!partial)
            Interlocked.Exchange(ref _partialSinceMs, None);
        else if (Interlocked.Read(ref _partialSinceMs) == None)
            Interlocked.Exchange(ref _partialSinceMs, _clock.NowMs);
    }

    /// <returns><c>false</c>, for the read loop to stop by.</returns>
    public bool End(CloseReason reason)
    {
        _session.Tell(new SessionMessage.End(reason));
        return false;
    }

    public void Dispose()
    {
        _window.Dispose();
        _stopped.Dispose();
        _lingered.Dispose();
    }
}
