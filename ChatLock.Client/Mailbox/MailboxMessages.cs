using Akka.Actor;
using ChatLock.Protocol.Wire;

namespace ChatLock.Client.Mailbox;

/// <summary>All that can happen to the mailbox, as far as acknowledging goes.</summary>
internal abstract record MailboxInput : INoSerializationVerificationNeeded
{
    private MailboxInput()
    {
    }

    /// <summary>Connected; messages come after this position.</summary>
    public sealed record Welcomed(Position At) : MailboxInput;

    /// <summary>A message came, in the order of the numbers.</summary>
    public sealed record Came(ulong Sequence) : MailboxInput;

    /// <summary>Whoever uses this client has dealt with a message, or there was nothing to deal with.</summary>
    public sealed record Handled(ulong Epoch, ulong Sequence) : MailboxInput;

    /// <summary>The time for collecting is over.</summary>
    public sealed record Due : MailboxInput
    {
        /// <summary>The only one.</summary>
        public static readonly Due Now = new();
    }

    /// <summary>The server has answered the acknowledgement, or it never left.</summary>
    public sealed record Answered(bool IsTaken) : MailboxInput;

    /// <summary>Disconnected.</summary>
    public sealed record Offline : MailboxInput;
}

/// <summary>All that the mailbox can want done.</summary>
internal abstract record MailboxEffect
{
    private MailboxEffect()
    {
    }

    /// <summary>Tell the server that messages up to this number can be forgotten.</summary>
    public sealed record Acknowledge(Position UpTo) : MailboxEffect;

    /// <summary>Come back with <see cref="MailboxInput.Due"/>.</summary>
    public sealed record WakeAfter(TimeSpan Delay) : MailboxEffect;
}
