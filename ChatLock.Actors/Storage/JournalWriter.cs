using Akka.Actor;
using Akka.Persistence;

namespace ChatLock.Actors.Storage;

/// <summary>The persistent actor of one journal: appends. Akka stops it at the first write that fails, so a
/// <see cref="JournalActor"/> is above it, which also reads what is stored: <see cref="JournalDatabase.LoadAsync"/> takes less than half
/// the time of a replay through the plugin's streams, and many journals are read after a restart.</summary>
public sealed class JournalWriter(JournalId id) : UntypedPersistentActor
{
    public static Props Props(JournalId id) => Akka.Actor.Props.Create(() => new JournalWriter(id));

    public override string PersistenceId { get; } = id.ToString();

    /// <summary>Only the last number; the plugin waits for a write of this journal that is still under way.</summary>
    public override Recovery Recovery => Recovery.None;

    protected override void OnRecover(object message)
    {
        switch (message)
        {
            case RecoveryCompleted:
                Context.Parent.Tell(new WriterEvent.Recovered(LastSequenceNr));
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    protected override void OnCommand(object message)
    {
        switch (message)
        {
            case JournalCommand.Append append:
                Append(append);
                break;
            case JournalCommand.Snapshot snapshot:
                // Not SaveSnapshot(): that takes the number of the last event, and others may have come since the owner asked.
                SnapshotStore.Tell(new SaveSnapshot(
                    new SnapshotMetadata(PersistenceId, snapshot.Number, DateTime.UnixEpoch), new JournalBytes(snapshot.State)));
                break;
            case SaveSnapshotSuccess saved:
                DeleteSnapshots(new SnapshotSelectionCriteria(saved.Metadata.SequenceNr - 1));
                Context.Parent.Tell(new WriterEvent.SnapshotDone(saved.Metadata.SequenceNr));
                break;
            case SaveSnapshotFailure failure:
                Context.Parent.Tell(new WriterEvent.SnapshotFailed(failure.Cause));
                break;
            case DeleteSnapshotsSuccess:
                break;
            case DeleteSnapshotsFailure:
                break; // The next snapshot's deletion takes the older ones along.
            default:
                Unhandled(message);
                break;
        }
    }

    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr) =>
        Context.Parent.Tell(new WriterEvent.Failed(cause));

    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr)
    {
        Context.Parent.Tell(new WriterEvent.Failed(cause));
        Context.Stop(Self);
    }

    protected override void OnRecoveryFailure(Exception reason, object? message = null) =>
        Context.Parent.Tell(new WriterEvent.Failed(reason));

    /// <summary>Events of one append are one atomic write; what comes while a write is under way goes into the next one.</summary>
    private void Append(JournalCommand.Append append)
    {
        var left = append.Events.Count;
        PersistAllAsync(append.Events.Select(bytes => new JournalBytes(bytes)), _ =>
        {
            if (--left == 0)
                Context.Parent.Tell(new WriterEvent.Appended(LastSequenceNr - append.Events.Count + 1, LastSequenceNr));
        });
    }
}
