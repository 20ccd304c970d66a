using Akka.Actor;
using ChatLock.Actors.Sessions;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Wire;

namespace ChatLock.Actors.Mailboxes;

/// <summary>What the parent of all mailboxes is asked.</summary>
public abstract record MailboxesCommand : INoSerializationVerificationNeeded
{
    private MailboxesCommand()
    {
    }

    /// <summary>A private message from a session; answered with <see cref="SessionMessage.Answered"/>.</summary>
    /// <param name="To">The recipient's key.</param>
    /// <param name="From">Name and identity key of the sender.</param>
    public sealed record Put(
        Fingerprint To, Fingerprint FromKey, Member From, ulong Ref, Private Body, IActorRef ReplyTo) : MailboxesCommand;

    /// <summary>A session of this key has come. Its actor is told <see cref="SessionMessage.MailboxAttached"/>; what waits follows.</summary>
    /// <param name="Position">Where its client stands, if it says so.</param>
    public sealed record Attach(Fingerprint Key, SessionHandle Session, Position? Position) : MailboxesCommand;

    /// <summary>The session has no connection any more.</summary>
    public sealed record Detach(Fingerprint Key, SessionId Session) : MailboxesCommand;

    /// <summary>The client of this key has dealt with everything up to here.</summary>
    public sealed record Acknowledge(Fingerprint Key, Position Position) : MailboxesCommand;

    /// <summary>From the registry: whether this key holds a name, so that mail may wait for it.</summary>
    public sealed record Kept(Fingerprint Key, bool IsKept) : MailboxesCommand;

    /// <summary>From the registry: the key holds nothing any more.</summary>
    public sealed record Freed(Fingerprint Key) : MailboxesCommand;

    /// <summary>From the registry: something may have waited long enough.</summary>
    public sealed record Sweep(Fingerprint Key) : MailboxesCommand;

    /// <summary>From a mailbox: nothing is under way in it and nothing has been for a while.</summary>
    /// <param name="Received">What it had been told when it said so: if it is told something else meanwhile, it goes on.</param>
    /// <param name="Empty">Where it stands, if nothing waits in it and all was acknowledged.</param>
    public sealed record Idle(Fingerprint Key, long Received, Position? Empty) : MailboxesCommand;

    /// <summary>Time passed.</summary>
    public sealed record Tick : MailboxesCommand
    {
        public static readonly Tick Now = new();
    }
}
