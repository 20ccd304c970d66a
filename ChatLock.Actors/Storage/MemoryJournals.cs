using System.Collections.Concurrent;
using Akka.Actor;

namespace ChatLock.Actors.Storage;

/// <summary>Journals of <c>storage.durability = memory</c>: they outlive their owners' restarts and end with the process.</summary>
public sealed class MemoryJournals : IJournals
{
    private readonly ConcurrentDictionary<JournalId, StateCell<MemoryJournalState>> _journals = new();

    public JournalHealth Health { get; } = new();

    /// <remarks>An erased journal leaves an empty state behind, some 100 bytes.</remarks>
    public Props Props(JournalId id) => MemoryJournalActor.Props(InMemory(id));

    public StateCell<MemoryJournalState> InMemory(JournalId id) =>
        _journals.GetOrAdd(id, _ => new StateCell<MemoryJournalState>(MemoryJournalState.Empty));
}
