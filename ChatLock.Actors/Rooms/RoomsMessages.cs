using Akka.Actor;
using ChatLock.Actors.Sessions;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Rooms;
using ChatLock.Protocol.Wire;

namespace ChatLock.Actors.Rooms;

/// <summary>What the parent of all rooms is asked.</summary>
public abstract record RoomsCommand : INoSerializationVerificationNeeded
{
    private RoomsCommand()
    {
    }

    /// <summary>A session wants to be in a room. Its actor is told <see cref="SessionMessage.Admitted"/> or
    /// <see cref="SessionMessage.NotAdmitted"/>; on admission the room itself has sent the frame that says so.</summary>
    /// <param name="Member">Name and identity key, nothing else.</param>
    /// <param name="Ref">The request's; 0: brought back from Hello's positions, or the lobby.</param>
    /// <param name="Position">Where the client stood, if it was there before: what it missed follows.</param>
    /// <param name="Create">Make the room if it isn't there.</param>
    /// <param name="Suite">Of a room that is made; a number to this server.</param>
    public sealed record Join(
        RoomId Room, Fingerprint Key, Member Member, SessionHandle Session, ulong Ref, Position? Position, bool Create, uint Suite)
        : RoomsCommand;

    /// <summary>A join that has no answer yet isn't wanted any more: the session has ended. It comes the same way as the join, so
    /// the room gets it after it.</summary>
    /// <param name="Detached">The session has only lost its connection, and goes on for the resume window.</param>
    public sealed record Withdraw(
        RoomId Room, Fingerprint Key, SessionId Session, CloseReason Reason, bool Detached) : RoomsCommand;

    /// <summary>From a room: so many are in it now.</summary>
    public sealed record Counted(RoomId Room, int Members) : RoomsCommand;

    /// <summary>From a room: nobody is in it and nothing is under way, so it can be stopped.</summary>
    /// <param name="NextOverUnixMs">When something that it keeps is too old, and the room has to be started to delete it; null: it keeps nothing.</param>
    public sealed record Idle(RoomId Room, long? NextOverUnixMs) : RoomsCommand;

    /// <summary>A room that was told to stop has.</summary>
    public sealed record Stopped(RoomId Room) : RoomsCommand;

    /// <summary>From a room that was told to stop: somebody has come meanwhile.</summary>
    public sealed record Awake(RoomId Room) : RoomsCommand;

    /// <summary>From the one who erases the journals of deleted rooms: this one is gone.</summary>
    public sealed record Erased(RoomId Room, ulong Epoch) : RoomsCommand;

    /// <summary>Time passed.</summary>
    public sealed record Tick : RoomsCommand
    {
        public static readonly Tick Now = new();
    }

    /// <summary>The page of open rooms that follows this one; answered with <see cref="SessionMessage.Answered"/>.</summary>
    public sealed record List(ulong Ref, string After, IActorRef ReplyTo) : RoomsCommand;
}
