using ChatLock.Protocol.Session;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Actors.Sessions;

/// <summary>What a session gathers between its name and its Welcome: its neighbours answer one by one.</summary>
/// <param name="SinceMs">When it began, by the monotonic clock.</param>
/// <param name="Token">With which the session can go on; empty where none does.</param>
internal sealed record Arriving(long SinceMs, ByteString Token)
{
    /// <summary>A mailbox that says nothing for so long doesn't keep anybody out: what waits in it follows when it can.</summary>
    public static readonly TimeSpan MailboxPatience = TimeSpan.FromSeconds(3);

    public RoomInfo? Lobby { get; init; }

    public Roster? FirstPage { get; init; }

    public Position? Mailbox { get; init; }

    public bool HasMailbox { get; init; }

    /// <summary>What Welcome tells, once everything is there.</summary>
    public SessionInput.Entered? Complete(long nowMs) =>
        Lobby is { } lobby && FirstPage is { } page && (HasMailbox || nowMs - SinceMs >= MailboxPatience.TotalMilliseconds)
            ? new SessionInput.Entered(lobby, page, Mailbox, Token)
            : null;
}
