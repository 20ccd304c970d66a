using Akka.Actor;
using ChatLock.Actors.Storage;
using ChatLock.Protocol.Rooms;
using ChatLock.Protocol.Wire;

namespace ChatLock.Actors.Rooms;

/// <summary>What the parent of all rooms wants done.</summary>
public abstract record RoomsEffect
{
    private RoomsEffect()
    {
    }

    public sealed record ToJournal(JournalCommand Command) : RoomsEffect;

    public sealed record Start(RoomEntry Room) : RoomsEffect;

    /// <summary>The room is started.</summary>
    public sealed record ToRoom(RoomId Room, RoomCommand Command) : RoomsEffect;

    public sealed record Refuse(RoomsCommand.Join Join, Refused Refusal) : RoomsEffect;

    public sealed record Answer(IActorRef ReplyTo, Reply Reply) : RoomsEffect;

    /// <summary>Erase the journal of a room that is no more; come back with <see cref="RoomsCommand.Erased"/>.</summary>
    public sealed record Erase(RoomId Room, ulong Epoch) : RoomsEffect;

    /// <summary>What the journal holds can't be read: no room is made or deleted. For the log.</summary>
    public sealed record Broken(string Sentence) : RoomsEffect;
}
