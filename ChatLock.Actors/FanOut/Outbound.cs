using Akka.Actor;
using ChatLock.Actors.Sessions;
using ChatLock.Protocol.Framing;

namespace ChatLock.Actors.FanOut;

/// <summary>
/// The way out to one session: its writer and what waits for it. <see cref="Owner"/> is the one actor that touches
/// anything but the first three members.
/// </summary>
public sealed class Outbound(IActorRef owner, IConnection connection, IActorRef session, int maxBytes)
{
    /// <summary>The fan-out actor that writes; everyone else tells it.</summary>
    public IActorRef Owner { get; } = owner;

    public IConnection Connection { get; } = connection;

    public IActorRef Session { get; } = session;

    /// <summary>Bound on what waits, in bytes with prefixes. Full: the reader is too slow and the session ends.</summary>
    public int MaxBytes { get; } = maxBytes;

    /// <summary>Most bytes of one <see cref="FanOutCommand.Replay"/>: a quarter of the bound, so that live frames have room beside it.</summary>
    public int ReplayMaxBytes { get; } = ReplayMaxBytesOf(maxBytes);

    /// <summary>Goes out as soon as the flush under way completes.</summary>
    internal Queue<EncodedFrame> Waiting { get; } = new(0);

    /// <summary>What others sent before this session was welcomed; goes out right after its Welcome.</summary>
    internal Queue<EncodedFrame> HeldBack { get; } = new(0);

    /// <summary>What waits in both queues.</summary>
    internal int WaitingBytes { get; set; }

    internal int UnflushedBytes { get; set; }

    /// <summary>Chunks of replays that aren't in line yet, one of each asker at most.</summary>
    internal Queue<FanOutCommand.Replay> Replays { get; } = new(0);

    /// <summary>The chunk that is in line now.</summary>
    internal FanOutCommand.Replay? Replaying { get; set; }

    /// <summary>The chunk in line is through when this many frames have been flushed.</summary>
    internal long ReplayedAtFrame { get; set; }

    /// <summary>Frames written, frames whose flush has begun, and frames whose flush has completed, since the beginning.</summary>
    internal long WrittenFrames { get; set; }

    internal long FlushingFrames { get; set; }

    internal long FlushedFrames { get; set; }

    /// <summary>Welcome has been sent.</summary>
    internal bool Greeted { get; set; }

    /// <summary>In the list of those with something to flush.</summary>
    internal bool Dirty { get; set; }

    /// <summary>A flush is under way; until it completes, frames wait here.</summary>
    internal bool Flushing { get; set; }

    /// <summary>More waited than the bound allows; nothing is taken any more but Close.</summary>
    internal bool Overrun { get; set; }

    /// <summary>No frame is taken any more; the connection is let go when what is there has been sent.</summary>
    internal bool Ending { get; set; }

    /// <summary>The writer has been let go and must not be touched.</summary>
    internal bool Gone { get; set; }

    /// <summary><see cref="ReplayMaxBytes"/> of an outbound with this bound.</summary>
    public static int ReplayMaxBytesOf(int maxBytes) => Math.Min(64 * 1024, maxBytes / 4);

    internal bool TakesFrames => !Ending && !Overrun && !Gone;

    internal HashSet<string> Rooms { get; } = new(1);
}
