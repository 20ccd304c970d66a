using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Client.Conversations;

/// <summary>Whether anything can be sent in a conversation now.</summary>
internal enum Reach
{
    /// <summary>Not connected.</summary>
    Offline,

    /// <summary>Connected; the receiver's session key isn't known, or not any more.</summary>
    Unknown,

    /// <summary>The server was asked for it.</summary>
    LookingUp,

    /// <summary>Nobody holds that key now, but the connection is young: the receiver may be on its way back too.</summary>
    Awaited,

    /// <summary>Messages go out.</summary>
    Ready,
}

/// <summary>All that can happen to a conversation's outgoing side.</summary>
internal abstract record OutboxInput
{
    private OutboxInput()
    {
    }

    /// <summary>The user said something.</summary>
    public sealed record Say(OutboxEntry Entry) : OutboxInput;

    /// <summary>Connected. <paramref name="IsAgain"/>: after having been so before.</summary>
    public sealed record Online(bool IsAgain) : OutboxInput;

    /// <summary>Disconnected; whatever had no answer has none.</summary>
    public sealed record Offline : OutboxInput;

    /// <summary>There is somebody to encrypt to. <paramref name="SameKey"/>: what is encrypted already stays good.</summary>
    public sealed record Found(bool SameKey) : OutboxInput;

    /// <summary>Nobody holds that key now.</summary>
    public sealed record NotFound(string Sentence) : OutboxInput;

    /// <summary>The receiver came, went or connected anew.</summary>
    public sealed record Stale : OutboxInput;

    /// <summary>The time is over in which the receiver might come back after our own reconnect.</summary>
    public sealed record GraceOver : OutboxInput;

    /// <summary>The server's answer.</summary>
    public sealed record Replied(ByteString Id, Reply Reply) : OutboxInput;

    /// <summary>The pause that the server asked for is over.</summary>
    public sealed record Resume : OutboxInput;

    /// <summary>The client stops, or the room was left. <paramref name="Sentence"/>: why, where it isn't the connection's end.</summary>
    public sealed record Close(string? Sentence = null) : OutboxInput;

    /// <summary>What waits must not go out: the room isn't what it was when it was typed.</summary>
    public sealed record FailAll(string Sentence) : OutboxInput;
}

/// <summary>All that a conversation's outgoing side can want done.</summary>
internal abstract record OutboxEffect
{
    private OutboxEffect()
    {
    }

    /// <summary>Encrypt it unless it is, and send it.</summary>
    public sealed record Send(OutboxEntry Entry) : OutboxEffect;

    /// <summary>Ask the server for the receiver's session key.</summary>
    public sealed record LookUp : OutboxEffect;

    /// <summary>It waits; say so.</summary>
    public sealed record Held(OutboxEntry Entry) : OutboxEffect;

    /// <summary>The server took it.</summary>
    public sealed record Taken(OutboxEntry Entry, Accepted Accepted) : OutboxEffect;

    /// <summary>It won't be sent; the text is handed back.</summary>
    public sealed record Failed(OutboxEntry Entry, RefusalCode Code, string Sentence) : OutboxEffect;

    /// <summary>Send nothing for a while.</summary>
    public sealed record PauseFor(TimeSpan Delay) : OutboxEffect;
}
