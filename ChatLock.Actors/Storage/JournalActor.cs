using System.Diagnostics;
using Akka.Actor;
using Akka.Event;

namespace ChatLock.Actors.Storage;

/// <summary>
/// A journal in a database, as its owner sees it. Over the persistent actor it puts what Akka leaves out: that actor
/// stops at the first write that fails, and here it is started again, after longer and longer waits, once the database
/// takes writes again; the owner is told Failed and, when what is stored has been read anew, Recovered.
/// </summary>
public sealed class JournalActor(JournalId id, JournalDatabase database, JournalHealth health, JournalLimits limits)
    : UntypedActor, IWithTimers
{
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private JournalState _state = new(limits);
    private IActorRef _writer = ActorRefs.Nobody;

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(JournalId id, JournalDatabase database, JournalHealth health, JournalLimits limits) =>
        Akka.Actor.Props.Create(() => new JournalActor(id, database, health, limits));

    /// <summary>A writer with a bug is a writer that failed: started again by the same way.</summary>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);

    protected override void PreStart() => StartWriter();

    protected override void PostStop() => health.Works(id);

    /// <summary>A bug here is a failure like others to the owner: Recovered follows.</summary>
    protected override void PreRestart(Exception reason, object message)
    {
        Context.Parent.Tell(new JournalEvent.Failed("The journal restarts."));
        base.PreRestart(reason, message);
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case JournalCommand command:
                OnCommand(command);
                break;
            case WriterEvent told when Sender.Equals(_writer):
                OnWriter(told);
                break;
            case WriterEvent:
                break; // One that was given up; what it wrote is read again.
            case Terminated terminated when terminated.ActorRef.Equals(_writer):
                Fail("The journal stopped.");
                break;
            case Terminated:
                break;
            case JournalTick tick:
                OnTick(tick);
                break;
            case JournalEvent.ReadDone or JournalEvent.ReadFailed:
                _state = _state.OnReadEnded();
                Context.Parent.Tell(message);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void OnCommand(JournalCommand command)
    {
        switch (command)
        {
            case JournalCommand.Append append:
                Append(append);
                break;
            case JournalCommand.Snapshot snapshot when _state is { Phase: JournalPhase.Serving, EraseWanted: false }:
                _state = _state.OnSnapshot();
                _writer.Tell(snapshot);
                break;
            case JournalCommand.Snapshot:
                break; // The owner makes one again when it has been told Recovered.
            case JournalCommand.DeleteTo delete:
                (_state, var now) = _state.OnDeleteTo(delete.Number);
                Delete(now);
                break;
            case JournalCommand.Read read:
                (_state, var taken) = _state.OnRead();
                if (taken)
                    Read(read);
                else
                    Context.Parent.Tell(new JournalEvent.ReadFailed(read.Tag));
                break;
            case JournalCommand.Erase:
                _state = _state.OnEraseWanted();
                EraseIfPossible();
                break;
            default:
                throw new UnreachableException($"no rule for {command.GetType().Name}");
        }
    }

    private void Append(JournalCommand.Append append)
    {
        (_state, var refusal) = _state.OnAppend(append.Events.Sum(bytes => (long)bytes.Length));
        if (refusal is null)
        {
            _writer.Tell(append);
            if (!_state.Watched)
                Watch();
        }
        else if (_state is { Phase: JournalPhase.Serving, EraseWanted: false })
        {
            Fail(refusal);
        }
        else
        {
            Context.Parent.Tell(new JournalEvent.Failed(refusal));
        }
    }

    private void OnWriter(WriterEvent told)
    {
        switch (told)
        {
            case WriterEvent.Recovered recovered:
                Load(_writer, recovered.LastNumber);
                break;
            case WriterEvent.Appended appended:
                _state = _state.OnAppended();
                Context.Parent.Tell(new JournalEvent.Appended(appended.First, appended.Last));
                EraseIfPossible();
                break;
            case WriterEvent.Failed failed:
                Fail(StorageSentence.For(failed.Cause));
                break;
            case WriterEvent.SnapshotDone done:
                _state = _state.OnSnapshotEnded();
                Context.Parent.Tell(new JournalEvent.SnapshotDone(done.Number));
                EraseIfPossible();
                break;
            case WriterEvent.SnapshotFailed failed:
                _state = _state.OnSnapshotEnded();
                _log.Warning("journal {0}: no snapshot: {1}", id.Kind, StorageSentence.For(failed.Cause));
                EraseIfPossible();
                break;
            default:
                throw new UnreachableException($"no rule for {told.GetType().Name}");
        }
    }

    private void OnTick(JournalTick tick)
    {
        switch (tick)
        {
            case JournalTick.Loaded loaded when loaded.Writer.Equals(_writer):
                _state = _state.OnRecovered();
                if (health.Works(id))
                    _log.Info("every journal works again");
                Context.Parent.Tell(loaded.Told);
                EraseIfPossible();
                break;
            case JournalTick.NotLoaded notLoaded when notLoaded.Writer.Equals(_writer):
                Fail(StorageSentence.For(notLoaded.Cause));
                break;
            case JournalTick.Loaded or JournalTick.NotLoaded:
                break; // For a writer that was given up.
            case JournalTick.Reopen:
                database.ProbeAsync().PipeTo(Self, success: () => JournalTick.Writable.Now, failure: e => new JournalTick.NotWritable(e));
                break;
            case JournalTick.Writable when _state.Phase == JournalPhase.Failed:
                _state = _state.OnReopening();
                StartWriter();
                break;
            case JournalTick.NotWritable still when _state.Phase == JournalPhase.Failed:
                Wait(StorageSentence.For(still.Cause));
                break;
            case JournalTick.Writable or JournalTick.NotWritable:
                break;
            case JournalTick.Watch watch:
                _state = _state.OnWatched(again: false);
                if (_state.IsWaiting && _state.Answered == watch.Answered)
                    Fail("The database doesn't answer.");
                else if (_state.IsWaiting)
                    Watch();
                break;
            case JournalTick.Deleted deleted:
                (_state, var now) = _state.OnDeleted(deleted.Number);
                Delete(now);
                break;
            case JournalTick.DeleteFailed failed:
                _state = _state.OnDeleteFailed();
                _log.Warning("journal {0}: nothing deleted: {1}", id.Kind, StorageSentence.For(failed.Cause));
                Timers.StartSingleTimer("delete", JournalTick.DeleteAgain.Now, limits.DeleteAgainAfter);
                break;
            case JournalTick.DeleteAgain:
                (_state, var again) = _state.StartDeleting();
                Delete(again);
                break;
            case JournalTick.EraseDone:
                Context.Parent.Tell(JournalEvent.Erased.Done);
                Context.Stop(Self);
                break;
            case JournalTick.EraseFailed failed:
                _log.Warning("journal {0}: not erased: {1}", id.Kind, StorageSentence.For(failed.Cause));
                Timers.StartSingleTimer("erase", JournalTick.EraseAgain.Now, limits.DeleteAgainAfter);
                break;
            case JournalTick.EraseAgain:
                EraseRows();
                break;
            default:
                throw new UnreachableException($"no rule for {tick.GetType().Name}");
        }
    }

    /// <summary>One timer for many appends, since most are answered within milliseconds.</summary>
    private void Watch()
    {
        _state = _state.OnWatched(again: true);
        Timers.StartSingleTimer("watch", new JournalTick.Watch(_state.Answered), limits.AnswerMax);
    }

    private void StartWriter()
    {
        _writer = Context.ActorOf(JournalWriter.Props(id));
        Context.Watch(_writer);
    }

    private void StopWriter()
    {
        Context.Unwatch(_writer);
        Context.Stop(_writer);
        _writer = ActorRefs.Nobody;
    }

    private void Fail(string sentence)
    {
        StopWriter();
        Context.Parent.Tell(new JournalEvent.Failed(sentence));
        Wait(sentence);
    }

    private void Wait(string sentence)
    {
        (_state, var wait) = _state.OnFailed();
        if (health.Fails(id, sentence))
            _log.Error("journal {0}: {1} Posts are refused until it works again", id.Kind, sentence);
        Timers.StartSingleTimer("reopen", JournalTick.Reopen.Now, wait);
    }

    private void Load(IActorRef writer, long lastNumber) => database.LoadAsync(id, lastNumber)
        .PipeTo(Self, success: told => new JournalTick.Loaded(writer, told), failure: e => new JournalTick.NotLoaded(writer, e));

    private void Read(JournalCommand.Read read) => database.ReadAsync(id, read)
        .PipeTo(Self, success: done => done, failure: _ => new JournalEvent.ReadFailed(read.Tag));

    private void Delete(long number)
    {
        if (number > 0)
            database.DeleteToAsync(id, number).PipeTo(Self, success: () => new JournalTick.Deleted(number), failure: e => new JournalTick.DeleteFailed(e));
    }

    private void EraseIfPossible()
    {
        if (!_state.CanErase)
            return;
        _state = _state.OnErase();
        Timers.CancelAll();
        StopWriter();
        EraseRows();
    }

    private void EraseRows() =>
        database.EraseAsync(id).PipeTo(Self, success: () => JournalTick.EraseDone.Now, failure: e => new JournalTick.EraseFailed(e));
}
