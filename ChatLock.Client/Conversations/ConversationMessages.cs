using Akka.Actor;
using ChatLock.Client.Rooms;
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

    /// <summary>Connected, said to the conversations with peers.</summary>
    /// <param name="SessionKeys">What private messages to us are sealed to, the newest first.</param>
    /// <param name="IsAgain">After having been connected before.</param>
    /// <param name="Session">The connection's number of the session.</param>
    public sealed record Online(IReadOnlyList<AgreementKey> SessionKeys, bool IsAgain, long Session) : ConversationCommand;

    /// <summary>In the room, or in it again, as the server tells it.</summary>
    public sealed record Enter(RoomInfo Info, bool IsAgain, long Session) : ConversationCommand;

    /// <summary>Disconnected.</summary>
    public sealed record Offline : ConversationCommand;

    /// <summary>A message came in. <paramref name="At"/>: its number in the room, or in our mailbox.</summary>
    public sealed record Came(Member From, ByteStrings Bytes, long TimeUnixMs, Position At) : ConversationCommand;

    /// <summary>An act of moderation came in.</summary>
    public sealed record ActCame(RoomAct Act, Position At) : ConversationCommand;

    /// <summary>Numbers of the room that won't come.</summary>
    public sealed record Missing(Gap Gap) : ConversationCommand;

    /// <summary>Who came and went in the room; comes back in its turn.</summary>
    public sealed record PresenceCame(Presence Presence) : ConversationCommand;

    /// <summary>The user wants something done as the room's owner or op.</summary>
    public sealed record Moderate(ActWish Wish) : ConversationCommand;

    /// <summary>An act of ours was too early or too late; what made it so should have come by now.</summary>
    public sealed record ActOverdue : ConversationCommand
    {
        /// <summary>The only one.</summary>
        public static readonly ActOverdue One = new();
    }

    /// <summary>A message of the peer's is shown to the user now: say so with a receipt.</summary>
    public sealed record Show(ByteString Id, uint Suite) : ConversationCommand;

    /// <summary>A receipt's rest is over.</summary>
    public sealed record Rested : ConversationCommand
    {
        /// <summary>The only one.</summary>
        public static readonly Rested One = new();
    }

    /// <summary>The peer came, went or connected anew. <paramref name="IsHere"/>: it has a connection now.</summary>
    public sealed record PeerStale(bool IsHere) : ConversationCommand;

    /// <summary>The client stops, or has left the room: hand back what waits.</summary>
    /// <param name="Sentence">Why, where it isn't the connection's end.</param>
    public sealed record Close(string? Sentence = null) : ConversationCommand;

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
        Member From, ByteString Id, OpenResult Result, DateTimeOffset Time, Position At) : ConversationEvent;

    /// <summary>A frame that came in was dealt with, and whatever it led to was told. <paramref name="Mail"/>: its number in our mailbox,
    /// if it was a private message.</summary>
    public sealed record Handled(Position? Mail) : ConversationEvent;

    /// <summary>A message waits for the connection or the receiver.</summary>
    public sealed record Held(OutboxEntry Entry) : ConversationEvent;

    /// <summary>The peer shows these messages of ours. Ids are foreign: some may be of none.</summary>
    public sealed record Shown(IReadOnlyList<ByteString> Ids) : ConversationEvent;

    /// <summary>The server took a message. <paramref name="IsWaiting"/>: its receiver has no connection at present.</summary>
    public sealed record Taken(OutboxEntry Entry, ulong Sequence, DateTimeOffset Time, bool IsWaiting) : ConversationEvent;

    /// <summary>A message won't be sent.</summary>
    public sealed record Failed(OutboxEntry Entry, RefusalCode Code, string Sentence) : ConversationEvent;

    /// <summary>The server told a key of the peer's that is older than one it told before.</summary>
    public sealed record OlderKey : ConversationEvent;

    /// <summary>How the room's key and its rules stand.</summary>
    /// <param name="Info">As the server told it.</param>
    /// <param name="Change">How the key stands.</param>
    /// <param name="Standing">Owner, ops, topic.</param>
    /// <param name="IsAgain">Whether it was entered before.</param>
    public sealed record Entered(RoomInfo Info, RoomChange Change, RoomStanding Standing, bool IsAgain) : ConversationEvent;

    /// <summary>What the server says of the room can't be: its id isn't the hash of what the invite holds and of what is told.</summary>
    public sealed record Forged : ConversationEvent;

    /// <summary>Numbers of the room that won't come.</summary>
    public sealed record Missed(Gap Gap) : ConversationEvent;

    /// <summary>Who came and went in the room.</summary>
    public sealed record PresenceChanged(Presence Presence) : ConversationEvent;

    /// <summary>An act is in force, or was done. <paramref name="Topic"/>: with topics that there are.</summary>
    public sealed record Acted(RoomAct Act, OpenResult? Topic, RoomStanding Standing) : ConversationEvent;

    /// <summary>An act that isn't one.</summary>
    public sealed record ActRefused(RoomAct Act, ActFault Fault) : ConversationEvent;

    /// <summary>Something that the user wanted done in the room wasn't.</summary>
    public sealed record ActFailed(ActWish Wish, string Code, string Sentence) : ConversationEvent;

    /// <summary>All that waited was handed back.</summary>
    public sealed record Closed : ConversationEvent;
}
