using Akka.Actor;
using ChatLock.Actors.Sessions;
using ChatLock.Protocol.Framing;
using ChatLock.Protocol.Wire;

namespace ChatLock.Actors.FanOut;

/// <summary>
/// The lines in which frames wait for their connections: what goes out now, what waits for a flush to complete, what is held back
/// for Welcome, and what is replayed. Used by one fan-out actor, in its turn.
/// </summary>
/// <param name="memory">What outlives a restart of the actor.</param>
/// <param name="self">The fan-out actor, which is told when a flush completes.</param>
internal sealed class FrameLines(FanOutMemory memory, IActorRef self)
{
    /// <summary>A connection with this much unsent is flushed at once, so that a burst can't grow without bound.</summary>
    private const int FlushAtBytes = 32 * 1024;

    public void Deliver(Outbound to, EncodedFrame frame)
    {
        if (to.Greeted)
            Send(to, frame);
        else if (to.TakesFrames && HasRoomFor(to, frame))
            to.HeldBack.Enqueue(frame);
    }

    public void Send(Outbound to, EncodedFrame frame)
    {
        if (!to.TakesFrames)
            return;
        if (!to.Flushing)
            Write(to, frame);
        else if (HasRoomFor(to, frame))
            to.Waiting.Enqueue(frame);
    }

    public void Replay(FanOutCommand.Replay replay)
    {
        if (!replay.To.TakesFrames)
            return;

        replay.To.Replays.Enqueue(replay);
        ContinueReplays(replay.To);
    }

    /// <summary>The asker is no longer interested; what is already in line goes out.</summary>
    public static void DropReplays(Outbound who, IActorRef asker)
    {
        for (var left = who.Replays.Count; left > 0; left--)
        {
            var replay = who.Replays.Dequeue();
            if (!replay.Asker.Equals(asker))
                who.Replays.Enqueue(replay);
        }
    }

    public void Greet(Outbound to, EncodedFrame welcome)
    {
        if (!to.TakesFrames)
            return;

        to.Greeted = true;
        to.Waiting.Enqueue(welcome);
        while (to.HeldBack.TryDequeue(out var frame))
            to.Waiting.Enqueue(frame);
        SendWaiting(to);
        ContinueReplays(to);
    }

    public void Finish(Outbound who, EncodedFrame? last)
    {
        if (who.Ending)
            return;

        who.Ending = true;
        who.Replays.Clear();
        if (last is null)
            Forget(who);
        else
            who.Waiting.Enqueue(last);
        SendWaiting(who);
    }

    public void ScheduleFlush()
    {
        if (memory.FlushScheduled)
            return;

        memory.FlushScheduled = true;
        self.Tell(FanOutCommand.Flush.Now);
    }

    /// <remarks>A flush that completes at once may let the next chunk of a replay follow: the list grows while it is gone through.</remarks>
    public void FlushDirty()
    {
        memory.FlushScheduled = false;
        for (var i = 0; i < memory.Dirty.Count; i++)
        {
            var outbound = memory.Dirty[i];
            outbound.Dirty = false;
            if (!outbound.Flushing && !outbound.Gone)
                Flush(outbound);
        }

        memory.Dirty.Clear();
    }

    public void OnFlushed(Outbound who, bool open)
    {
        who.Flushing = false;
        who.FlushedFrames = who.FlushingFrames;
        if (open && who.Waiting.Count > 0)
        {
            DrainWaiting(who);
            Flush(who);
            ContinueReplays(who);
        }
        else
        {
            Settle(who, open);
        }
    }

    /// <summary>Counts the frame in, or ends a session that reads too slowly.</summary>
    private static bool HasRoomFor(Outbound to, EncodedFrame frame)
    {
        if (to.WaitingBytes + frame.Length <= to.MaxBytes)
        {
            to.WaitingBytes += frame.Length;
            return true;
        }

        to.Overrun = true;
        Forget(to);
        to.Session.Tell(new SessionMessage.End(CloseReason.TooSlow));
        return false;
    }

    private static void Forget(Outbound who)
    {
        who.Waiting.Clear();
        who.HeldBack.Clear();
        who.Replays.Clear();
        who.WaitingBytes = 0;
    }

    private void Write(Outbound to, EncodedFrame frame)
    {
        to.Connection.Writer.Write(frame);
        to.WrittenFrames++;
        to.UnflushedBytes += frame.Length;
        if (to.UnflushedBytes >= FlushAtBytes)
            Flush(to);
        else
            MarkDirty(to);
    }

    private void MarkDirty(Outbound to)
    {
        if (to.Dirty)
            return;

        to.Dirty = true;
        memory.Dirty.Add(to);
        ScheduleFlush();
    }

    private void Flush(Outbound to)
    {
        to.UnflushedBytes = 0;
        to.FlushingFrames = to.WrittenFrames;
        var flush = to.Connection.Writer.FlushAsync();
        if (flush.IsCompletedSuccessfully)
        {
            to.FlushedFrames = to.FlushingFrames;
            Settle(to, flush.Result);
            return;
        }

        to.Flushing = true;
        flush.AsTask().PipeTo(
            self,
            success: open => new FanOutCommand.Flushed(to, open),
            failure: _ => new FanOutCommand.Flushed(to, Open: false));
    }

    private static void DrainWaiting(Outbound who)
    {
        while (who.Waiting.TryDequeue(out var frame))
        {
            who.Connection.Writer.Write(frame);
            who.WrittenFrames++;
        }

        who.WaitingBytes = who.HeldBack.Sum(frame => frame.Length);
    }

    /// <summary>Nothing is under way any more: an ending session is let go, a dead one too, and a replay goes on.</summary>
    private void Settle(Outbound who, bool open)
    {
        if (who.Ending)
            LetGo(who);
        else if (!open)
            who.Session.Tell(new SessionMessage.End(CloseReason.ConnectionLost));
        else
            ContinueReplays(who);
    }

    /// <summary>One chunk at a time is in line, and only while little else is: however many rooms are caught up with at once, what
    /// waits for one reader stays within its bound.</summary>
    private void ContinueReplays(Outbound to)
    {
        while (true)
        {
            if (to.Replaying is { } chunk)
            {
                if (to.ReplayedAtFrame > to.FlushedFrames)
                    return;
                to.Replaying = null;
                chunk.Asker.Tell(chunk.Done);
            }

            if (!to.Greeted || !to.TakesFrames || !to.Replays.TryPeek(out var next) || !HasRoomForAll(to, next))
                return;

            to.Replaying = to.Replays.Dequeue();
            to.ReplayedAtFrame = long.MaxValue; // a flush in the middle of the chunk isn't its end
            foreach (var frame in next.Frames)
                Send(to, frame);
            to.ReplayedAtFrame = to.WrittenFrames + to.Waiting.Count;
        }
    }

    /// <remarks>While something waits, a flush is under way, and its end comes back here.</remarks>
    private static bool HasRoomForAll(Outbound to, FanOutCommand.Replay chunk) =>
        to.WaitingBytes == 0 || to.WaitingBytes + chunk.Frames.Sum(frame => frame.Length) <= to.MaxBytes / 2;

    private void SendWaiting(Outbound who)
    {
        if (who.Flushing)
            return;

        DrainWaiting(who);
        Flush(who);
    }

    private static void LetGo(Outbound who)
    {
        if (who.Gone)
            return;

        who.Gone = true;
        who.Connection.Released();
    }
}
