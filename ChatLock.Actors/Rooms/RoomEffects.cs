using System.Collections.Immutable;
using Akka.Actor;
using ChatLock.Actors.Sessions;
using ChatLock.Actors.Storage;
using ChatLock.Protocol.Framing;
using ChatLock.Protocol.Wire;

namespace ChatLock.Actors.Rooms;

/// <summary>What a room wants done.</summary>
public abstract record RoomEffect
{
    private RoomEffect()
    {
    }

    public sealed record ToJournal(JournalCommand Command) : RoomEffect;

    /// <summary>The answer to a request.</summary>
    public sealed record Answer(IActorRef ReplyTo, Reply Reply) : RoomEffect;

    /// <summary>Send to all who get what comes, each frame but to one of them, its sender.</summary>
    public sealed record Deliver(ImmutableArray<(EncodedFrame Frame, SessionHandle? Except)> Frames) : RoomEffect;

    /// <summary>The session is a member: tell it and, unless it is the lobby, its client. What it gets follows.</summary>
    public sealed record Admit(SessionHandle Session, RoomInfo Info, ulong Ref) : RoomEffect;

    public sealed record Refuse(SessionHandle Session, ulong Ref, Refused Refusal) : RoomEffect;

    /// <summary>Send what the session missed; come back with the tag when it is through.</summary>
    public sealed record Replay(SessionHandle Session, IReadOnlyList<EncodedFrame> Frames, CatchUpTag Tag) : RoomEffect;

    /// <summary>Send the last of what the session missed; from now on it gets what comes.</summary>
    public sealed record Enter(SessionHandle Session, IReadOnlyList<EncodedFrame> Frames) : RoomEffect;

    /// <summary>The session gets nothing more.</summary>
    public sealed record Exit(SessionHandle Session) : RoomEffect;

    /// <summary>Sent out: the session gets this frame as the last of this room, and is told.</summary>
    public sealed record Expel(SessionHandle Session, EncodedFrame Last) : RoomEffect;

    /// <summary>Send to all members; those who are still behind aren't among those who get what comes.</summary>
    public sealed record Announce(Presence Presence, IReadOnlyList<SessionHandle> Behind) : RoomEffect;

    /// <summary>Come back with <see cref="RoomCommand.Announce"/> after this time.</summary>
    public sealed record AnnounceAfter(TimeSpan Delay) : RoomEffect;

    /// <summary>Tell the parent how many are here.</summary>
    public sealed record Count(int Members) : RoomEffect;

    /// <summary>Nobody is here and nothing is under way: tell the parent, which will answer <see cref="RoomCommand.Rest"/>.</summary>
    /// <param name="NextOverUnixMs">When the room has to be started for the sake of what it keeps; null: never.</param>
    public sealed record Idle(long? NextOverUnixMs) : RoomEffect;

    public sealed record Stop : RoomEffect
    {
        public static readonly Stop Now = new();
    }

    /// <summary>The answer to <see cref="RoomCommand.Rest"/> where somebody has come.</summary>
    public sealed record StayAwake : RoomEffect
    {
        public static readonly StayAwake Now = new();
    }

    /// <summary>What the journal holds can't be this room's: it refuses everything. For the log.</summary>
    public sealed record Broken(string Sentence) : RoomEffect;
}
