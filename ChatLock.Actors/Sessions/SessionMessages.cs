using Akka.Actor;
using ChatLock.Actors.FanOut;
using ChatLock.Protocol.Names;
using ChatLock.Protocol.Rooms;
using ChatLock.Protocol.Wire;

namespace ChatLock.Actors.Sessions;

/// <summary>What a session actor is told. None of it leaves the process.</summary>
public abstract record SessionMessage : INoSerializationVerificationNeeded
{
    private SessionMessage()
    {
    }

    /// <summary>From the connection: a frame.</summary>
    public sealed record Frame(ClientFrame Body) : SessionMessage;

    /// <summary>From the connection, the fan-out, the registry or the server: it is over, for this reason.</summary>
    public sealed record End(CloseReason Reason) : SessionMessage;

    /// <summary>Time passed.</summary>
    public sealed record Tick : SessionMessage
    {
        public static readonly Tick Now = new();
    }

    /// <summary>From the registry.</summary>
    /// <param name="Resumed">The session of the token goes on.</param>
    public sealed record NameGranted(UserName Name, bool Resumed) : SessionMessage;

    /// <summary>From the registry.</summary>
    public sealed record NameRefused(Refused Refusal) : SessionMessage;

    /// <summary>From a room: the session is a member. Its client has been sent the frame that says so, except for the lobby,
    /// which Welcome tells of.</summary>
    /// <param name="Actor">Who is told of everything else about this room.</param>
    /// <param name="Ref">The join's: one credit is due if it isn't 0.</param>
    public sealed record Admitted(RoomId Room, IActorRef Actor, RoomInfo Info, ulong Ref) : SessionMessage;

    /// <summary>From a room or the parent of all rooms: the session isn't a member.</summary>
    public sealed record NotAdmitted(RoomId Room, ulong Ref, Refused Refusal) : SessionMessage;

    /// <summary>From a room: sent out by its owner. The client has been told.</summary>
    public sealed record Expelled(RoomId Room) : SessionMessage;

    /// <summary>From its mailbox: after which number private messages come.</summary>
    public sealed record MailboxAttached(Position Position) : SessionMessage;

    /// <summary>From the router: known there; the first page of who is here.</summary>
    public sealed record Listed(Roster FirstPage) : SessionMessage;

    /// <summary>From a room or the router: the reply to a request that was passed on.</summary>
    public sealed record Answered(Reply Reply) : SessionMessage;
}

/// <summary>How others in the server reach a session.</summary>
public sealed record SessionHandle(SessionId Id, IActorRef Actor, Outbound Outbound);

/// <summary>What the parent of all sessions is told.</summary>
public abstract record SessionsCommand : INoSerializationVerificationNeeded
{
    private SessionsCommand()
    {
    }

    /// <summary>A connection was accepted; <paramref name="Session"/> is completed with its actor.</summary>
    public sealed record Accept(IConnection Connection, TaskCompletionSource<IActorRef> Session) : SessionsCommand;

    /// <summary>End every session with this reason and answer <see cref="Drained"/> when all have ended.</summary>
    public sealed record Drain(CloseReason Reason) : SessionsCommand;

    public sealed record Drained : SessionsCommand;

    /// <summary>To itself: time to look at the clocks of all sessions.</summary>
    internal sealed record Tick : SessionsCommand
    {
        public static readonly Tick Now = new();
    }

    /// <summary>From a session: it ended.</summary>
    internal sealed record Ended(SessionId Id, string RemoteAddress, CloseReason Reason) : SessionsCommand;
}
