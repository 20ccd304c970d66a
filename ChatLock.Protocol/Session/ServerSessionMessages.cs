using ChatLock.Protocol.Names;
using ChatLock.Protocol.Wire;

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

    /// <summary>The registry granted the name that was claimed last.</summary>
    public sealed record NameGranted(UserName Name) : SessionInput;

    /// <summary>The registry said no to the name that was claimed last.</summary>
    public sealed record NameRefused(Refused Refusal) : SessionInput;

    /// <summary>The session is in the lobby; what Welcome tells.</summary>
    public sealed record Entered(IReadOnlyList<RoomInfo> Rooms, Roster FirstPage) : SessionInput;

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

    /// <summary>Enter the lobby under <paramref name="You"/>'s name.</summary>
    public sealed record Enter(Member You) : SessionEffect;

    /// <summary>Tell everyone who knew the old name.</summary>
    public sealed record Renamed(Member You) : SessionEffect;

    /// <summary>Pass a post to its room.</summary>
    public sealed record PassPost(ulong Ref, Post Post) : SessionEffect;

    /// <summary>Pass a private message to the session that holds the key.</summary>
    public sealed record PassPrivate(ulong Ref, Private Private) : SessionEffect;

    /// <summary>Ask who is here.</summary>
    public sealed record AskWho(ulong Ref, Who Question) : SessionEffect;

    /// <summary>One frame was dealt with to the end: one more may be read.</summary>
    public sealed record Credit : SessionEffect
    {
        /// <summary>The only one.</summary>
        public static readonly Credit One = new();
    }

    /// <summary>Send Close with this reason if anybody still listens, then end the connection.</summary>
    public sealed record Close(CloseReason Reason) : SessionEffect;
}
