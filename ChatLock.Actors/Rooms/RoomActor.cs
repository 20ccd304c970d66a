using System.Diagnostics;
using Akka.Actor;
using ChatLock.Actors.FanOut;
using ChatLock.Actors.Sessions;
using ChatLock.Protocol.Codes;
using ChatLock.Protocol.Framing;
using ChatLock.Protocol.Wire;

namespace ChatLock.Actors.Rooms;

/// <summary>Carries out what one room decides: encodes each frame once and hands it to every fan-out actor.</summary>
public sealed class RoomActor(RoomMemory memory, IReadOnlyList<IActorRef> fanOuts, TimeProvider time, ServerCounters counters)
    : UntypedActor, IWithTimers
{
    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(
        RoomState initial, IReadOnlyList<IActorRef> fanOuts, TimeProvider time, ServerCounters counters)
    {
        var memory = new RoomMemory(initial);
        return Akka.Actor.Props.Create(() => new RoomActor(memory, fanOuts, time, counters));
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case RoomCommand command:
                (memory.State, var effects) = memory.State.On(command, time.GetUtcNow().ToUnixTimeMilliseconds());
                foreach (var effect in effects)
                    Perform(effect, command);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    /// <summary>A bug here costs the request in hand an answer that says so, and nobody their seat.</summary>
    protected override void PreRestart(Exception reason, object message)
    {
        if (message is RoomCommand.Post post)
            Answer(post, new Reply { Ref = post.Ref, Refused = Refusals.Internal });
        base.PreRestart(reason, message);
    }

    protected override void PostRestart(Exception reason)
    {
        base.PostRestart(reason);
        Self.Tell(RoomCommand.Announce.Now);
    }

    private void Perform(RoomEffect effect, RoomCommand command)
    {
        switch (effect)
        {
            case RoomEffect.Deliver deliver when command is RoomCommand.Post post:
                Broadcast(new ServerFrame { Posted = deliver.Post }, memory.Sessions.GetValueOrDefault(deliver.Sender));
                Answer(post, new Reply { Ref = post.Ref, Accepted = deliver.Answer });
                counters.CountPost();
                break;
            case RoomEffect.Refuse refuse when command is RoomCommand.Post post:
                Answer(post, new Reply { Ref = post.Ref, Refused = refuse.Refusal });
                break;
            case RoomEffect.Admit admit when command is RoomCommand.Join join:
                Admit(join, admit.Room);
                break;
            case RoomEffect.Dismiss dismiss:
                Dismiss(dismiss.Session);
                break;
            case RoomEffect.Announce announce:
                Broadcast(new ServerFrame { Presence = announce.Presence }, except: null);
                break;
            case RoomEffect.AnnounceAfter wait:
                Timers.StartSingleTimer("announce", RoomCommand.Announce.Now, wait.Delay);
                break;
            default:
                throw new UnreachableException($"no rule for {effect.GetType().Name}");
        }
    }

    private void Admit(RoomCommand.Join join, RoomInfo room)
    {
        var session = join.Session;
        memory.Sessions[session.Id] = session;
        session.Outbound.Owner.Tell(new FanOutCommand.Enter(memory.State.Name, session.Outbound));
        session.Actor.Tell(new SessionMessage.Admitted(memory.State.Id, Self, room, join.Ref));
    }

    private void Dismiss(SessionId id)
    {
        if (memory.Sessions.Remove(id, out var session))
            session.Outbound.Owner.Tell(new FanOutCommand.Exit(memory.State.Name, session.Outbound));
    }

    private void Broadcast(ServerFrame frame, SessionHandle? except)
    {
        var broadcast = new FanOutCommand.Broadcast(memory.State.Name, EncodedFrame.Of(frame), except?.Outbound);
        foreach (var fanOut in fanOuts)
            fanOut.Tell(broadcast);
    }

    private static void Answer(RoomCommand.Post post, Reply reply) =>
        post.ReplyTo.Tell(new SessionMessage.Answered(reply));
}
