namespace ChatLock.Checker.History;

/// <summary>One line of a history: what one client did or was told.</summary>
/// <param name="AtMicroseconds">By the history's clock (<see cref="HistoryClock"/>). What a client does is stamped before it
/// does it, what it is told afterwards, so that the true moment lies between the two.</param>
/// <param name="Client">Whose record it is.</param>
/// <param name="What">What happened.</param>
public readonly record struct HistoryRecord(long AtMicroseconds, ClientKey Client, Happening What);

/// <summary>What is known of a received message's signature.</summary>
public enum SignatureCheck
{
    /// <summary>The client said that it verifies; its envelope wasn't at hand.</summary>
    ByClient,

    /// <summary>Verified here, from the envelope.</summary>
    Valid,

    /// <summary>It doesn't verify.</summary>
    Invalid,
}

/// <summary>What can happen to a client. docs/CHECKER.md section 1 has the fields.</summary>
public abstract record Happening
{
    private Happening()
    {
    }

    /// <summary>A new session.</summary>
    public sealed record Connected : Happening;

    /// <summary>The session goes on over a new connection.</summary>
    public sealed record Resumed : Happening;

    /// <summary>The connection is gone; the client means to come back.</summary>
    public sealed record Detached : Happening;

    /// <summary>The client said goodbye, and is in no room any more.</summary>
    public sealed record Left : Happening;

    /// <summary>The client's last record, after a quiet time in which all that was owed had come.</summary>
    public sealed record Ended : Happening;

    /// <summary>The client was told that a name is its own.</summary>
    public sealed record NameHeld(string Name) : Happening;

    /// <summary>The client is about to give a name up.</summary>
    public sealed record NameReleased(string Name) : Happening;

    /// <summary>The client is a member; what comes after this number is for it.</summary>
    public sealed record Joined(LogPosition Position) : Happening;

    /// <summary>The client is no member any more.</summary>
    public sealed record Parted(string Room) : Happening;

    /// <summary>About to send to a room, or to send again.</summary>
    /// <param name="Room">The room.</param>
    /// <param name="Id">The same in every try.</param>
    /// <param name="Counter">The client's own count of messages, to rooms and persons together, from 1 without gaps.</param>
    public sealed record SentToRoom(string Room, MessageId Id, ulong Counter) : Happening;

    /// <summary>About to send to one key, or to send again.</summary>
    /// <param name="Recipient">To whom.</param>
    /// <param name="Id">The same in every try.</param>
    /// <param name="Counter">As in <see cref="SentToRoom"/>.</param>
    public sealed record SentPrivately(ClientKey Recipient, MessageId Id, ulong Counter) : Happening;

    /// <summary>The server took a message into a room's log.</summary>
    public sealed record Acknowledged(LogPosition Position, MessageId Id) : Happening;

    /// <summary>The server took a private message.</summary>
    public sealed record AcknowledgedPrivately(MessageId Id) : Happening;

    /// <summary>The server refused a message: it is nowhere. It may be sent again.</summary>
    public sealed record Refused(MessageId Id, string Code) : Happening;

    /// <summary>The client gave a message up without knowing what became of it.</summary>
    public sealed record Failed(MessageId Id, string Code) : Happening;

    /// <summary>A message of a room came.</summary>
    public sealed record Received(LogPosition Position, ClientKey From, MessageId Id, SignatureCheck Signature) : Happening;

    /// <summary>A private message came.</summary>
    public sealed record ReceivedPrivately(ClientKey From, MessageId Id, SignatureCheck Signature) : Happening;

    /// <summary>A number of a room's log came that isn't a message: an act of moderation.</summary>
    public sealed record ActSeen(LogPosition Position) : Happening;

    /// <summary>The server says that these numbers will not come; both 0: the log began anew under this epoch.</summary>
    public sealed record Gap(string Room, ulong Epoch, ulong First, ulong Last) : Happening;

    /// <summary>A message passed by on the wire towards this client; whether its signature verifies.</summary>
    public sealed record PassedBy(ClientKey From, MessageId Id, SignatureCheck Signature) : Happening;
}
