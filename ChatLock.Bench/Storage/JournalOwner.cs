using System.Diagnostics;
using Akka.Actor;
using ChatLock.Actors.Storage;
using ChatLock.Bench.Load;
using Google.Protobuf;

namespace ChatLock.Bench.Storage;

/// <summary>Appends again as soon as it is told that it has.</summary>
public sealed class JournalOwner : UntypedActor
{
    private readonly JournalMeter _meter;
    private readonly JournalCommand.Append _append;
    private readonly IActorRef _journal;
    private long _since;
    private bool _finishing;

    public JournalOwner(IJournals journals, JournalId id, JournalMeter meter, ByteString payload)
    {
        _meter = meter;
        _append = new JournalCommand.Append([payload]);
        _journal = Context.ActorOf(journals.Props(id), "journal");
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case JournalEvent.Recovered recovered:
                _meter.OnRecovered(recovered.Events.Count);
                break;
            case Go:
                Append();
                break;
            case JournalEvent.Appended:
                _meter.OnAppended(Stopwatch.GetElapsedTime(_since).TotalMilliseconds);
                if (_finishing)
                    Context.Stop(Self);
                else
                    Append();
                break;
            case Finish:
                _finishing = true;
                break;
            case Erase:
                _journal.Tell(JournalCommand.Erase.Now);
                break;
            case JournalEvent.Erased:
                Context.Stop(Self);
                break;
            case JournalEvent.Failed failed:
                throw new BenchException(failed.Sentence);
            default:
                Unhandled(message);
                break;
        }
    }

    private void Append()
    {
        _since = Stopwatch.GetTimestamp();
        _journal.Tell(_append);
    }

    public sealed record Go
    {
        public static readonly Go Now = new();
    }

    /// <summary>Stops when nothing is left.</summary>
    public sealed record Erase
    {
        public static readonly Erase Now = new();
    }

    /// <summary>Stops when what is under way has been answered.</summary>
    public sealed record Finish
    {
        public static readonly Finish Now = new();
    }
}
