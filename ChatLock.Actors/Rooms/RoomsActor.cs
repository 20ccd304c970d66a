using System.Diagnostics;
using Akka.Actor;
using Akka.Event;
using ChatLock.Actors.Sessions;
using ChatLock.Actors.Storage;
using ChatLock.Protocol.Codes;
using ChatLock.Protocol.Rooms;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Actors.Rooms;

/// <summary>The parent of all rooms: keeps the directory, starts rooms and stops them.</summary>
public sealed class RoomsActor(RoomsMemory memory, ServerIdentity server, IReadOnlyList<IActorRef> fanOuts)
    : UntypedActor, IWithTimers
{
    private const int RestartsMax = 100;
    private static readonly TimeSpan RestartsWindow = TimeSpan.FromMinutes(1);
    private static readonly JournalId Directory = new("rooms", "directory");
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private IActorRef _journal = ActorRefs.Nobody;

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(ServerIdentity server, IReadOnlyList<IActorRef> fanOuts)
    {
        var memory = new RoomsMemory(new RoomsState(
            new RoomLimits(server.Settings.Rooms, server.Settings.Limits), server.Settings.LobbySuite));
        return Akka.Actor.Props.Create(() => new RoomsActor(memory, server, fanOuts));
    }

    protected override SupervisorStrategy SupervisorStrategy() =>
        new OneForOneStrategy(RestartsMax, RestartsWindow, _ => Directive.Restart);

    protected override void PreStart()
    {
        if (memory.ClosingJournal is null)
            OpenJournal();
        Timers.StartPeriodicTimer("tick", RoomsCommand.Tick.Now, server.Settings.TickInterval);
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case RoomsCommand command:
                (memory.State, var effects) = memory.State.On(command, server.Now.UnixMs);
                Perform(effects);
                break;
            case JournalEvent happened when Sender.Equals(_journal):
                On(happened);
                break;
            case JournalEvent:
                break; // from the journal before the last restart of this actor
            case Terminated terminated:
                OnTerminated(terminated.ActorRef);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    /// <summary>A bug here costs the request in hand an answer that says so. The rooms aren't stopped, but restarted with what they know.</summary>
    protected override void PreRestart(Exception reason, object message)
    {
        if (message is RoomsCommand.Join join)
            join.Session.Actor.Tell(new SessionMessage.NotAdmitted(join.Room, join.Ref, Refusals.Internal));
        if (message is RoomsCommand.List list)
            list.ReplyTo.Tell(new SessionMessage.Answered(new Reply { Ref = list.Ref, Refused = Refusals.Internal }));
        if (memory.ClosingJournal is null)
            Context.Stop(memory.ClosingJournal = _journal);
    }

    /// <summary>Whether what was being written is stored is to be found out: by a new journal, once the old one is closed.</summary>
    protected override void PostRestart(Exception reason)
    {
        base.PostRestart(reason);
        Context.Watch(memory.ClosingJournal!);
        On(new JournalEvent.Failed("restarted"));
    }

    private void On(JournalEvent happened)
    {
        (memory.State, var effects) = memory.State.On(happened, server.Now.UnixMs);
        Perform(effects);
    }

    private void OpenJournal() =>
        _journal = Context.ActorOf(server.Journals.Props(Directory), $"journal-{memory.JournalsOpened++}");

    private void OnTerminated(IActorRef stopped)
    {
        if (stopped.Equals(memory.ClosingJournal))
        {
            memory.ClosingJournal = null;
            OpenJournal();
            return;
        }

        if (!memory.Rooms.Remove(stopped, out var room))
            return;
        if (!memory.State.IsResting(room))
        {
            _log.Error("{0} failed more than {1} times in a minute: stopping", stopped.Path.Name, RestartsMax);
            _ = Context.System.Terminate();
            return;
        }

        memory.Actors.Remove(room);
        Self.Tell(new RoomsCommand.Stopped(room));
    }

    private void Perform(IReadOnlyList<RoomsEffect> effects)
    {
        foreach (var effect in effects)
            Perform(effect);
    }

    private void Perform(RoomsEffect effect)
    {
        switch (effect)
        {
            case RoomsEffect.ToJournal { Command: var command }:
                _journal.Tell(command);
                break;
            case RoomsEffect.Start start:
                Start(start.Room);
                break;
            case RoomsEffect.ToRoom room:
                memory.Actors[room.Room].Tell(room.Command);
                break;
            case RoomsEffect.Refuse { Join: var join, Refusal: var refusal }:
                join.Session.Actor.Tell(new SessionMessage.NotAdmitted(join.Room, join.Ref, refusal));
                break;
            case RoomsEffect.Answer answer:
                answer.ReplyTo.Tell(new SessionMessage.Answered(answer.Reply));
                break;
            case RoomsEffect.Erase erase:
                Context.ActorOf(RoomEraser.Props(new RoomsCommand.Erased(erase.Room, erase.Epoch), server.Journals));
                break;
            case RoomsEffect.Broken broken:
                _log.Error("{0}: what the journal holds can't be read: {1} No room is made or deleted", Directory, broken.Sentence);
                break;
            default:
                throw new UnreachableException($"no rule for {effect.GetType().Name}");
        }
    }

    private void Start(RoomEntry room)
    {
        var secret = room.Id.Kind == RoomKind.Sealed ? ByteString.Empty : server.Secrets.Of(room.Id, room.Epoch);
        var birth = new RoomBirth(room.Id, room.Epoch, room.Suite, room.OwnerKey, secret);
        var cell = new StateCell<RoomState>(new RoomState(birth, new RoomLimits(server.Settings.Rooms, server.Settings.Limits)));
        var name = birth.IsLobby ? "lobby" : $"room-{memory.RoomsStarted++}";
        var actor = Context.Watch(Context.ActorOf(RoomActor.Props(cell, server, fanOuts), name));
        memory.Rooms.Add(actor, room.Id);
        memory.Actors.Add(room.Id, actor);
    }
}

/// <summary>What the parent of all rooms knows; kept outside its actor, so that a restart after a bug loses no room.</summary>
public sealed class RoomsMemory(RoomsState initial)
{
    internal RoomsState State { get; set; } = initial;

    internal Dictionary<RoomId, IActorRef> Actors { get; } = [];

    internal Dictionary<IActorRef, RoomId> Rooms { get; } = [];

    internal long RoomsStarted { get; set; }

    internal long JournalsOpened { get; set; }

    /// <summary>The journal of before a restart, which isn't stopped yet.</summary>
    internal IActorRef? ClosingJournal { get; set; }
}
