using Akka.Actor;
using ChatLock.Actors.Sessions;
using ChatLock.Actors.Storage;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Names;
using ChatLock.Protocol.Session;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Actors.Registry;

/// <summary>What a Hello brings along.</summary>
/// <param name="You">Identity key and session key; its name counts for nothing.</param>
/// <param name="Token">Of the token with which this session can go on.</param>
public sealed record Arrival(Member You, ResumeTokenHash Token);

/// <summary>What the registry is asked. A name is got by <see cref="Claim"/>, <see cref="Resume"/> or <see cref="Rename"/>, and in no other way.</summary>
public abstract record RegistryCommand : INoSerializationVerificationNeeded
{
    private RegistryCommand()
    {
    }

    /// <summary>A new session of this key wants this name; whatever the key held is given up when it is granted.</summary>
    public sealed record Claim(UserName Name, Fingerprint Key, SessionId Session, Arrival Arrival, IActorRef ReplyTo) : RegistryCommand;

    /// <summary>The session of this key that got this token goes on, under the name that it holds.</summary>
    public sealed record Resume(
        Fingerprint Key, ResumeTokenHash Shown, SessionId Session, Arrival Arrival, IActorRef ReplyTo) : RegistryCommand;

    /// <summary>The session that holds a name wants another one.</summary>
    public sealed record Rename(UserName Name, Fingerprint Key, SessionId Session, IActorRef ReplyTo) : RegistryCommand;

    /// <summary>The session ended for good, unless another session of the key has taken over.</summary>
    public sealed record Release(Fingerprint Key, SessionId Session) : RegistryCommand;

    /// <summary>The session has lost its connection and goes on for the resume window.</summary>
    public sealed record Detach(Fingerprint Key, SessionId Session) : RegistryCommand;

    /// <summary>From the router, which doesn't know them: one person by name or key.</summary>
    /// <param name="Online">What the router counts.</param>
    public sealed record Find(ulong Ref, Who Question, uint Online, IActorRef ReplyTo) : RegistryCommand;

    /// <summary>From the mailboxes: does this key hold a name? Answered with <see cref="Mailboxes.MailboxesCommand.Kept"/>.</summary>
    public sealed record IsKept(Fingerprint Key) : RegistryCommand;

    /// <summary>From the mailboxes: since when the oldest message waits for this key; 0: none does.</summary>
    public sealed record MailSince(Fingerprint Key, long UnixMs) : RegistryCommand;

    /// <summary>Time passed.</summary>
    public sealed record Tick : RegistryCommand
    {
        public static readonly Tick Now = new();
    }

    /// <summary>Store what has changed since the last time.</summary>
    public sealed record Save : RegistryCommand
    {
        public static readonly Save Now = new();
    }

    /// <summary>Store it at once and answer <see cref="Flushed"/>: the server stops.</summary>
    public sealed record Flush(IActorRef ReplyTo) : RegistryCommand;

    public sealed record Flushed : RegistryCommand
    {
        public static readonly Flushed Done = new();
    }

    /// <summary>Once, before all else: who else is to know.</summary>
    public sealed record Meet(IActorRef Router, IActorRef Mailboxes) : RegistryCommand;

    /// <summary>From the journal.</summary>
    public sealed record Journal(JournalEvent Event) : RegistryCommand;
}

/// <summary>What the registry wants done.</summary>
public abstract record RegistryEffect
{
    private RegistryEffect()
    {
    }

    public sealed record Grant(IActorRef To, UserName Name, bool Resumed) : RegistryEffect;

    public sealed record Refuse(IActorRef To, Refused Refusal) : RegistryEffect;

    /// <summary>The key claimed through another session: this one ends.</summary>
    public sealed record TakeOver(IActorRef Session) : RegistryEffect;

    public sealed record Answer(IActorRef To, Reply Reply) : RegistryEffect;

    /// <summary>To the mailboxes.</summary>
    public sealed record Kept(Fingerprint Key, bool IsKept) : RegistryEffect;

    /// <summary>To the router: the resume window of this session is over.</summary>
    public sealed record Over(Fingerprint Key, SessionId Session) : RegistryEffect;

    /// <summary>To the mailboxes: the key holds nothing any more, so nothing waits for it either.</summary>
    public sealed record Freed(Fingerprint Key) : RegistryEffect;

    /// <summary>To the mailboxes: look whether something is too old to wait any longer.</summary>
    public sealed record Sweep(Fingerprint Key) : RegistryEffect;

    /// <summary>Come back with <see cref="RegistryCommand.Save"/> a little later.</summary>
    public sealed record SaveLater : RegistryEffect
    {
        public static readonly SaveLater One = new();
    }

    public sealed record Append(IReadOnlyList<ByteString> Events) : RegistryEffect;

    public sealed record Snapshot(long Number, ByteString State) : RegistryEffect;

    public sealed record DeleteTo(long Number) : RegistryEffect;

    public sealed record Flushed(IActorRef To) : RegistryEffect;

    /// <summary>What the journal has can't be read: nobody is granted a name.</summary>
    public sealed record Broken : RegistryEffect
    {
        public static readonly Broken One = new();
    }

    /// <summary>Stored names that can't be held any more: the rules for names have changed.</summary>
    public sealed record Dropped(int Names) : RegistryEffect;
}
