using System.Collections.Immutable;
using ChatLock.Protocol.Codes;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Wire;
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
    public ClientSession(string? name) => Name = name;

    /// <summary>Where the connection stands.</summary>
    public ClientPhase Phase { get; private init; } = ClientPhase.AwaitChallenge;

    /// <summary>The name wanted, then the name granted.</summary>
    public string? Name { get; private init; }

    /// <summary>What the server said first; <c>null</c> before that.</summary>
    public Challenge? Challenge { get; private init; }

    /// <summary>Requests without an answer yet: ref to tag.</summary>
    private ImmutableDictionary<ulong, long> Open { get; init; } = ImmutableDictionary<ulong, long>.Empty;

    /// <summary>The last number seen in each room.</summary>
    private ImmutableDictionary<string, ulong> Seen { get; init; } = ImmutableDictionary<string, ulong>.Empty;

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
        (ClientPhase.Ready, BodyOneofCase.Posted) => OnPosted(frame.Posted),
        (ClientPhase.Ready, BodyOneofCase.PrivateMessage) => Do(new ClientEffect.PrivateCame(frame.PrivateMessage)),
        (ClientPhase.Ready, BodyOneofCase.Presence) => Do(new ClientEffect.PresenceCame(frame.Presence)),
        (ClientPhase.Ready, BodyOneofCase.Gap) => Do(new ClientEffect.GapCame(frame.Gap)),
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
            [new ClientEffect.Prove(Challenge!, name, @ref)]);
    }

    private ClientStep OnWelcome(Welcome welcome)
    {
        var positions = welcome.Rooms.Where(room => room.Position is not null).Select(room => room.Position).ToArray();
        if (positions.DistinctBy(position => position.Room).Count() < positions.Length)
            return End(CloseReason.Malformed, this); // a room that stands at two numbers

        var seen = positions.ToImmutableDictionary(position => position.Room, position => position.Sequence);
        return new ClientStep(
            this with { Phase = ClientPhase.Ready, Name = welcome.You?.Name ?? Name, Seen = seen },
            [new ClientEffect.Entered(welcome)]);
    }

    private ClientStep OnHelloRefused(Reply reply) =>
        reply is { Ref: var @ref, Refused: { } refused } && @ref == LastRef
            ? new ClientStep(this with { Phase = ClientPhase.AwaitName, Name = null }, [new ClientEffect.NeedName(refused)])
            : End(CloseReason.UnexpectedFrame, this);

    private ClientStep OnAsk(ClientInput.Ask ask)
    {
        var @ref = LastRef + 1;
        var frame = new ClientFrame(ask.Frame) { Ref = @ref };
        return new ClientStep(
            this with { LastRef = @ref, Open = Open.Add(@ref, ask.Tag) },
            [new ClientEffect.Send(frame)]);
    }

    private ClientStep OnReply(Reply reply)
    {
        if (!Open.TryGetValue(reply.Ref, out var tag))
            return End(CloseReason.UnexpectedFrame, this);

        var next = this with { Open = Open.Remove(reply.Ref), Name = reply.Renamed?.Name ?? Name };
        return new ClientStep(next, [new ClientEffect.Answered(tag, reply)]);
    }

    /// <summary>A room's numbers rise; one that doesn't is a doubled or disordered delivery and the server's fault.</summary>
    private ClientStep OnPosted(Posted posted)
    {
        if (posted.Position is not { } position || position.Sequence <= Seen.GetValueOrDefault(position.Room))
            return End(CloseReason.UnexpectedFrame, this);

        return new ClientStep(
            this with { Seen = Seen.SetItem(position.Room, position.Sequence) },
            [new ClientEffect.Posted(posted)]);
    }

    private ClientStep OnLeave()
    {
        var (next, ended) = End(CloseReason.Left, this);
        return new ClientStep(next, [new ClientEffect.Send(new ClientFrame { Bye = new Bye() }), .. ended]);
    }

    private ClientStep Do(ClientEffect effect) => new(this, [effect]);

    private static ClientStep End(CloseReason reason, ClientSession session, string? sentence = null) => new(
        session with { Phase = ClientPhase.Closed, Open = ImmutableDictionary<ulong, long>.Empty },
        [new ClientEffect.Ended(reason, sentence ?? CloseSentences.Of(reason), [.. session.Open.Values])]);
}
