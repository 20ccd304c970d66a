using Akka.Actor;
using ChatLock.Actors.Sessions;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Wire;

namespace ChatLock.Actors.Rooms;

/// <summary>What a room is asked.</summary>
public abstract record RoomCommand : INoSerializationVerificationNeeded
{
    private RoomCommand()
    {
    }

    /// <summary>From the parent of all rooms, which a session asks by <see cref="RoomsCommand.Join"/>.</summary>
    public sealed record Join(
        Fingerprint Key, Member Member, SessionHandle Session, ulong Ref, Position? Position) : RoomCommand;

    /// <summary>The session ended for good, or leaves this room: then <paramref name="Ref"/> isn't 0 and is answered.</summary>
    public sealed record Leave(
        Fingerprint Key, SessionId Session, CloseReason Reason, ulong Ref, IActorRef ReplyTo) : RoomCommand;

    /// <summary>The connection is gone; the session goes on for the resume window. The room itself tells others of it when
    /// the grace is over, and lets the seat go when the window is.</summary>
    public sealed record Detach(Fingerprint Key, SessionId Session) : RoomCommand;

    public sealed record Rename(Fingerprint Key, SessionId Session, Member Member) : RoomCommand;

    public sealed record Post(
        Fingerprint Key, SessionId Session, ulong Ref, Protocol.Wire.Post Body, IActorRef ReplyTo) : RoomCommand;

    /// <summary>An act of moderation, as it came: form, signature and right are the room's to check.</summary>
    public sealed record Act(
        Fingerprint Key, SessionId Session, ulong Ref, RoomAct Body, IActorRef ReplyTo) : RoomCommand;

    /// <summary>The page of the room's members that follows this name.</summary>
    public sealed record Who(
        Fingerprint Key, SessionId Session, ulong Ref, string After, IActorRef ReplyTo) : RoomCommand;

    /// <summary>From the parent: stop, if nobody has come meanwhile.</summary>
    public sealed record Rest : RoomCommand
    {
        public static readonly Rest Now = new();
    }

    /// <summary>Time passed.</summary>
    public sealed record Tick : RoomCommand
    {
        public static readonly Tick Now = new();
    }

    /// <summary>From a fan-out actor: a chunk of what a member missed has gone out.</summary>
    public sealed record Replayed(CatchUpTag Tag) : RoomCommand;

    /// <summary>To itself: tell everyone who came and went since the last time.</summary>
    public sealed record Announce : RoomCommand
    {
        public static readonly Announce Now = new();
    }
}
