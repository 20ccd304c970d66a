using System.Collections.Immutable;
using ChatLock.Protocol.Codes;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Wire;
using Google.Protobuf;
using static ChatLock.Protocol.Wire.ServerFrame;

namespace ChatLock.Protocol.Session;

/// <summary>The next state of a client's session and what is to be done now, in this order.</summary>
public readonly record struct ClientStep(ClientSession Next, IReadOnlyList<ClientEffect> Effects);

/// <summary>One connection as its client sees it: which frame is allowed when, and what follows from it.</summary>
/// <remarks>A value: no clock, no socket, no keys. docs/PROTOCOL.md section 3 is this table in prose.</remarks>
public sealed record ClientSession
{
    private static readonly ClientEffect[] Nothing = [];

    /// <summary>A connection that has just been made.</summary>
    /// <param name="name">The name to ask for; <c>null</c> asks the user once the server has spoken.</param>
    /// <param name="resume">Where an earlier connection ended (its <see cref="Resume"/>); <see cref="ResumePoint.None"/> for the first.</param>
    public ClientSession(string? name, ResumePoint resume)
    {
        ArgumentNullException.ThrowIfNull(resume);
        (Name, Token, Places) = (name, resume.Token, ClientSessionPositions.Of(resume.Positions));
    }

    /// <summary>Where the connection stands.</summary>
    public ClientPhase Phase { get; private init; } = ClientPhase.AwaitChallenge;

    /// <summary>The name wanted, then the name granted.</summary>
    public string? Name { get; private init; }

    /// <summary>What the server said first; <c>null</c> before that.</summary>
    public Challenge? Challenge { get; private init; }

    /// <summary>What the next connection must bring to go on from here, at any time.</summary>
    public ResumePoint Resume => new(Token, Positions);

    /// <summary>Where this client stands in its mailbox (room "") and its rooms, those among them that it isn't back in yet.</summary>
    public IReadOnlyList<Position> Positions => Places.ToList();

    /// <summary>Requests without an answer yet, by ref.</summary>
    private ImmutableDictionary<ulong, Request> Open { get; init; } = ImmutableDictionary<ulong, Request>.Empty;

    private ClientSessionPositions Places { get; init; }

    private ByteString Token { get; init; }

    private ulong LastRef { get; init; }

    /// <summary>What follows from <paramref name="input"/>.</summary>
    public ClientStep On(ClientInput input) => (Phase, input) switch
    {
        (not ClientPhase.Ready, ClientInput.Ask ask) => Do(new ClientEffect.NotSent(ask.Tag)),
        (ClientPhase.Closed, _) => new ClientStep(this, Nothing),
        (_, ClientInput.Received received) => OnFrame(received.Frame),
        (_, ClientInput.Lost) => End(CloseReason.ConnectionLost, this),
        (ClientPhase.AwaitName, ClientInput.NameChosen chosen) => Prove(chosen.Name),
        (ClientPhase.AwaitChallenge, ClientInput.NameChosen chosen) => new ClientStep(this with { Name = chosen.Name }, Nothing),
        (ClientPhase.Ready, ClientInput.Ask ask) => OnAsk(ask),
        (_, ClientInput.Leave) => OnLeave(),
        _ => new ClientStep(this, Nothing),
    };

    private ClientStep OnFrame(ServerFrame frame) => (Phase, frame.BodyCase) switch
    {
        (_, BodyOneofCase.Close) => End(frame.Close.Reason, this, frame.Close.Sentence),
        (_, BodyOneofCase.None) => new ClientStep(this, Nothing), // from a newer server
        (ClientPhase.AwaitChallenge, BodyOneofCase.Challenge) => OnChallenge(frame.Challenge),
        (ClientPhase.AwaitWelcome, BodyOneofCase.Welcome) => OnWelcome(frame.Welcome),
        (ClientPhase.AwaitWelcome, BodyOneofCase.Reply) => OnHelloRefused(frame.Reply),
        (ClientPhase.Ready, BodyOneofCase.Reply) => OnReply(frame.Reply),
        (ClientPhase.Ready, BodyOneofCase.Posted) => Move(Places.Saw(frame.Posted.Position), new ClientEffect.Posted(frame.Posted)),
        (ClientPhase.Ready, BodyOneofCase.PrivateMessage) =>
            Move(Places.SawPrivate(frame.PrivateMessage.Position), new ClientEffect.PrivateCame(frame.PrivateMessage)),
        (ClientPhase.Ready, BodyOneofCase.Presence) => Do(new ClientEffect.PresenceCame(frame.Presence)),
        (ClientPhase.Ready, BodyOneofCase.Gap) => Move(Places.Skip(frame.Gap), new ClientEffect.GapCame(frame.Gap)),
        (ClientPhase.Ready, BodyOneofCase.Entered) => OnEntered(frame.Entered),
        (ClientPhase.Ready, BodyOneofCase.LeftRoom) => OnLeftRoom(frame.LeftRoom),
        (ClientPhase.Ready, BodyOneofCase.Ping) => Do(
            new ClientEffect.Send(new ClientFrame { Pong = new Pong { Nonce = frame.Ping.Nonce } })),
        _ => End(CloseReason.UnexpectedFrame, this),
    };

    private ClientStep OnChallenge(Challenge challenge)
    {
        if (challenge.Nonce.Length != KeyProof.NonceBytes ||
            challenge.ServerId.Length != KeyProof.ServerIdBytes ||
            !challenge.Versions.Contains(ServerSession.Version))
            return End(CloseReason.Malformed, this);

        var next = this with { Challenge = challenge };
        return Name is { } name
            ? next.Prove(name)
            : new ClientStep(next with { Phase = ClientPhase.AwaitName }, [new ClientEffect.NeedName(null)]);
    }

    private ClientStep Prove(string name)
    {
        var @ref = LastRef + 1;
        return new ClientStep(
            this with { Phase = ClientPhase.AwaitWelcome, Name = name, LastRef = @ref },
            [new ClientEffect.Prove(Challenge!, name, @ref, Token, Positions)]);
    }

    private ClientStep OnWelcome(Welcome welcome)
    {
        var rooms = welcome.Rooms.Where(room => room.Position is { Room.Length: > 0 }).Select(room => room.Position).ToArray();
        if (rooms.DistinctBy(position => position.Room).Count() < rooms.Length)
            return End(CloseReason.Malformed, this); // a room that stands at two numbers

        var places = rooms.Aggregate(Places, (places, position) => places.Enter(position));
        if (welcome.Mailbox is { } mailbox)
            places = places.EnterMailbox(mailbox);
        return new ClientStep(
            this with { Phase = ClientPhase.Ready, Name = welcome.You?.Name ?? Name, Token = welcome.ResumeToken, Places = places },
            [new ClientEffect.Entered(welcome)]);
    }

    /// <remarks>A session that can't go on is no question to the user: the same name is asked for again, without the token.</remarks>
    private ClientStep OnHelloRefused(Reply reply)
    {
        if (reply is not { Ref: var @ref, Refused: { } refused } || @ref != LastRef)
            return End(CloseReason.UnexpectedFrame, this);
        if (refused.Code != RefusalCode.CannotResume)
            return new ClientStep(this with { Phase = ClientPhase.AwaitName, Name = null }, [new ClientEffect.NeedName(refused)]);
        return Token.IsEmpty || Name is not { } name
            ? End(CloseReason.UnexpectedFrame, this)
            : (this with { Token = ByteString.Empty }).Prove(name);
    }

    private ClientStep OnAsk(ClientInput.Ask ask)
    {
        var @ref = LastRef + 1;
        var frame = new ClientFrame(ask.Frame) { Ref = @ref };
        return new ClientStep(
            this with { LastRef = @ref, Open = Open.Add(@ref, Request.Of(ask)) },
            [new ClientEffect.Send(frame)]);
    }

    private ClientStep OnReply(Reply reply)
    {
        if (!Open.TryGetValue(reply.Ref, out var request) || PlacesAfter(request, reply) is not { } places)
            return End(CloseReason.UnexpectedFrame, this);

        var next = this with { Open = Open.Remove(reply.Ref), Name = reply.Renamed?.Name ?? Name, Places = places };
        return new ClientStep(next, [new ClientEffect.Answered(request.Tag, reply)]);
    }

    /// <returns><c>null</c> where a room was joined that wasn't asked for.</returns>
    /// <remarks>Own posts aren't sent back; own acts are, like everyone's, and count when they come.</remarks>
    private ClientSessionPositions? PlacesAfter(Request request, Reply reply) => (request.Kind, reply.ResultCase) switch
    {
        (ClientFrame.BodyOneofCase.Post, Reply.ResultOneofCase.Accepted) => Places.Own(request.Room, reply.Accepted.Sequence),
        (ClientFrame.BodyOneofCase.Leave, Reply.ResultOneofCase.Accepted) => Places.Leave(request.Room),
        (ClientFrame.BodyOneofCase.Leave, Reply.ResultOneofCase.Refused) when reply.Refused.Code == RefusalCode.NotAMember =>
            Places.Leave(request.Room),
        (ClientFrame.BodyOneofCase.Join, Reply.ResultOneofCase.Joined)
            when request.Room.Length > 0 && reply.Joined.Position?.Room == request.Room => Places.Enter(reply.Joined.Position),
        (_, Reply.ResultOneofCase.Joined) => null,
        _ => Places,
    };

    private ClientStep OnEntered(RoomInfo info) => info.Position is { } position && Places.IsAwaited(position.Room)
        ? Move(Places.Enter(position), new ClientEffect.RoomEntered(info))
        : End(CloseReason.UnexpectedFrame, this);

    private ClientStep OnLeftRoom(RoomLeft left) => Places.IsKnown(left.Room)
        ? Move(Places.Leave(left.Room), new ClientEffect.LeftRoom(left))
        : End(CloseReason.UnexpectedFrame, this);

    /// <summary>Numbers rise; one that doesn't, or is of a room or log that isn't known, is the server's fault.</summary>
    private ClientStep Move(ClientSessionPositions? places, ClientEffect effect) => places is null
        ? End(CloseReason.UnexpectedFrame, this)
        : new ClientStep(this with { Places = places }, [effect]);

    private ClientStep OnLeave()
    {
        var (next, ended) = End(CloseReason.Left, this);
        return new ClientStep(next, [new ClientEffect.Send(new ClientFrame { Bye = new Bye() }), .. ended]);
    }

    private ClientStep Do(ClientEffect effect) => new(this, [effect]);

    private static ClientStep End(CloseReason reason, ClientSession session, string? sentence = null) => new(
        session with { Phase = ClientPhase.Closed, Open = ImmutableDictionary<ulong, Request>.Empty },
        [new ClientEffect.Ended(reason, sentence ?? CloseSentences.Of(reason), [.. session.Open.Values.Select(request => request.Tag)])]);

    /// <summary>A request as far as its answer needs it.</summary>
    private readonly record struct Request(long Tag, ClientFrame.BodyOneofCase Kind, string Room)
    {
        public static Request Of(ClientInput.Ask ask) => new(ask.Tag, ask.Frame.BodyCase, ask.Frame.BodyCase switch
        {
            ClientFrame.BodyOneofCase.Post => ask.Frame.Post.Room,
            ClientFrame.BodyOneofCase.Join => ask.Frame.Join.Room,
            ClientFrame.BodyOneofCase.Leave => ask.Frame.Leave.Room,
            _ => "",
        });
    }
}
