using Akka.Actor;
using ChatLock.Crypto.Sealing;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Client.Conversations;

/// <summary>What may be said to a conversation.</summary>
internal abstract record ConversationCommand : INoSerializationVerificationNeeded
{
    private ConversationCommand()
    {
    }

    /// <summary>Send this.</summary>
    public sealed record Say(OutboxEntry Entry) : ConversationCommand;

    /// <summary>Connected. <paramref name="Lobby"/>: the lobby as it is now; for the lobby's conversation.</summary>
    public sealed record Online(RoomInfo? Lobby, IReadOnlyList<AgreementKey> SessionKeys, bool IsAgain) : ConversationCommand;

    /// <summary>Disconnected.</summary>
    public sealed record Offline : ConversationCommand;

    /// <summary>A message came in.</summary>
    public sealed record Came(Member From, ByteStrings Bytes, DateTimeOffset Time, ulong Sequence) : ConversationCommand;

    /// <summary>A message of the peer's is shown to the user now: say so with a receipt.</summary>
    public sealed record Show(ByteString Id, uint Suite) : ConversationCommand;

    /// <summary>A receipt's rest is over.</summary>
    public sealed record Rested : ConversationCommand
    {
        /// <summary>The only one.</summary>
        public static readonly Rested One = new();
    }

    /// <summary>The peer came, went or connected anew.</summary>
    public sealed record PeerStale : ConversationCommand;

    /// <summary>The client stops: hand back what waits.</summary>
    public sealed record Close : ConversationCommand;

    /// <summary>A wait is over.</summary>
    public sealed record Resume : ConversationCommand
    {
        /// <summary>The only one.</summary>
        public static readonly Resume One = new();
    }

    /// <summary>Whoever would have come back after our reconnect has had the time.</summary>
    public sealed record GraceOver : ConversationCommand
    {
        /// <summary>The only one.</summary>
        public static readonly GraceOver One = new();
    }
}

/// <summary>What a message consists of on the wire.</summary>
internal readonly record struct ByteStrings(ByteString Envelope, ByteString MessageId);

/// <summary>What a conversation tells its owner.</summary>
internal abstract record ConversationEvent : INoSerializationVerificationNeeded
{
    private ConversationEvent()
    {
    }

    /// <summary>A message was opened, or couldn't be.</summary>
    public sealed record Opened(
        Member From, ByteString Id, OpenResult Result, DateTimeOffset Time, ulong Sequence) : ConversationEvent;

    /// <summary>A message waits for the connection or the receiver.</summary>
    public sealed record Held(OutboxEntry Entry) : ConversationEvent;

    /// <summary>The peer shows these messages of ours. Ids are foreign: some may be of none.</summary>
    public sealed record Shown(IReadOnlyList<ByteString> Ids) : ConversationEvent;

    /// <summary>The server took a message.</summary>
    public sealed record Taken(OutboxEntry Entry, ulong Sequence, DateTimeOffset Time) : ConversationEvent;

    /// <summary>A message won't be sent.</summary>
    public sealed record Failed(OutboxEntry Entry, RefusalCode Code, string Sentence) : ConversationEvent;

    /// <summary>How the lobby's key stands.</summary>
    public sealed record LobbyEntered(RoomChange Change, uint Suite) : ConversationEvent;

    /// <summary>All that waited was handed back.</summary>
    public sealed record Closed : ConversationEvent;
}
