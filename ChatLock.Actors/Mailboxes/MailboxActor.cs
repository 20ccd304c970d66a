using System.Diagnostics;
using Akka.Actor;
using ChatLock.Actors.FanOut;
using ChatLock.Actors.Registry;
using ChatLock.Actors.Sessions;
using ChatLock.Actors.Storage;
using ChatLock.Protocol.Codes;
using ChatLock.Protocol.Framing;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Wire;

namespace ChatLock.Actors.Mailboxes;

/// <summary>What one mailbox knows; kept outside its actor, so that a restart after a bug loses nothing.</summary>
public sealed class MailboxMemory(MailboxState initial)
{
    internal MailboxState State { get; set; } = initial;

    /// <summary>How often its parent has told it something.</summary>
    internal long Received { get; set; }
}

/// <summary>The private messages to one key. It is there while it is in use; its parent starts and stops it.</summary>
public sealed class MailboxActor(Fingerprint key, MailboxMemory memory, ServerIdentity server, IActorRef registry) : UntypedActor
{
    /// <summary>Messages of one piece when they are replayed, in bytes; a single one may be longer.</summary>
    public const int ReplayBytes = 32 * 1024;

    private readonly StateCell<MemoryJournalState>? _inMemory = server.Journals.InMemory(JournalOf(key));
    private IActorRef _journal = ActorRefs.Nobody;

    /// <param name="newEpoch">The epoch of its log, if there is none yet.</param>
    public static Props Props(Fingerprint key, ulong newEpoch, ServerIdentity server, IActorRef registry)
    {
        var memory = new MailboxMemory(new MailboxState(server.Settings.Mailbox, newEpoch));
        return Akka.Actor.Props.Create(() => new MailboxActor(key, memory, server, registry));
    }

    public static JournalId JournalOf(Fingerprint key) => new("mailbox", Convert.ToHexStringLower(key.ToBytes()));

    protected override void PreStart()
    {
        if (_inMemory is null)
            _journal = Context.ActorOf(server.Journals.Props(JournalOf(key)), "journal");
        else
            Self.Tell(_inMemory.Value.Recovered);
    }

    /// <summary>What a journal in memory has answered is still in line; a journal with an actor is opened again.</summary>
    protected override void PostRestart(Exception reason)
    {
        if (_inMemory is null)
            base.PostRestart(reason);
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case MailboxCommand.Replayed replayed:
                On(replayed);
                break;
            case MailboxCommand command:
                memory.Received++;
                On(command);
                break;
            case JournalEvent told:
                On(new MailboxCommand.Journal(told));
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    protected override void PreRestart(Exception reason, object message)
    {
        if (message is MailboxCommand.Put put)
            Answer(put.Asker, new Reply { Ref = put.Asker.Ref, Refused = Refusals.Internal });
        base.PreRestart(reason, message);
    }

    private void On(MailboxCommand command)
    {
        (memory.State, var effects) = memory.State.On(command, server.Now);
        foreach (var effect in effects)
            Perform(effect);
    }

    private void Perform(MailboxEffect effect)
    {
        switch (effect)
        {
            case MailboxEffect.Answer { Accepted: { } accepted } answer:
                Answer(answer.To, new Reply { Ref = answer.To.Ref, Accepted = accepted });
                break;
            case MailboxEffect.Answer answer:
                Answer(answer.To, new Reply { Ref = answer.To.Ref, Refused = answer.Refused });
                break;
            case MailboxEffect.Deliver deliver:
                var outbound = deliver.Session.Outbound;
                outbound.Owner.Tell(new FanOutCommand.Deliver(outbound, EncodedFrame.Of(deliver.Frame)));
                break;
            case MailboxEffect.Replay replay:
                Replay(replay);
                break;
            case MailboxEffect.Attached attached:
                attached.Session.Actor.Tell(new SessionMessage.MailboxAttached(attached.Position));
                break;
            case MailboxEffect.Append append:
                Ask(new JournalCommand.Append(append.Mail));
                break;
            case MailboxEffect.Read read:
                Ask(new JournalCommand.Read((long)read.From, (long)read.To, ReplayBytes, new ReadTag(read.Ticket, read.To)));
                break;
            case MailboxEffect.Snapshot snapshot:
                Ask(new JournalCommand.Snapshot((long)snapshot.Number, snapshot.State));
                break;
            case MailboxEffect.DeleteTo delete:
                Ask(new JournalCommand.DeleteTo((long)delete.Number));
                break;
            case MailboxEffect.MailSince since:
                registry.Tell(new RegistryCommand.MailSince(key, since.UnixMs));
                break;
            case MailboxEffect.Idle idle:
                Context.Parent.Tell(new MailboxesCommand.Idle(key, memory.Received, idle.Empty));
                break;
            case MailboxEffect.Erase:
                Ask(JournalCommand.Erase.Now);
                break;
            case MailboxEffect.Gone:
                Context.Stop(Self);
                break;
            default:
                throw new UnreachableException($"no rule for {effect.GetType().Name}");
        }
    }

    private void Ask(JournalCommand command)
    {
        if (_inMemory is null)
        {
            _journal.Tell(command);
            return;
        }

        (_inMemory.Value, var answer) = _inMemory.Value.On(command);
        if (answer is not null)
            Self.Tell(answer);
    }

    private void Replay(MailboxEffect.Replay replay)
    {
        var outbound = replay.Session.Outbound;
        outbound.Owner.Tell(new FanOutCommand.Replay(
            outbound, [.. replay.Frames.Select(EncodedFrame.Of)], Self, new MailboxCommand.Replayed(replay.Ticket)));
    }

    private static void Answer(Asker to, Reply reply) => to.ReplyTo.Tell(new SessionMessage.Answered(reply));
}
