using Akka.Actor;

namespace ChatLock.Actors.Storage;

/// <summary>Journals of <c>storage.durability = disk</c>.</summary>
public sealed class SqlJournals(JournalDatabase database, JournalLimits limits) : IJournals
{
    public JournalHealth Health { get; } = new();

    public Props Props(JournalId id) => JournalActor.Props(id, database, Health, limits);
}
