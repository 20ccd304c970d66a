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

    /// <summary>To itself: tell everyone who came and went since the last time.</summary>
    internal sealed record Announce : RoomCommand
    {
        public static readonly Announce Now = new();
    }
}

/// <summary>What a room wants done.</summary>
public abstract record RoomEffect
{
    private RoomEffect()
    {
    }

    /// <summary>The session gets all that follows; tell it where the count stands.</summary>
    public sealed record Admit(RoomInfo Room) : RoomEffect;

    /// <summary>The session gets nothing more. It may have been replaced by another of the same key.</summary>
    public sealed record Dismiss(SessionId Session) : RoomEffect;

    /// <summary>Send to all members but the sender, who gets the number as the answer.</summary>
    public sealed record Deliver(Posted Post, SessionId Sender, Accepted Answer) : RoomEffect;

    public sealed record Refuse(Refused Refusal) : RoomEffect;

    public sealed record Announce(Presence Presence) : RoomEffect;

    /// <summary>Come back with <see cref="RoomCommand.Announce"/> after this time.</summary>
    public sealed record AnnounceAfter(TimeSpan Delay) : RoomEffect;
}
