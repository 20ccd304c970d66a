using Akka.Actor;
using ChatLock.Client.Connection;
using ChatLock.Client.Conversations;
using ChatLock.Client.Pins;
using ChatLock.Protocol.Identity;

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
    public sealed record Entered(
        string Name, Fingerprint Key, SuiteInfo LobbySuite, IReadOnlyList<Peer> Here, bool IsAgain) : ClientEvent;

    /// <summary>A genuine message from someone else.</summary>
    /// <param name="Number">For <see cref="ClientCommand.Inspect"/>; counts from 1 in each run.</param>
    /// <param name="From">The sender.</param>
    /// <param name="IsPrivate">To us alone, or to all.</param>
    /// <param name="Body">The text.</param>
    /// <param name="Suite">How it was encrypted.</param>
    /// <param name="Time">When the server took it, by its clock.</param>
    /// <param name="Sequence">Its number in the room; 0 if private.</param>
    public sealed record MessageCame(
        int Number, Peer From, bool IsPrivate, MessageBody Body, SuiteInfo Suite, DateTimeOffset Time, ulong Sequence) : ClientEvent;

    /// <summary>A message that isn't shown, with the reason; nothing of it is genuine.</summary>
    public sealed record MessageUnreadable(int Number, Peer From, bool IsPrivate, Unreadable Reason) : ClientEvent;

    /// <summary>A message of ours that the server took. <paramref name="To"/>: <c>null</c> for all.</summary>
    public sealed record MessageSent(
        int Number, Peer? To, MessageBody Body, SuiteInfo Suite, DateTimeOffset Time, ulong Sequence) : ClientEvent;

    /// <summary>A private message of ours is shown by its receiver's client, which said so with its key.</summary>
    /// <param name="Number">The one it had in <see cref="MessageSent"/>; each is delivered once at most.</param>
    /// <param name="To">The receiver.</param>
    public sealed record MessageDelivered(int Number, Peer To) : ClientEvent;

    /// <summary>A message of ours waits; it will be sent or handed back.</summary>
    public sealed record MessageHeld(string? To, MessageBody Body) : ClientEvent;

    /// <summary>A message of ours that is not sent; its text is handed back.</summary>
    /// <param name="To">The receiver's name; <c>null</c> for all.</param>
    /// <param name="Body">The text.</param>
    /// <param name="Code">"not-here", "key-changed", or another code of docs/PROTOCOL.md section 8.</param>
    /// <param name="Sentence">Why, for people.</param>
    public sealed record MessageFailed(string? To, MessageBody Body, string Code, string Sentence) : ClientEvent;

    /// <summary>Messages that were posted and don't come.</summary>
    public sealed record MessagesMissing(ulong From, ulong To) : ClientEvent;

    /// <summary>Who came, went or is called otherwise.</summary>
    /// <param name="Joined">Who came.</param>
    /// <param name="Left">Who went, and why ("left", "connection-lost", ...).</param>
    /// <param name="Renamed">Old name and who it is now.</param>
    /// <param name="Online">All that are here now.</param>
    /// <param name="More">Further changes that the server only counted.</param>
    public sealed record PresenceChanged(
        IReadOnlyList<Peer> Joined,
        IReadOnlyList<(Peer Peer, string Reason)> Left,
        IReadOnlyList<(string Before, Peer Peer)> Renamed,
        uint Online,
        uint More) : ClientEvent;

    /// <summary>We have another name now.</summary>
    public sealed record YouRenamed(string Before, string Now) : ClientEvent;

    /// <summary>Who is here, you among them.</summary>
    public sealed record WhoAnswered(IReadOnlyList<Peer> People, Fingerprint You, bool IsComplete) : ClientEvent;

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
