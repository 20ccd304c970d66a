using Akka.Actor;

namespace ChatLock.Actors.Storage;

/// <summary>A journal for those who want nothing on disk: it answers as <see cref="JournalActor"/> does and never fails.</summary>
public sealed class MemoryJournalActor(StateCell<MemoryJournalState> cell) : UntypedActor
{
    /// <param name="cell">Held by <see cref="MemoryJournals"/>, so that an owner that restarts finds what it wrote.</param>
    public static Props Props(StateCell<MemoryJournalState> cell) => Akka.Actor.Props.Create(() => new MemoryJournalActor(cell));

    protected override void PreStart() => Context.Parent.Tell(cell.Value.Recovered);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case JournalCommand command:
                (cell.Value, var answer) = cell.Value.On(command);
                if (answer is not null)
                    Context.Parent.Tell(answer);
                if (answer is JournalEvent.Erased)
                    Context.Stop(Self);
                break;
            default:
                Unhandled(message);
                break;
        }
    }
}
