using Akka.Actor;
using ChatLock.Actors.Storage;

namespace ChatLock.Actors.Tests.Rooms;

/// <summary>Journals in memory that fail and work again when the test says so, all of them.</summary>
public sealed class FlakyJournals : IJournals
{
    private readonly MemoryJournals _journals = new();
    private volatile bool _fails;

    public JournalHealth Health => _journals.Health;

    public bool Fails
    {
        get => _fails;
        set => _fails = value;
    }

    public Props Props(JournalId id) => Akka.Actor.Props.Create(() => new FlakyJournal(this, _journals.Props(id)));

    /// <summary>Stands between an owner and its journal. After a failure it tells what is stored as soon as it works again.</summary>
    private sealed class FlakyJournal(FlakyJournals journals, Props props) : UntypedActor, IWithTimers
    {
        private IActorRef _journal = ActorRefs.Nobody;
        private bool _hasFailed;

        public ITimerScheduler Timers { get; set; } = null!;

        protected override void PreStart()
        {
            _journal = Context.ActorOf(props, "journal-0");
            Timers.StartPeriodicTimer("look", "look", TimeSpan.FromMilliseconds(20));
        }

        protected override void OnReceive(object message)
        {
            switch (message)
            {
                case JournalCommand when journals.Fails || _hasFailed:
                    _hasFailed = true;
                    Context.Parent.Tell(new JournalEvent.Failed("no space left"));
                    break;
                case JournalCommand:
                    _journal.Tell(message);
                    break;
                case JournalEvent:
                    Context.Parent.Tell(message);
                    break;
                case "look" when _hasFailed && !journals.Fails:
                    _hasFailed = false;
                    Context.Stop(_journal);
                    _journal = Context.ActorOf(props);
                    break;
            }
        }
    }
}
