using Akka.Actor;
using ChatLock.Client.Conversations;
using ChatLock.Protocol.Rooms;

namespace ChatLock.Client.Rooms;

/// <summary>A room that we are in or want to be in. Not a value: the root's own.</summary>
internal sealed class Seat(RoomId room, InviteCode? invite, string title)
{
    public RoomId Room { get; } = room;

    public string Id => Room.Text;

    /// <summary>A sealed room's; kept in memory for this run.</summary>
    public InviteCode? Invite { get; } = invite;

    /// <summary>For people; foreign text.</summary>
    public string Title { get; } = title;

    /// <summary>Encrypts and decrypts; there is none before the room was entered for the first time.</summary>
    public IActorRef? Conversation { get; set; }

    /// <summary>How it is encrypted, since it was entered.</summary>
    public SuiteInfo Suite { get; set; } = SuiteInfo.Sealed;

    /// <summary>Whether a Join is still to be answered; it is asked again after a reconnect.</summary>
    public bool IsJoining { get; set; }

    /// <summary>Whether the user was told to be in it.</summary>
    public bool IsShown { get; set; }

    /// <summary>Whether its invite is to be shown once it is entered: it was made just now.</summary>
    public bool ShowsInvite { get; set; }

    /// <summary>Why it is being left; <c>null</c>: it isn't.</summary>
    public (string Code, string Sentence)? Leaving { get; set; }
}
