using Akka.Actor;

namespace ChatLock.Actors.FanOut;

/// <summary>
/// Puts encoded frames into the queues of its sessions; their writers belong to it alone. One actor a core.
/// A delivery costs one copy into the connection's buffer: no message, no allocation.
/// </summary>
public sealed class FanOutActor : UntypedActor
{
    private readonly FanOutMemory _memory;
    private readonly ServerCounters _counters;
    private readonly FrameLines _lines;

    public FanOutActor(FanOutMemory memory, ServerCounters counters)
    {
        (_memory, _counters) = (memory, counters);
        _lines = new FrameLines(memory, Self);
    }

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
                _lines.Send(send.To, send.Frame);
                break;
            case FanOutCommand.Deliver deliver:
                _lines.Deliver(deliver.To, deliver.Frame);
                _counters.CountDeliveries(1, deliver.Frame.Length);
                break;
            case FanOutCommand.Replay replay:
                _lines.Replay(replay);
                _counters.CountDeliveries(replay.Frames.Count, replay.Frames.Sum(frame => (long)frame.Length));
                break;
            case FanOutCommand.Flush:
                _lines.FlushDirty();
                break;
            case FanOutCommand.Flushed flushed:
                _lines.OnFlushed(flushed.Who, flushed.Open);
                break;
            case FanOutCommand.Greet greet:
                _lines.Greet(greet.To, greet.Welcome);
                break;
            case FanOutCommand.Enter enter:
                Enter(enter);
                break;
            case FanOutCommand.Exit exit:
                Exit(exit);
                break;
            case FanOutCommand.Finish finish:
                _memory.LeaveAll(finish.Who);
                _lines.Finish(finish.Who, finish.Last);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    protected override void PostRestart(Exception reason)
    {
        base.PostRestart(reason);
        _lines.ScheduleFlush();
    }

    /// <summary>One member after the other, all frames of each: its queue is touched once.</summary>
    private void Broadcast(FanOutCommand.Broadcast broadcast)
    {
        var frames = broadcast.Frames;
        var members = _memory.MembersOf(broadcast.Room);
        foreach (var member in members)
        {
            foreach (var (frame, except) in frames)
            {
                if (!ReferenceEquals(member, except))
                    _lines.Deliver(member, frame);
            }
        }

        foreach (var (frame, _) in frames)
            _counters.CountDeliveries(members.Count, (long)members.Count * frame.Length);
    }

    /// <summary>A session that is ending has left all rooms already, and nobody would take it out again.</summary>
    private void Enter(FanOutCommand.Enter enter)
    {
        if (!enter.Who.Ending)
            _memory.Enter(enter.Room, enter.Who);
    }

    private void Exit(FanOutCommand.Exit exit)
    {
        _memory.Leave(exit.Room, exit.Who);
        FrameLines.DropReplays(exit.Who, asker: Sender);
    }
}
