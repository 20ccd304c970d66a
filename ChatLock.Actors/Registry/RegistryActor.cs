using System.Diagnostics;
using Akka.Actor;
using Akka.Event;
using ChatLock.Actors.Mailboxes;
using ChatLock.Actors.Routing;
using ChatLock.Actors.Sessions;
using ChatLock.Actors.Storage;
using ChatLock.Protocol.Codes;
using ChatLock.Protocol.Wire;

namespace ChatLock.Actors.Registry;

/// <summary>What the registry knows, and whom it tells; kept outside its actor, so that a restart after a bug loses no name.</summary>
public sealed class RegistryMemory(RegistryState initial)
{
    internal RegistryState State { get; set; } = initial;

    internal IActorRef Router { get; set; } = ActorRefs.Nobody;

    internal IActorRef Mailboxes { get; set; } = ActorRefs.Nobody;
}

/// <summary>Grants, keeps and frees names.</summary>
public sealed class RegistryActor(RegistryMemory memory, ServerIdentity server) : UntypedActor, IWithTimers
{
    public static readonly JournalId JournalId = new("registry", "names");

    private readonly ILoggingAdapter _log = Context.GetLogger();
    private IActorRef _journal = ActorRefs.Nobody;

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(ServerIdentity server)
    {
        var memory = new RegistryMemory(new RegistryState(server.Settings.Limits, server.Settings.Names, server.Settings.Mailbox));
        return Akka.Actor.Props.Create(() => new RegistryActor(memory, server));
    }

    protected override void PreStart()
    {
        _journal = Context.ActorOf(server.Journals.Props(JournalId), "journal");
        Timers.StartPeriodicTimer("tick", RegistryCommand.Tick.Now, server.Settings.TickInterval);
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case RegistryCommand.Meet meet:
                (memory.Router, memory.Mailboxes) = (meet.Router, meet.Mailboxes);
                break;
            case RegistryCommand command:
                On(command);
                break;
            case JournalEvent told:
                On(new RegistryCommand.Journal(told));
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    protected override void PreRestart(Exception reason, object message)
    {
        switch (message)
        {
            case RegistryCommand.Claim claim:
                claim.ReplyTo.Tell(new SessionMessage.NameRefused(Refusals.Internal));
                break;
            case RegistryCommand.Resume resume:
                resume.ReplyTo.Tell(new SessionMessage.NameRefused(Refusals.Internal));
                break;
            case RegistryCommand.Rename rename:
                rename.ReplyTo.Tell(new SessionMessage.NameRefused(Refusals.Internal));
                break;
            case RegistryCommand.Find find:
                find.ReplyTo.Tell(new SessionMessage.Answered(new Reply { Ref = find.Ref, Refused = Refusals.Internal }));
                break;
        }

        base.PreRestart(reason, message);
    }

    private void On(RegistryCommand command)
    {
        (memory.State, var effects) = memory.State.On(command, server.Now);
        foreach (var effect in effects)
            Perform(effect);
    }

    private void Perform(RegistryEffect effect)
    {
        switch (effect)
        {
            case RegistryEffect.Grant grant:
                grant.To.Tell(new SessionMessage.NameGranted(grant.Name, grant.Resumed));
                break;
            case RegistryEffect.Refuse refuse:
                refuse.To.Tell(new SessionMessage.NameRefused(refuse.Refusal));
                break;
            case RegistryEffect.TakeOver takeOver:
                takeOver.Session.Tell(new SessionMessage.End(CloseReason.TakenOver));
                break;
            case RegistryEffect.Answer answer:
                answer.To.Tell(new SessionMessage.Answered(answer.Reply));
                break;
            case RegistryEffect.Kept kept:
                memory.Mailboxes.Tell(new MailboxesCommand.Kept(kept.Key, kept.IsKept));
                break;
            case RegistryEffect.Over over:
                memory.Router.Tell(new RouterCommand.Unregister(over.Key, over.Session));
                break;
            case RegistryEffect.Freed freed:
                memory.Mailboxes.Tell(new MailboxesCommand.Freed(freed.Key));
                break;
            case RegistryEffect.Sweep sweep:
                memory.Mailboxes.Tell(new MailboxesCommand.Sweep(sweep.Key));
                break;
            case RegistryEffect.Flushed flushed:
                flushed.To.Tell(RegistryCommand.Flushed.Done);
                break;
            case RegistryEffect.Broken:
                const string Sentence = "What is stored of names can't be read; nobody is granted one, and nothing is overwritten.";
                server.Journals.Health.Fails(JournalId, Sentence);
                _log.Error(Sentence);
                break;
            case RegistryEffect.Dropped dropped:
                _log.Warning("{0} stored names are not names any more and were dropped", dropped.Names);
                break;
            default:
                Store(effect);
                break;
        }
    }

    private void Store(RegistryEffect effect)
    {
        switch (effect)
        {
            case RegistryEffect.SaveLater:
                Timers.StartSingleTimer("save", RegistryCommand.Save.Now, NameLog.SaveInterval);
                break;
            case RegistryEffect.Append append:
                _journal.Tell(new JournalCommand.Append(append.Events));
                break;
            case RegistryEffect.Snapshot snapshot:
                _journal.Tell(new JournalCommand.Snapshot(snapshot.Number, snapshot.State));
                break;
            case RegistryEffect.DeleteTo delete:
                _journal.Tell(new JournalCommand.DeleteTo(delete.Number));
                break;
            default:
                throw new UnreachableException($"no rule for {effect.GetType().Name}");
        }
    }
}
