using System.Collections.Immutable;
using System.Diagnostics;
using Akka.Actor;
using Akka.Event;
using ChatLock.Actors.FanOut;
using ChatLock.Actors.Sessions;
using ChatLock.Actors.Storage;
using ChatLock.Protocol.Codes;
using ChatLock.Protocol.Framing;
using ChatLock.Protocol.Wire;

namespace ChatLock.Actors.Rooms;

/// <summary>Carries out what one room decides: hands frames to the fan-out actors, events to its journal, answers to sessions.</summary>
public sealed class RoomActor(StateCell<RoomState> cell, ServerIdentity server, IReadOnlyList<IActorRef> fanOuts)
    : UntypedActor, IWithTimers
{
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private IActorRef _journal = ActorRefs.Nobody;

    public ITimerScheduler Timers { get; set; } = null!;

    /// <param name="cell">Outlives the actor, so that a restart after a bug loses nobody.</param>
    public static Props Props(StateCell<RoomState> cell, ServerIdentity server, IReadOnlyList<IActorRef> fanOuts) =>
        Akka.Actor.Props.Create(() => new RoomActor(cell, server, fanOuts));

    /// <summary>A room made anew under an old name has another journal.</summary>
    public static JournalId JournalOf(string room, ulong epoch) => new("room", $"{room}@{epoch}");

    private RoomState State => cell.Value;

    protected override void PreStart()
    {
        _journal = Context.ActorOf(server.Journals.Props(JournalOf(State.Name, State.Birth.Epoch)), "journal");
        Timers.StartPeriodicTimer("tick", RoomCommand.Tick.Now, server.Settings.TickInterval);
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case RoomCommand command:
                (cell.Value, var effects) = State.On(command, server.Now);
                Perform(effects);
                break;
            case JournalEvent happened:
                (cell.Value, var follows) = State.On(happened, server.Now);
                Perform(follows);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    /// <summary>A bug here costs the request in hand an answer that says so, and nobody their seat.</summary>
    protected override void PreRestart(Exception reason, object message)
    {
        switch (message)
        {
            case RoomCommand.Post post:
                Refuse(post.ReplyTo, post.Ref);
                break;
            case RoomCommand.Act act:
                Refuse(act.ReplyTo, act.Ref);
                break;
            case RoomCommand.Who who:
                Refuse(who.ReplyTo, who.Ref);
                break;
            case RoomCommand.Leave { Ref: not 0 } leave:
                Refuse(leave.ReplyTo, leave.Ref);
                break;
            case RoomCommand.Join join:
                join.Session.Actor.Tell(new SessionMessage.NotAdmitted(State.Birth.Id, join.Ref, Refusals.Internal));
                break;
        }

        base.PreRestart(reason, message);
    }

    protected override void PostRestart(Exception reason)
    {
        base.PostRestart(reason);
        Self.Tell(RoomCommand.Announce.Now);
    }

    private static void Refuse(IActorRef replyTo, ulong @ref) =>
        replyTo.Tell(new SessionMessage.Answered(new Reply { Ref = @ref, Refused = Refusals.Internal }));

    private void Perform(IReadOnlyList<RoomEffect> effects)
    {
        foreach (var effect in effects)
            Perform(effect);
    }

    private void Perform(RoomEffect effect)
    {
        switch (effect)
        {
            case RoomEffect.ToJournal { Command: var command }:
                _journal.Tell(command);
                break;
            case RoomEffect.Deliver deliver:
                Deliver(deliver.Frames);
                break;
            case RoomEffect.Answer answer:
                answer.ReplyTo.Tell(new SessionMessage.Answered(answer.Reply));
                break;
            case RoomEffect.Admit admit:
                Admit(admit);
                break;
            case RoomEffect.Refuse refuse:
                refuse.Session.Actor.Tell(new SessionMessage.NotAdmitted(State.Birth.Id, refuse.Ref, refuse.Refusal));
                break;
            case RoomEffect.Replay replay:
                Tell(replay.Session, new FanOutCommand.Replay(
                    replay.Session.Outbound, replay.Frames, Self, new RoomCommand.Replayed(replay.Tag)));
                break;
            case RoomEffect.Enter enter:
                TellAll(enter.Session, enter.Frames);
                Tell(enter.Session, new FanOutCommand.Enter(State.Name, enter.Session.Outbound));
                break;
            case RoomEffect.Exit exit:
                Tell(exit.Session, new FanOutCommand.Exit(State.Name, exit.Session.Outbound));
                break;
            case RoomEffect.Expel expel:
                Tell(expel.Session, new FanOutCommand.Exit(State.Name, expel.Session.Outbound));
                TellAll(expel.Session, [expel.Last]);
                expel.Session.Actor.Tell(new SessionMessage.Expelled(State.Birth.Id));
                break;
            case RoomEffect.Announce announce:
                Announce(announce);
                break;
            case RoomEffect.AnnounceAfter wait:
                Timers.StartSingleTimer("announce", RoomCommand.Announce.Now, wait.Delay);
                break;
            case RoomEffect.Count count:
                Context.Parent.Tell(new RoomsCommand.Counted(State.Birth.Id, count.Members));
                break;
            case RoomEffect.Idle idle:
                Context.Parent.Tell(new RoomsCommand.Idle(State.Birth.Id, idle.NextOverUnixMs));
                break;
            case RoomEffect.StayAwake:
                Context.Parent.Tell(new RoomsCommand.Awake(State.Birth.Id));
                break;
            case RoomEffect.Stop:
                Context.Stop(Self);
                break;
            case RoomEffect.Broken broken:
                _log.Error("{0}: what its journal holds can't be read: {1} Nothing is taken or overwritten", JournalOf(State.Name, State.Birth.Epoch), broken.Sentence);
                break;
            default:
                throw new UnreachableException($"no rule for {effect.GetType().Name}");
        }
    }

    private void Admit(RoomEffect.Admit admit)
    {
        if (!State.Birth.IsLobby)
        {
            var frame = admit.Ref == 0
                ? new ServerFrame { Entered = admit.Info }
                : new ServerFrame { Reply = new Reply { Ref = admit.Ref, Joined = admit.Info } };
            TellAll(admit.Session, [EncodedFrame.Of(frame)]);
        }

        admit.Session.Actor.Tell(new SessionMessage.Admitted(State.Birth.Id, Self, admit.Info, admit.Ref));
    }

    private void Deliver(ImmutableArray<(EncodedFrame Frame, SessionHandle? Except)> frames)
    {
        ImmutableArray<(EncodedFrame, Outbound?)> addressed = [.. frames.Select(frame => (frame.Frame, frame.Except?.Outbound))];
        var broadcast = new FanOutCommand.Broadcast(State.Name, addressed);
        foreach (var fanOut in fanOuts)
            fanOut.Tell(broadcast);
        server.Counters.CountPosts(frames.Length);
    }

    private void Announce(RoomEffect.Announce announce)
    {
        var frame = EncodedFrame.Of(new ServerFrame { Presence = announce.Presence });
        var broadcast = new FanOutCommand.Broadcast(State.Name, [(frame, null)]);
        foreach (var fanOut in fanOuts)
            fanOut.Tell(broadcast);
        foreach (var session in announce.Behind)
            TellAll(session, [frame]);
    }

    private static void TellAll(SessionHandle session, IReadOnlyList<EncodedFrame> frames)
    {
        foreach (var frame in frames)
            Tell(session, new FanOutCommand.Deliver(session.Outbound, frame));
    }

    private static void Tell(SessionHandle session, FanOutCommand command) => session.Outbound.Owner.Tell(command);
}
