using Akka.Actor;
using ChatLock.Actors.Sessions;
using ChatLock.Protocol.Framing;
using ChatLock.Protocol.Wire;

namespace ChatLock.Actors.FanOut;

/// <summary>
/// Puts encoded frames into the queues of its sessions; their writers belong to it alone. One actor a core.
/// A delivery costs one copy into the connection's buffer: no message, no allocation.
/// </summary>
public sealed class FanOutActor(FanOutMemory memory, ServerCounters counters) : UntypedActor
{
    /// <summary>A connection with this much unsent is flushed at once, so that a burst can't grow without bound.</summary>
    private const int FlushAtBytes = 32 * 1024;

    public static Props Props(ServerCounters counters)
    {
        var memory = new FanOutMemory();
        return Akka.Actor.Props.Create(() => new FanOutActor(memory, counters));
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case FanOutCommand.Broadcast broadcast:
                Broadcast(broadcast);
                break;
            case FanOutCommand.Send send:
                Send(send.To, send.Frame);
                break;
            case FanOutCommand.Deliver deliver:
                Deliver(deliver.To, deliver.Frame);
                counters.CountDeliveries(1, deliver.Frame.Length);
                break;
            case FanOutCommand.Flush:
                FlushDirty();
                break;
            case FanOutCommand.Flushed flushed:
                OnFlushed(flushed.Who, flushed.Open);
                break;
            case FanOutCommand.Greet greet:
                Greet(greet.To, greet.Welcome);
                break;
            case FanOutCommand.Enter enter:
                memory.MembersOf(enter.Room).Add(enter.Who);
                enter.Who.Rooms.Add(enter.Room);
                break;
            case FanOutCommand.Exit exit:
                memory.MembersOf(exit.Room).Remove(exit.Who);
                exit.Who.Rooms.Remove(exit.Room);
                break;
            case FanOutCommand.Finish finish:
                Finish(finish.Who, finish.Last);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    protected override void PostRestart(Exception reason)
    {
        base.PostRestart(reason);
        ScheduleFlush();
    }

    private void Broadcast(FanOutCommand.Broadcast broadcast)
    {
        var members = memory.MembersOf(broadcast.Room);
        foreach (var member in members)
        {
            if (!ReferenceEquals(member, broadcast.Except))
                Deliver(member, broadcast.Frame);
        }

        counters.CountDeliveries(members.Count, broadcast.Frame.Length);
    }

    private void Deliver(Outbound to, EncodedFrame frame)
    {
        if (to.Greeted)
            Send(to, frame);
        else if (to.TakesFrames && HasRoomFor(to, frame))
            to.HeldBack.Enqueue(frame);
    }

    private void Send(Outbound to, EncodedFrame frame)
    {
        if (!to.TakesFrames)
            return;
        if (!to.Flushing)
            Write(to, frame);
        else if (HasRoomFor(to, frame))
            to.Waiting.Enqueue(frame);
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
        who.WaitingBytes = 0;
    }

    private void Write(Outbound to, EncodedFrame frame)
    {
        to.Connection.Writer.Write(frame);
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

    private void ScheduleFlush()
    {
        if (memory.FlushScheduled)
            return;

        memory.FlushScheduled = true;
        Self.Tell(FanOutCommand.Flush.Now);
    }

    private void FlushDirty()
    {
        memory.FlushScheduled = false;
        foreach (var outbound in memory.Dirty)
        {
            outbound.Dirty = false;
            if (!outbound.Flushing && !outbound.Gone)
                Flush(outbound);
        }

        memory.Dirty.Clear();
    }

    private void Flush(Outbound to)
    {
        to.UnflushedBytes = 0;
        var flush = to.Connection.Writer.FlushAsync();
        if (flush.IsCompletedSuccessfully)
        {
            Settle(to, flush.Result);
            return;
        }

        to.Flushing = true;
        flush.AsTask().PipeTo(
            Self,
            success: open => new FanOutCommand.Flushed(to, open),
            failure: _ => new FanOutCommand.Flushed(to, Open: false));
    }

    private void OnFlushed(Outbound who, bool open)
    {
        who.Flushing = false;
        if (open && who.Waiting.Count > 0)
        {
            DrainWaiting(who);
            Flush(who);
        }
        else
        {
            Settle(who, open);
        }
    }

    private static void DrainWaiting(Outbound who)
    {
        while (who.Waiting.TryDequeue(out var frame))
            who.Connection.Writer.Write(frame);
        who.WaitingBytes = who.HeldBack.Sum(frame => frame.Length);
    }

    /// <summary>Nothing is under way any more: an ending session is let go, a dead one too.</summary>
    private static void Settle(Outbound who, bool open)
    {
        if (!open && !who.Ending)
            who.Session.Tell(new SessionMessage.End(CloseReason.ConnectionLost));
        if (who.Ending)
            LetGo(who);
    }

    private void Greet(Outbound to, EncodedFrame welcome)
    {
        if (!to.TakesFrames)
            return;

        to.Greeted = true;
        to.Waiting.Enqueue(welcome);
        while (to.HeldBack.TryDequeue(out var frame))
            to.Waiting.Enqueue(frame);
        SendWaiting(to);
    }

    private void Finish(Outbound who, EncodedFrame? last)
    {
        foreach (var room in who.Rooms)
            memory.MembersOf(room).Remove(who);
        who.Rooms.Clear();
        if (who.Ending)
            return;

        who.Ending = true;
        if (last is null)
            Forget(who);
        else
            who.Waiting.Enqueue(last);
        SendWaiting(who);
    }

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
