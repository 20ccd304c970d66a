using Akka.Actor;
using ChatLock.Actors.Sessions;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Wire;

namespace ChatLock.Actors.Mailboxes;

/// <summary>What the parent knows of one mailbox: who reads it, and whether its actor is there.</summary>
internal sealed class Mailbox(Fingerprint key)
{
    /// <summary>Commands that wait for the actor; one more message is refused.</summary>
    public const int HeldMax = 1000;

    private List<MailboxCommand> _held = [];

    public Fingerprint Key { get; } = key;

    public SessionHandle? Session { get; set; }

    public IActorRef Actor { get; private set; } = ActorRefs.Nobody;

    /// <summary>How often the actor was told something.</summary>
    public long Told { get; private set; }

    /// <summary>Where it stood when it was closed, if it was empty then and everything had been acknowledged.</summary>
    public Position? Rest { get; private set; }

    /// <summary>The registry was asked whether anything may wait here.</summary>
    public bool IsAsked { get; set; }

    public bool IsOpen { get; private set; }

    /// <summary>Its actor is about to stop. What comes meanwhile waits for the next one.</summary>
    public bool IsClosing { get; private set; }

    public bool IsClosed => !IsOpen && !IsClosing;

    /// <summary>The actor that stopped last had been told to.</summary>
    public bool WasClosing { get; private set; }

    public bool HasHeld => _held.Count > 0;

    /// <summary>Whether the bound allows one more to wait. Who comes and goes always may: there is one reader at a time.</summary>
    public bool TryHold(MailboxCommand command)
    {
        if (command is MailboxCommand.Attach or MailboxCommand.Detach)
            _held.RemoveAll(held => held is MailboxCommand.Attach or MailboxCommand.Detach);
        else if (_held.Count >= HeldMax)
            return false;
        _held.Add(command);
        return true;
    }

    public IReadOnlyList<MailboxCommand> TakeHeld()
    {
        var held = _held;
        _held = [];
        return held;
    }

    /// <summary>A new actor; it is told who reads, then what has waited.</summary>
    public void Opened(IActorRef actor)
    {
        (Actor, IsOpen, IsClosing, Told) = (actor, true, false, 0);
        var held = TakeHeld();
        if (Session is { } session && !held.OfType<MailboxCommand.Attach>().Any(attach => attach.Session.Id == session.Id))
            Tell(new MailboxCommand.Attach(session, Rest, IsTold: true));
        Rest = null;
        foreach (var command in held)
            Tell(command);
    }

    public void Tell(MailboxCommand command)
    {
        Told++;
        Actor.Tell(command);
    }

    public void Close(Position? rest) => (IsOpen, IsClosing, Rest) = (false, true, rest);

    public void Stopped() => (Actor, WasClosing, IsOpen, IsClosing) = (ActorRefs.Nobody, IsClosing, false, false);

    /// <summary>Where a reader comes in that stands there, if nothing waits for it and nothing is to be told.</summary>
    public Position? RestsAt(Position? reader) =>
        Rest is { } rest && (reader is null || reader.Sequence == 0 || reader.Epoch == rest.Epoch) ? rest : null;
}
