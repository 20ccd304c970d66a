using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Protocol.Session;

/// <summary>What a connection brings to go on where an earlier one ended.</summary>
/// <param name="Token">From the last Welcome; empty: a new session.</param>
/// <param name="Positions">Each room once, room "" is the mailbox. Good with and without a token.</param>
/// <remarks>docs/PROTOCOL.md section 6b. The token is a secret: it never goes into a log.</remarks>
public sealed record ResumePoint(ByteString Token, IReadOnlyList<Position> Positions)
{
    /// <summary>Of who was never here.</summary>
    public static ResumePoint None { get; } = new(ByteString.Empty, []);
}

/// <summary>Where a connection stands, as its client sees it.</summary>
/// <remarks>docs/PROTOCOL.md section 3.</remarks>
public enum ClientPhase
{
    /// <summary>Connected; the server speaks first.</summary>
    AwaitChallenge,

    /// <summary>Challenged; a name is needed from the user.</summary>
    AwaitName,

    /// <summary>Hello is on its way.</summary>
    AwaitWelcome,

    /// <summary>In the lobby.</summary>
    Ready,

    /// <summary>Over.</summary>
    Closed,
}

/// <summary>All that can happen to a client's session.</summary>
public abstract record ClientInput
{
    private ClientInput()
    {
    }

    /// <summary>A frame came in.</summary>
    public sealed record Received(ServerFrame Frame) : ClientInput;

    /// <summary>The user wants this name: the first one, or another after a refusal.</summary>
    public sealed record NameChosen(string Name) : ClientInput;

    /// <summary>Send a request; its answer comes back with <paramref name="Tag"/>. The frame's ref is set here.</summary>
    public sealed record Ask(long Tag, ClientFrame Frame) : ClientInput;

    /// <summary>Leave.</summary>
    public sealed record Leave : ClientInput;

    /// <summary>The socket ended.</summary>
    public sealed record Lost : ClientInput;
}

/// <summary>All that a client's session can want done.</summary>
public abstract record ClientEffect
{
    private ClientEffect()
    {
    }

    /// <summary>Sign this Challenge under this name and send the Hello with this ref, token and positions.</summary>
    public sealed record Prove(
        Challenge Challenge, string Name, ulong Ref, ByteString Token, IReadOnlyList<Position> Positions) : ClientEffect;

    /// <summary>Send a frame.</summary>
    public sealed record Send(ClientFrame Frame) : ClientEffect;

    /// <summary>Ask the user for a name. <paramref name="Refusal"/>: what was wrong with the last one, if there was one.</summary>
    public sealed record NeedName(Refused? Refusal) : ClientEffect;

    /// <summary>In the lobby, under the granted name.</summary>
    public sealed record Entered(Welcome Welcome) : ClientEffect;

    /// <summary>The answer to the request that was asked with this tag.</summary>
    public sealed record Answered(long Tag, Reply Reply) : ClientEffect;

    /// <summary>The request with this tag was asked while no session was there to send it; it had no effect.</summary>
    public sealed record NotSent(long Tag) : ClientEffect;

    /// <summary>Back in a room of the earlier connection. What was missed follows.</summary>
    public sealed record RoomEntered(RoomInfo Info) : ClientEffect;

    /// <summary>No longer in a room, or not back in it.</summary>
    public sealed record LeftRoom(RoomLeft Left) : ClientEffect;

    /// <summary>A post or an act, in the order of its room.</summary>
    public sealed record Posted(Wire.Posted Post) : ClientEffect;

    /// <summary>A private message.</summary>
    public sealed record PrivateCame(PrivateMessage Message) : ClientEffect;

    /// <summary>Who came, went or is called otherwise.</summary>
    public sealed record PresenceCame(Presence Presence) : ClientEffect;

    /// <summary>Messages that will not come.</summary>
    public sealed record GapCame(Gap Gap) : ClientEffect;

    /// <summary>The session is over; requests with these tags have no answer and may or may not have taken effect.</summary>
    public sealed record Ended(CloseReason Reason, string Sentence, IReadOnlyList<long> Unanswered) : ClientEffect;
}
