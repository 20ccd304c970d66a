using Akka.Actor;
using Akka.Event;
using ChatLock.Actors.Registry;
using ChatLock.Actors.Sessions;
using ChatLock.Protocol.Codes;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Wire;

namespace ChatLock.Actors.Mailboxes;

/// <summary>
/// The parent of all mailboxes: knows who reads which, starts those that something happens in and stops those in which
/// nothing has for a while.
/// </summary>
public sealed class MailboxesActor(MailboxesMemory memory, ServerIdentity server, IActorRef registry) : UntypedActor, IWithTimers
{
    /// <summary>Mailboxes that are open for keys without a connection. A message for one more is refused until one is closed.</summary>
    public const int OpenMax = 20_000;

    private const int RestartsMax = 10;
    private static readonly TimeSpan RestartsWindow = TimeSpan.FromMinutes(1);
    private readonly ILoggingAdapter _log = Context.GetLogger();

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(ServerIdentity server, IActorRef registry)
    {
        var memory = new MailboxesMemory();
        return Akka.Actor.Props.Create(() => new MailboxesActor(memory, server, registry));
    }

    protected override SupervisorStrategy SupervisorStrategy() =>
        new OneForOneStrategy(RestartsMax, RestartsWindow, _ => Directive.Restart);

    protected override void PreStart() =>
        Timers.StartPeriodicTimer("tick", MailboxesCommand.Tick.Now, server.Settings.TickInterval);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case MailboxesCommand.Put put:
                Put(put);
                break;
            case MailboxesCommand.Acknowledge ack:
                if (memory.Of(ack.Key) is { IsOpen: true } open)
                    Tell(open, new MailboxCommand.Acknowledge(ack.Position));
                break;
            case MailboxesCommand.Attach attach:
                Attach(attach);
                break;
            case MailboxesCommand.Detach detach:
                Detach(detach);
                break;
            case MailboxesCommand.Kept kept:
                OnKept(kept);
                break;
            case MailboxesCommand.Freed freed:
                OnFreed(freed.Key);
                break;
            case MailboxesCommand.Sweep sweep:
                memory.Chores.LookAt(sweep.Key);
                DoChores();
                break;
            case MailboxesCommand.Idle idle:
                OnIdle(idle);
                break;
            case MailboxesCommand.Tick:
                OnTick();
                break;
            case Terminated terminated:
                OnStopped(terminated.ActorRef);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    /// <summary>The mailboxes stay as they are; the request that met the bug is answered.</summary>
    protected override void PreRestart(Exception reason, object message)
    {
        if (message is MailboxesCommand.Put put)
            Refuse(put.Ref, put.ReplyTo, Refusals.Internal);
    }

    private void Put(MailboxesCommand.Put put)
    {
        var box = memory.Of(put.To) ?? memory.Add(put.To);
        var command = new MailboxCommand.Put(put.FromKey, put.From, put.Body, new Asker(put.Ref, put.ReplyTo));
        if (box.IsOpen || box.IsClosing || box.Session is not null)
            Tell(box, command);
        else
            Ask(box, command);
    }

    /// <summary>Mail waits only for those who hold a name; the registry knows.</summary>
    private void Ask(Mailbox box, MailboxCommand.Put put)
    {
        if (!box.TryHold(put))
            Refuse(put.Asker.Ref, put.Asker.ReplyTo, Refusals.NotStored);
        else if (!box.IsAsked)
        {
            box.IsAsked = true;
            registry.Tell(new RegistryCommand.IsKept(box.Key));
        }
    }

    private void OnKept(MailboxesCommand.Kept kept)
    {
        if (memory.Of(kept.Key) is not { IsAsked: true } box)
            return;

        box.IsAsked = false;
        if (kept.IsKept && memory.OpenCount < OpenMax)
            Open(box);
        else
            RefuseHeld(box, kept.IsKept ? Refusals.NotStored : Refusals.RecipientNotHere);
    }

    private void Attach(MailboxesCommand.Attach attach)
    {
        var box = memory.Of(attach.Key) ?? memory.Add(attach.Key);
        memory.Chores.Forget(attach.Key);
        box.IsAsked = false;
        box.Session = attach.Session;
        if (box.IsClosed && box.RestsAt(attach.Position) is { } position)
            attach.Session.Actor.Tell(new SessionMessage.MailboxAttached(position));
        else
            Tell(box, new MailboxCommand.Attach(attach.Session, attach.Position, IsTold: false));
    }

    private void Detach(MailboxesCommand.Detach detach)
    {
        if (memory.Of(detach.Key) is not { } box || box.Session?.Id != detach.Session)
            return;

        box.Session = null;
        if (!box.IsClosed)
            Tell(box, new MailboxCommand.Detach(detach.Session));
        memory.ForgetIfResting(box);
    }

    /// <summary>To a mailbox in whatever state it is: open, being closed, or yet to be opened.</summary>
    private void Tell(Mailbox box, MailboxCommand command)
    {
        if (box.IsOpen)
            box.Tell(command);
        else if (!box.TryHold(command))
            RefuseOne(command, Refusals.NotStored);
        else if (box.IsClosed)
            Open(box);
    }

    private void Open(Mailbox box)
    {
        var epoch = box.Rest?.Epoch ?? (ulong)server.Now.UnixMs;
        var actor = Context.ActorOf(MailboxActor.Props(box.Key, epoch, server, registry));
        Context.Watch(actor);
        server.Counters.CountMailbox(+1);
        memory.Open(box, actor);
    }

    private void OnIdle(MailboxesCommand.Idle idle)
    {
        if (memory.Of(idle.Key) is not { IsOpen: true } box || box.Told != idle.Received)
            return;

        box.Close(idle.Empty);
        Context.Stop(box.Actor);
    }

    private void OnTick()
    {
        foreach (var box in memory.AllOpen)
            box.Tell(MailboxCommand.Tick.Now);
        DoChores();
    }

    private void OnFreed(Fingerprint key)
    {
        var box = memory.Of(key);
        if (box is { IsOpen: true, Session: null })
            Erase(box);
        else if (box is { IsClosed: true, Session: null, Rest.Sequence: 0 })
            memory.Forget(box); // nothing was ever in it
        else
            memory.Chores.Erase(key);
        DoChores();
    }

    private void DoChores()
    {
        for (var left = memory.Chores.Count; left > 0 && memory.Chores.TryNext(out var key, out var erase); left--)
        {
            var box = memory.Of(key) ?? memory.Add(key);
            if (erase && (box.IsClosing || box.IsAsked))
                memory.Chores.Again(key);
            else if (box.IsClosed && !box.IsAsked)
                Do(box, erase);
            else
                memory.Chores.Done(key); // somebody uses it: it looks after itself
        }
    }

    private void Do(Mailbox box, bool erase)
    {
        Open(box);
        if (erase && box.Session is null)
            Erase(box);
    }

    private static void Erase(Mailbox box)
    {
        box.Tell(MailboxCommand.Erase.Now);
        box.Close(rest: null);
    }

    private void OnStopped(IActorRef actor)
    {
        if (memory.Stopped(actor) is not { } box)
            return;

        server.Counters.CountMailbox(-1);
        memory.Chores.Done(box.Key);
        if (!box.WasClosing)
            OnBroken(box);
        if (box.HasHeld)
            Open(box);
        else
            memory.ForgetIfResting(box);
        DoChores();
    }

    /// <summary>A mailbox that fails again and again: its reader begins anew, and knows where it stands.</summary>
    private void OnBroken(Mailbox box)
    {
        _log.Error("a mailbox failed more than {0} times in a minute", RestartsMax);
        box.Session?.Actor.Tell(new SessionMessage.End(CloseReason.InternalError));
        box.Session = null;
        RefuseHeld(box, Refusals.Internal);
    }

    private void RefuseHeld(Mailbox box, Refused refusal)
    {
        foreach (var command in box.TakeHeld())
            RefuseOne(command, refusal);
        memory.ForgetIfResting(box);
    }

    private static void RefuseOne(MailboxCommand command, Refused refusal)
    {
        if (command is MailboxCommand.Put put)
            Refuse(put.Asker.Ref, put.Asker.ReplyTo, refusal);
    }

    private static void Refuse(ulong @ref, IActorRef to, Refused refusal) =>
        to.Tell(new SessionMessage.Answered(new Reply { Ref = @ref, Refused = refusal }));
}
