using System.Collections.Immutable;
using System.Diagnostics;
using Google.Protobuf;

namespace ChatLock.Actors.Storage;

/// <summary>A journal that is gone with the process.</summary>
public sealed record MemoryJournalState
{
    public static readonly MemoryJournalState Empty = new();

    public ByteString? Snapshot { get; private init; }

    public long SnapshotNumber { get; private init; }

    public long LastNumber { get; private init; }

    /// <summary>Numbered without gaps up to <see cref="LastNumber"/>.</summary>
    private ImmutableQueue<StoredEvent> Events { get; init; } = [];

    public JournalEvent.Recovered Recovered =>
        new(Snapshot, SnapshotNumber, [.. Events.Where(stored => stored.Number > SnapshotNumber)], LastNumber);

    public (MemoryJournalState Next, JournalEvent? Answer) On(JournalCommand command)
    {
        switch (command)
        {
            case JournalCommand.Append append:
                var next = append.Events.Aggregate(this, (state, bytes) => state.With(bytes));
                return (next, new JournalEvent.Appended(LastNumber + 1, next.LastNumber));
            case JournalCommand.Snapshot snapshot:
                return (this with { Snapshot = snapshot.State, SnapshotNumber = snapshot.Number }, new JournalEvent.SnapshotDone(snapshot.Number));
            case JournalCommand.DeleteTo delete:
                return (Without(delete.Number), null);
            case JournalCommand.Read read:
                return (this, Read(read));
            case JournalCommand.Erase:
                return (Empty, JournalEvent.Erased.Done);
            default:
                throw new UnreachableException($"no rule for {command.GetType().Name}");
        }
    }

    private MemoryJournalState With(ByteString bytes) => this with
    {
        Events = Events.Enqueue(new StoredEvent(LastNumber + 1, bytes)),
        LastNumber = LastNumber + 1,
    };

    private MemoryJournalState Without(long upTo)
    {
        var left = Events;
        while (!left.IsEmpty && left.Peek().Number <= upTo)
            left = left.Dequeue();
        return this with { Events = left };
    }

    private JournalEvent.ReadDone Read(JournalCommand.Read read)
    {
        var wanted = Events.Where(stored => stored.Number >= read.From && stored.Number <= read.To);
        var events = new List<StoredEvent>();
        var bytes = 0L;
        foreach (var stored in wanted)
        {
            if (bytes >= read.MaxBytes && events.Count > 0)
                return new JournalEvent.ReadDone(read.Tag, events, More: true);
            events.Add(stored);
            bytes += stored.Bytes.Length;
        }

        return new JournalEvent.ReadDone(read.Tag, events, More: false);
    }
}
