using Akka.Actor;
using ChatLock.Client.Connection;
using ChatLock.Client.Conversations;
using ChatLock.Client.Pins;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Wire;

namespace ChatLock.Client;

/// <summary>Someone, as they are called at present. Compared by key.</summary>
/// <param name="Name">A valid name, or "#" and 16 hexadecimal digits where the server's isn't one.</param>
/// <param name="Key">The identity key's fingerprint.</param>
/// <param name="Standing">What is known of the key under that name.</param>
public sealed record Peer(string Name, Fingerprint Key, PinStanding Standing);

/// <summary>What happens in a client, in order.</summary>
/// <remarks>Foreign parts (names, texts, the server's sentences) are as they came: whoever shows them escapes them.
/// docs/TERMINAL.md section 5 is this list as JSON.</remarks>
public abstract record ClientEvent : INoSerializationVerificationNeeded
{
    private ClientEvent()
    {
    }

    /// <summary>How the connection stands.</summary>
    public sealed record StatusChanged(ConnectionStatus Status) : ClientEvent;

    /// <summary>Something to know, once, as a complete sentence.</summary>
    /// <param name="Code">Stable, for scripts: "open-lobby", "server-pinned", "replays-dropped", ...</param>
    /// <param name="Sentence">For people.</param>
    /// <param name="IsWarning">Whether it must not be overlooked.</param>
    public sealed record Notice(string Code, string Sentence, bool IsWarning = false) : ClientEvent;

    /// <summary>A name must be chosen (<see cref="ClientCommand.ChooseName"/>).</summary>
    /// <param name="Wanted">The refused one; <c>null</c> if none was asked for.</param>
    /// <param name="Code">Why, as in docs/PROTOCOL.md section 8; <c>null</c> if none was asked for.</param>
    /// <param name="Sentence">Why, for people.</param>
    /// <param name="Suggestions">Free names.</param>
    public sealed record NameNeeded(string? Wanted, string? Code, string Sentence, IReadOnlyList<string> Suggestions) : ClientEvent;

    /// <summary>In the lobby.</summary>
    /// <param name="Name">As granted.</param>
    /// <param name="Key">Our own.</param>
    /// <param name="LobbySuite">How the lobby is encrypted.</param>
    /// <param name="Here">The first page of the others who are here.</param>
    /// <param name="IsAgain">After having been here before, in this run.</param>
    /// <param name="IsResumed">The session goes on: for the others we were never gone.</param>
    public sealed record Entered(
        string Name, Fingerprint Key, SuiteInfo LobbySuite, IReadOnlyList<Peer> Here, bool IsAgain, bool IsResumed) : ClientEvent;

    /// <summary>A genuine message from someone else.</summary>
    /// <param name="Number">For <see cref="ClientCommand.Inspect"/>; counts from 1 in each run.</param>
    /// <param name="From">The sender.</param>
    /// <param name="IsPrivate">To us alone, or to all in a room.</param>
    /// <param name="Body">The text.</param>
    /// <param name="Suite">How it was encrypted.</param>
    /// <param name="Time">When the server took it, by its clock.</param>
    /// <param name="Sequence">Its number in the room; 0 if private.</param>
    /// <param name="Room">The room's id; <c>null</c> for the lobby or if private.</param>
    public sealed record MessageCame(
        int Number, Peer From, bool IsPrivate, MessageBody Body, SuiteInfo Suite, DateTimeOffset Time, ulong Sequence,
        string? Room = null) : ClientEvent;

    /// <summary>A message that isn't shown, with the reason; nothing of it is genuine, or its sender may not speak there.</summary>
    public sealed record MessageUnreadable(int Number, Peer From, bool IsPrivate, Unreadable Reason, string? Room = null) : ClientEvent;

    /// <summary>A message of ours that the server took: it is stored.</summary>
    /// <param name="Number">For <see cref="ClientCommand.Inspect"/>.</param>
    /// <param name="To">The receiver; <c>null</c> for all in the room.</param>
    /// <param name="Body">The text.</param>
    /// <param name="Suite">How it was encrypted.</param>
    /// <param name="Time">When the server took it, by its clock.</param>
    /// <param name="Sequence">Its number in the room; 0 if private.</param>
    /// <param name="Room">The room's id; <c>null</c> for the lobby or if private.</param>
    /// <param name="IsWaiting">The receiver is away and gets it when it is back.</param>
    public sealed record MessageSent(
        int Number, Peer? To, MessageBody Body, SuiteInfo Suite, DateTimeOffset Time, ulong Sequence,
        string? Room = null, bool IsWaiting = false) : ClientEvent;

    /// <summary>A private message of ours is shown by its receiver's client, which said so with its key.</summary>
    /// <param name="Number">The one it had in <see cref="MessageSent"/>; each is delivered once at most.</param>
    /// <param name="To">The receiver.</param>
    public sealed record MessageDelivered(int Number, Peer To) : ClientEvent;

    /// <summary>A message of ours waits; it will be sent or handed back.</summary>
    /// <param name="To">The receiver's name; <c>null</c> for all in the room.</param>
    /// <param name="Body">The text.</param>
    /// <param name="Room">The room's id; <c>null</c> for the lobby or if private.</param>
    public sealed record MessageHeld(string? To, MessageBody Body, string? Room = null) : ClientEvent;

    /// <summary>A message of ours that is not sent; its text is handed back.</summary>
    /// <param name="To">The receiver's name; <c>null</c> for all in the room.</param>
    /// <param name="Body">The text.</param>
    /// <param name="Code">"not-here", "key-changed", or another code of docs/PROTOCOL.md section 8.</param>
    /// <param name="Sentence">Why, for people.</param>
    /// <param name="Room">The room's id; <c>null</c> for the lobby or if private.</param>
    public sealed record MessageFailed(
        string? To, MessageBody Body, string Code, string Sentence, string? Room = null) : ClientEvent;

    /// <summary>Messages that were posted and don't come: the server doesn't have them any more.</summary>
    /// <param name="From">The first number; 0, as <paramref name="To"/>: the log began anew, and nobody knows how many there were.</param>
    /// <param name="To">The last one.</param>
    /// <param name="Room">The room's id; <c>null</c> for the lobby or private ones.</param>
    /// <param name="IsPrivate">Whether they were private messages to us.</param>
    public sealed record MessagesMissing(ulong From, ulong To, string? Room = null, bool IsPrivate = false) : ClientEvent;

    /// <summary>Who came, went, lost the connection, has it again, or is called otherwise.</summary>
    /// <param name="Joined">Who came.</param>
    /// <param name="Left">Who went, and why ("left", "connection-lost", "kicked", ...).</param>
    /// <param name="Renamed">Old name and who it is now.</param>
    /// <param name="Away">Who has had no connection for a while.</param>
    /// <param name="Back">Who has one again.</param>
    /// <param name="Online">All that are there now.</param>
    /// <param name="More">Further changes that the server only counted.</param>
    /// <param name="Room">The room's id; <c>null</c>: the lobby, where everyone is.</param>
    public sealed record PresenceChanged(
        IReadOnlyList<Peer> Joined,
        IReadOnlyList<(Peer Peer, string Reason)> Left,
        IReadOnlyList<(string Before, Peer Peer)> Renamed,
        IReadOnlyList<Peer> Away,
        IReadOnlyList<Peer> Back,
        uint Online,
        uint More,
        string? Room = null) : ClientEvent;

    /// <summary>In a room other than the lobby.</summary>
    /// <param name="Room">As it is now.</param>
    /// <param name="IsAgain">Brought back after a reconnect; what was missed follows.</param>
    public sealed record RoomEntered(RoomView Room, bool IsAgain) : ClientEvent;

    /// <summary>No longer in a room.</summary>
    /// <param name="Id">The room's id.</param>
    /// <param name="DisplayName">What it was called.</param>
    /// <param name="Code">"left" as we wished; "kicked", "banned", "no-such-room", ... (docs/PROTOCOL.md section 8).</param>
    /// <param name="Sentence">Why, for people.</param>
    public sealed record RoomLeft(string Id, string DisplayName, string Code, string Sentence) : ClientEvent;

    /// <summary>Which open rooms there are.</summary>
    public sealed record RoomsListed(IReadOnlyList<RoomListing> Rooms, bool IsComplete) : ClientEvent;

    /// <summary>Who is in a room, us among them.</summary>
    /// <param name="Room">The room's id.</param>
    /// <param name="People">In the order of their names.</param>
    /// <param name="You">Our own key.</param>
    /// <param name="IsComplete">Whether these are all.</param>
    /// <param name="Away">Those among them that have no connection at present.</param>
    public sealed record MembersListed(
        string Room, IReadOnlyList<Peer> People, Fingerprint You, bool IsComplete, IReadOnlySet<Fingerprint> Away) : ClientEvent;

    /// <summary>A room's topic is another one now.</summary>
    /// <param name="Room">The room's id.</param>
    /// <param name="By">Who changed it; with our own name if it was us.</param>
    /// <param name="Topic">Foreign text; <c>null</c>: none.</param>
    /// <param name="IsYou">Whether it was us.</param>
    /// <param name="Unreadable">Why the text can't be shown, if it can't; then <paramref name="Topic"/> is <c>null</c>.</param>
    public sealed record TopicChanged(string Room, Peer By, string? Topic, bool IsYou, Unreadable? Unreadable = null) : ClientEvent;

    /// <summary>The owner or an op of a room did something: signed, and within their rights.</summary>
    /// <param name="Room">The room's id.</param>
    /// <param name="By">Who did it.</param>
    /// <param name="Kind">What; topics are <see cref="TopicChanged"/>.</param>
    /// <param name="Target">Whom it is about; <c>null</c> with slow mode.</param>
    /// <param name="Seconds">Of a mute (0: until unmuted) or of slow mode (0: off).</param>
    /// <param name="IsYou">Whether it is about us.</param>
    public sealed record RoomActed(string Room, Peer By, RoomActKind Kind, Peer? Target, uint Seconds, bool IsYou) : ClientEvent;

    /// <summary>Something was passed off as an act in a room that isn't signed by who it names, or that they have no right to. It isn't
    /// applied.</summary>
    /// <param name="Room">The room's id.</param>
    /// <param name="By">Whom it names.</param>
    /// <param name="Kind">What it would have been.</param>
    /// <param name="Code">"bad-signature" or "not-allowed".</param>
    /// <param name="Sentence">For people.</param>
    public sealed record ActRefused(string Room, Peer? By, RoomActKind Kind, string Code, string Sentence) : ClientEvent;

    /// <summary>What leads into a room. Links to a sealed room hold its secret: only for those who may read everything there.</summary>
    /// <param name="Room">The room's id.</param>
    /// <param name="Links">For a browser first (as if the gateway had its usual port there), then for a terminal.</param>
    public sealed record InviteShown(string Room, IReadOnlyList<string> Links) : ClientEvent;

    /// <summary>We have another name now.</summary>
    public sealed record YouRenamed(string Before, string Now) : ClientEvent;

    /// <summary>Who is here, you among them.</summary>
    /// <param name="People">In the order of their names.</param>
    /// <param name="You">Our own key.</param>
    /// <param name="IsComplete">Whether these are all.</param>
    /// <param name="Away">Those among them that have no connection at present.</param>
    public sealed record WhoAnswered(
        IReadOnlyList<Peer> People, Fingerprint You, bool IsComplete, IReadOnlySet<Fingerprint> Away) : ClientEvent;

    /// <summary>What is known of someone.</summary>
    /// <param name="Peer">Who.</param>
    /// <param name="IsHere">Whether the key is connected now.</param>
    /// <param name="IsIgnored">Whether nothing of theirs is shown.</param>
    /// <param name="Pinned">The key that was remembered for the name, if any.</param>
    /// <param name="You">Our own key.</param>
    /// <param name="IsVerifying">Whether this answers <see cref="ClientCommand.Verify"/>.</param>
    public sealed record PeerShown(
        Peer Peer, bool IsHere, bool IsIgnored, Fingerprint? Pinned, Fingerprint You, bool IsVerifying) : ClientEvent;

    /// <summary>The user's word about a key was taken.</summary>
    public sealed record PeerPinned(Peer Peer) : ClientEvent;

    /// <summary>A name has another key than it had; nothing is sent to it until the user has answered.</summary>
    public sealed record PeerKeyChanged(string Name, Fingerprint Before, Fingerprint Now) : ClientEvent;

    /// <summary>From now on someone is ignored, or not any more.</summary>
    public sealed record IgnoreChanged(Peer Peer, bool IsIgnored) : ClientEvent;

    /// <summary>How a message was encrypted and signed.</summary>
    public sealed record Inspected(int Number, IReadOnlyList<string> Lines) : ClientEvent;

    /// <summary>The suite of private messages.</summary>
    public sealed record SuiteShown(SuiteInfo Suite) : ClientEvent;

    /// <summary>A command that wasn't carried out, other than sending.</summary>
    public sealed record CommandRefused(string Code, string Sentence) : ClientEvent;
}
