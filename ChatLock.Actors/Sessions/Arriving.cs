using ChatLock.Protocol.Session;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Actors.Sessions;

/// <summary>What a session gathers between its name and its Welcome: its neighbours answer one by one.</summary>
/// <param name="Token">With which the session can go on; empty where none does.</param>
internal sealed record Arriving(ByteString Token)
{
    public RoomInfo? Lobby { get; init; }

    public Roster? FirstPage { get; init; }

    public Position? Mailbox { get; init; }

    /// <summary>What Welcome tells, once everything is there.</summary>
    public SessionInput.Entered? Complete => Lobby is { } lobby && FirstPage is { } page && Mailbox is { } mailbox
        ? new SessionInput.Entered(lobby, page, mailbox, Token)
        : null;
}
