using Akka.Actor;
using ChatLock.Actors.Storage;

namespace ChatLock.Actors.Rooms;

/// <summary>Erases the journal of a room that is no more, and tells its parent when nothing of it is left.</summary>
/// <remarks>While the journal fails it waits: a journal opens itself again.</remarks>
public sealed class RoomEraser(RoomsCommand.Erased room, IJournals journals) : UntypedActor
{
    private IActorRef _journal = ActorRefs.Nobody;

    public static Props Props(RoomsCommand.Erased room, IJournals journals) => Akka.Actor.Props.Create(() => new RoomEraser(room, journals));

    protected override void PreStart() =>
        _journal = Context.ActorOf(journals.Props(RoomActor.JournalOf(room.Room.Text, room.Epoch)), "journal");

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case JournalEvent.Recovered:
                _journal.Tell(JournalCommand.Erase.Now);
                break;
            case JournalEvent.Erased:
                Context.Parent.Tell(room);
                Context.Stop(Self);
                break;
            case JournalEvent.Failed:
                break;
            default:
                Unhandled(message);
                break;
        }
    }
}
