using Akka.Actor;
using ChatLock.Actors.Sessions;
using ChatLock.Actors.Storage;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Actors.Mailboxes;

/// <summary>What a mailbox is told.</summary>
public abstract record MailboxCommand : INoSerializationVerificationNeeded
{
    private MailboxCommand()
    {
    }

    public sealed record Put(Fingerprint FromKey, Member From, Private Body, Asker Asker) : MailboxCommand;

    /// <param name="Position">Where its client stands, if it says so.</param>
    /// <param name="IsTold">The client has been told already that it stands there: this mailbox was only started again, or couldn't
    /// be read at first. If that turns out to be another log, the client has to hear of it.</param>
    public sealed record Attach(SessionHandle Session, Position? Position, bool IsTold) : MailboxCommand;

    public sealed record Detach(SessionId Session) : MailboxCommand;

    public sealed record Acknowledge(Position Position) : MailboxCommand;

    /// <summary>Time passed.</summary>
    public sealed record Tick : MailboxCommand
    {
        public static readonly Tick Now = new();
    }

    /// <summary>The key holds nothing any more: everything goes.</summary>
    public sealed record Erase : MailboxCommand
    {
        public static readonly Erase Now = new();
    }

    /// <summary>From the fan-out: what was replayed under this number has been taken by the transport.</summary>
    public sealed record Replayed(long Ticket) : MailboxCommand;

    /// <summary>From the journal.</summary>
    public sealed record Journal(JournalEvent Event) : MailboxCommand;
}

/// <summary>What a mailbox wants done.</summary>
public abstract record MailboxEffect
{
    private MailboxEffect()
    {
    }

    public sealed record Answer(Asker To, Accepted? Accepted, Refused? Refused) : MailboxEffect;

    /// <summary>To a session: after which number its messages come.</summary>
    public sealed record Attached(SessionHandle Session, Position Position) : MailboxEffect;

    /// <summary>One frame, as soon as may be.</summary>
    public sealed record Deliver(SessionHandle Session, ServerFrame Frame) : MailboxEffect;

    /// <summary>Frames in their order; then come back with <see cref="MailboxCommand.Replayed"/>.</summary>
    public sealed record Replay(SessionHandle Session, IReadOnlyList<ServerFrame> Frames, long Ticket) : MailboxEffect;

    public sealed record Append(IReadOnlyList<ByteString> Mail) : MailboxEffect;

    public sealed record Read(ulong From, ulong To, long Ticket) : MailboxEffect;

    public sealed record Snapshot(ulong Number, ByteString State) : MailboxEffect;

    public sealed record DeleteTo(ulong Number) : MailboxEffect;

    public sealed record Erase : MailboxEffect
    {
        public static readonly Erase One = new();
    }

    /// <summary>To the registry: since when the oldest message waits; 0: none does.</summary>
    public sealed record MailSince(long UnixMs) : MailboxEffect;

    /// <summary>To the parent: there is nothing to do here.</summary>
    public sealed record Idle(Position? Empty) : MailboxEffect;

    /// <summary>What the journal has can't be read.</summary>
    public sealed record Broken : MailboxEffect
    {
        public static readonly Broken One = new();
    }

    /// <summary>Everything is gone: stop.</summary>
    public sealed record Gone : MailboxEffect
    {
        public static readonly Gone One = new();
    }
}
