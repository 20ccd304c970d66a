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

    public sealed record Join(Fingerprint Key, Member Member, SessionHandle Session) : RoomCommand;

    public sealed record Leave(Fingerprint Key, SessionId Session, CloseReason Reason) : RoomCommand;

    public sealed record Rename(Fingerprint Key, SessionId Session, Member Member) : RoomCommand;

    public sealed record Post(
        Fingerprint Key, SessionId Session, ulong Ref, Protocol.Wire.Post Body, IActorRef ReplyTo) : RoomCommand;

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
