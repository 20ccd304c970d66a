using ChatLock.Protocol.Names;
using ChatLock.Protocol.Rooms;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Protocol.Session;

/// <summary>Where a connection stands, as the server sees it.</summary>
/// <remarks>docs/PROTOCOL.md section 3.</remarks>
public enum SessionPhase
{
    /// <summary>Challenge was sent; a Hello is the only frame allowed.</summary>
    AwaitHello,

    /// <summary>The Hello was good; the registry is asked for the name.</summary>
    Claiming,

    /// <summary>The name is held; the session enters the lobby.</summary>
    Entering,

    /// <summary>Welcome was sent.</summary>
    Ready,

    /// <summary>Over. Whatever still comes in is ignored.</summary>
    Closed,
}

/// <summary>All that can happen to a session.</summary>
public abstract record SessionInput
{
    private SessionInput()
    {
    }

    /// <summary>A frame came in, at <paramref name="NowMs"/> of the monotonic clock.</summary>
    public sealed record Received(ClientFrame Frame, long NowMs) : SessionInput;

    /// <summary>Time passed. <paramref name="PartialSinceMs"/>: since when a frame has been incomplete, if one is.</summary>
    public sealed record Tick(long NowMs, long? PartialSinceMs) : SessionInput;

    /// <summary>The registry granted the name that was claimed last, or found the session that goes on.</summary>
    /// <param name="Name">The name that is held from now on.</param>
    /// <param name="Resumed">It was a resume token that brought it.</param>
    public sealed record NameGranted(UserName Name, bool Resumed) : SessionInput;

    /// <summary>The registry said no to the name that was claimed, or to the token that was shown, last.</summary>
    public sealed record NameRefused(Refused Refusal) : SessionInput;

    /// <summary>The session is in the lobby, known to all and attached to its mailbox; what Welcome tells.</summary>
    /// <param name="Lobby">The lobby as it was entered.</param>
    /// <param name="FirstPage">Who is here.</param>
    /// <param name="Mailbox">After which number private messages come.</param>
    /// <param name="ResumeToken">16 bytes, new; empty where the window is zero.</param>
    public sealed record Entered(RoomInfo Lobby, Roster FirstPage, Position Mailbox, ByteString ResumeToken) : SessionInput;

    /// <summary>A room took the session in. Its client has been told by the room itself, except of the lobby before Welcome.</summary>
    /// <param name="Room">Which one.</param>
    /// <param name="Ref">The request that wanted it; 0: it was brought back.</param>
    public sealed record Admitted(RoomId Room, ulong Ref) : SessionInput;

    /// <summary>A room didn't take the session in.</summary>
    public sealed record NotAdmitted(RoomId Room, ulong Ref, Refused Refusal) : SessionInput;

    /// <summary>A room sent the session out. Its client has been told by the room.</summary>
    public sealed record Expelled(RoomId Room) : SessionInput;

    /// <summary>The answer to a request that was passed on.</summary>
    public sealed record Answered(Reply Reply) : SessionInput;

    /// <summary>The connection ends for a reason that isn't a frame: garbage, a slow reader, a stop, a lost socket.</summary>
    public sealed record Ended(CloseReason Reason) : SessionInput;
}

/// <summary>All that a session can want done.</summary>
public abstract record SessionEffect
{
    private SessionEffect()
    {
    }

    /// <summary>Send a frame.</summary>
    public sealed record Send(ServerFrame Frame) : SessionEffect;

    /// <summary>Send Welcome, then all that was held back for this session since it entered the lobby.</summary>
    public sealed record Greet(ServerFrame Welcome) : SessionEffect;

    /// <summary>Ask the registry for a name; by the first claim or a rename alike.</summary>
    public sealed record Claim(UserName Name) : SessionEffect;

    /// <summary>Ask the registry whether the session that got this token goes on.</summary>
    /// <param name="Token">16 bytes, as the client showed them.</param>
    public sealed record Resume(ByteString Token) : SessionEffect;

    /// <summary>Enter the lobby under <paramref name="You"/>'s name, be known to all, and attach to the mailbox.</summary>
    /// <param name="You">With session key.</param>
    /// <param name="Lobby">Where the client stands in the lobby, if it says so.</param>
    /// <param name="Mailbox">Where it stands in its mailbox, if it says so.</param>
    public sealed record Enter(Member You, Position? Lobby, Position? Mailbox) : SessionEffect;

    /// <summary>The lobby has no place: give up the name that was granted.</summary>
    public sealed record Withdraw : SessionEffect
    {
        /// <summary>The only one.</summary>
        public static readonly Withdraw One = new();
    }

    /// <summary>Tell everyone who knew the old name.</summary>
    public sealed record Renamed(Member You) : SessionEffect;

    /// <summary>Enter a room, or make it.</summary>
    /// <param name="Ref">The request that wants it; 0: it is brought back from Hello's positions.</param>
    /// <param name="Room">Which one.</param>
    /// <param name="Position">Where the client stands in it, if it says so.</param>
    /// <param name="Create">Make it if it isn't there.</param>
    /// <param name="Suite">Of a room that is made.</param>
    public sealed record Join(ulong Ref, RoomId Room, Position? Position, bool Create, uint Suite) : SessionEffect;

    /// <summary>Leave a room.</summary>
    public sealed record Leave(ulong Ref, RoomId Room) : SessionEffect;

    /// <summary>Pass a post to its room.</summary>
    public sealed record PassPost(ulong Ref, RoomId Room, Post Post) : SessionEffect;

    /// <summary>Pass an act of moderation to its room.</summary>
    public sealed record PassAct(ulong Ref, RoomId Room, RoomAct Act) : SessionEffect;

    /// <summary>Pass a private message to the mailbox of its recipient.</summary>
    public sealed record PassPrivate(ulong Ref, Private Private) : SessionEffect;

    /// <summary>The client has dealt with its private messages up to here.</summary>
    public sealed record Acknowledge(Position Mailbox) : SessionEffect;

    /// <summary>Ask who is here.</summary>
    public sealed record AskWho(ulong Ref, Who Question) : SessionEffect;

    /// <summary>Ask a room for a page of its members.</summary>
    public sealed record AskMembers(ulong Ref, RoomId Room, string After) : SessionEffect;

    /// <summary>Ask which open rooms there are.</summary>
    public sealed record AskRooms(ulong Ref, string After) : SessionEffect;

    /// <summary>One frame was dealt with to the end: one more may be read.</summary>
    public sealed record Credit : SessionEffect
    {
        /// <summary>The only one.</summary>
        public static readonly Credit One = new();
    }

    /// <summary>Send Close with this reason if anybody still listens, then end the connection.</summary>
    /// <param name="Reason">Why.</param>
    /// <param name="Detached">The session goes on without a connection for the resume window; otherwise it is over.</param>
    public sealed record Close(CloseReason Reason, bool Detached) : SessionEffect;
}
