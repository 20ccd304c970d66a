using System.Collections.Concurrent;
using Akka.Actor;
using ChatLock.Actors.Storage;

namespace ChatLock.Actors.Tests.Storage;

/// <summary>Journals in memory that fail when a test says so, as those in a database do: nothing is taken until they recover.</summary>
public sealed class FailingJournals : IJournals
{
    private readonly ConcurrentDictionary<JournalId, StateCell<MemoryJournalState>> _journals = new();
    private readonly ConcurrentDictionary<JournalId, IActorRef> _open = new();

    private string? _failingKind;

    public JournalHealth Health { get; } = new();

    /// <summary>Journals of this kind that are opened from here on fail at once.</summary>
    public string? FailingKind
    {
        get => Volatile.Read(ref _failingKind);
        set => Volatile.Write(ref _failingKind, value);
    }

    public Props Props(JournalId id)
    {
        var cell = Cell(id);
        return Akka.Actor.Props.Create(() => new FailingJournal(this, id, cell));
    }

    public StateCell<MemoryJournalState> Cell(JournalId id) =>
        _journals.GetOrAdd(id, _ => new StateCell<MemoryJournalState>(MemoryJournalState.Empty));

    public void Fail(string kind) => Tell(kind, failing: true);

    public void Recover(string kind) => Tell(kind, failing: false);

    private void Tell(string kind, bool failing)
    {
        FailingKind = failing ? kind : null;
        foreach (var (id, journal) in _open)
        {
            if (id.Kind == kind)
                journal.Tell(failing);
        }
    }

    private sealed class FailingJournal(FailingJournals all, JournalId id, StateCell<MemoryJournalState> cell) : UntypedActor
    {
        private static readonly JournalEvent.Failed Failed = new("the disk is full");
        private bool _fails;

        protected override void PreStart()
        {
            all._open[id] = Self;
            _fails = all.FailingKind == id.Kind;
            Context.Parent.Tell(_fails ? Failed : cell.Value.Recovered);
        }

        protected override void PostStop() => all._open.TryRemove(new KeyValuePair<JournalId, IActorRef>(id, Self));

        protected override void OnReceive(object message)
        {
            switch (message)
            {
                case bool fails when fails != _fails:
                    _fails = fails;
                    Context.Parent.Tell(fails ? Failed : cell.Value.Recovered);
                    break;
                case JournalCommand.Append when _fails:
                    Context.Parent.Tell(Failed);
                    break;
                case JournalCommand.Snapshot or JournalCommand.DeleteTo when _fails:
                    break;
                case JournalCommand command:
                    (cell.Value, var answer) = cell.Value.On(command);
                    if (answer is not null)
                        Context.Parent.Tell(answer);
                    if (answer is JournalEvent.Erased)
                        Context.Stop(Self);
                    break;
            }
        }
    }
}
