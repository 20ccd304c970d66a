using Akka.Actor;

namespace ChatLock.Actors.Storage;

/// <summary>Where owners get their journals from: <c>Context.ActorOf(journals.Props(id), "journal")</c>. The journal tells its
/// parent <see cref="JournalEvent.Recovered"/> unasked.</summary>
public interface IJournals
{
    JournalHealth Health { get; }

    Props Props(JournalId id);

    /// <summary>The same journal as a value, if it is one that answers at once: its owner can do without an actor, and saves two
    /// turns with each message. Null: it isn't.</summary>
    StateCell<MemoryJournalState>? InMemory(JournalId id) => null;
}
