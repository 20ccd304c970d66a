using Akka.Actor;
using ChatLock.Actors.Sessions;
using ChatLock.Protocol.Codes;
using ChatLock.Protocol.Rooms;
using ChatLock.Protocol.Wire;

namespace ChatLock.Actors.Rooms;

/// <summary>The parent of all rooms: knows which there are, and starts them.</summary>
public sealed class RoomsActor(ServerIdentity server, IReadOnlyList<IActorRef> fanOuts) : UntypedActor
{
    private IActorRef _lobby = ActorRefs.Nobody;

    public static Props Props(ServerIdentity server, IReadOnlyList<IActorRef> fanOuts) =>
        Akka.Actor.Props.Create(() => new RoomsActor(server, fanOuts));

    protected override void PreStart()
    {
        var epoch = (ulong)server.Time.GetUtcNow().ToUnixTimeMilliseconds();
        var lobby = new RoomState(RoomId.Lobby, epoch, server.Settings.LobbySuite, server.Secrets.Of(RoomId.Lobby, epoch));
        _lobby = Context.ActorOf(RoomActor.Props(lobby, fanOuts, server.Time, server.Counters), "lobby");
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case RoomsCommand.Join { Room.Kind: RoomKind.Lobby } join:
                _lobby.Tell(new RoomCommand.Join(join.Key, join.Member, join.Session, join.Ref, join.Position));
                break;
            case RoomsCommand.Join join:
                join.Session.Actor.Tell(new SessionMessage.NotAdmitted(join.Room, join.Ref, Refusals.NoSuchRoom));
                break;
            case RoomsCommand.Withdraw { Room.Kind: RoomKind.Lobby } join:
                _lobby.Tell(new RoomCommand.Leave(join.Key, join.Session, join.Reason, Ref: 0, ActorRefs.Nobody));
                break;
            case RoomsCommand.Withdraw:
                break;
            case RoomsCommand.List list:
                list.ReplyTo.Tell(new SessionMessage.Answered(new Reply { Ref = list.Ref, Rooms = new RoomList() }));
                break;
            default:
                Unhandled(message);
                break;
        }
    }
}
