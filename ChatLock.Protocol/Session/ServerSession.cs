using ChatLock.Protocol.Codes;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Names;
using ChatLock.Protocol.Wire;
using Google.Protobuf;
using static ChatLock.Protocol.Wire.ClientFrame;

namespace ChatLock.Protocol.Session;

/// <summary>The next state of a session and what is to be done now, in this order.</summary>
public readonly record struct Step(ServerSession Next, IReadOnlyList<SessionEffect> Effects);

/// <summary>One connection as the server sees it: which frame is allowed when, and what follows from it.</summary>
/// <remarks>
/// A value: no clock, no socket, no randomness of its own. docs/PROTOCOL.md section 3 is this table in prose.
/// Every <see cref="SessionInput.Received"/> is followed, at once or with its answer, by exactly one
/// <see cref="SessionEffect.Credit"/>, unless the session closes. From Hello to Welcome is ServerSessionHello.cs, rooms
/// are ServerSessionRooms.cs.
/// </remarks>
public sealed partial record ServerSession
{
    /// <summary>The protocol version spoken here.</summary>
    public const uint Version = 1;

    private static readonly SessionEffect[] Nothing = [];
    private static readonly SessionEffect[] OnlyCredit = [SessionEffect.Credit.One];

    /// <summary>Where the connection stands.</summary>
    public SessionPhase Phase { get; private init; } = SessionPhase.AwaitHello;

    /// <summary>This session's number, 16 bytes, known to its client only.</summary>
    public required ByteString Id { get; init; }

    /// <summary>What this connection's Hello must sign, 32 bytes.</summary>
    public required ByteString Nonce { get; init; }

    /// <summary>What names the server in the Hello's signature, 32 bytes.</summary>
    public required ByteString ServerId { get; init; }

    /// <summary>The bounds it lives under.</summary>
    public required SessionLimits Limits { get; init; }

    /// <summary>Who it is, from a good Hello on; the name is empty until one is granted.</summary>
    public Member You { get; private init; } = new();

    /// <summary>The request that wants a name, or a session to go on.</summary>
    private ulong? Claiming { get; init; }

    private long OpenedMs { get; init; }

    private long HeardMs { get; init; }

    private ulong PingsSent { get; init; }

    private bool PingUnanswered { get; init; }

    private TokenBucket Messages { get; init; }

    private TokenBucket Requests { get; init; }

    private SessionRooms Rooms { get; init; } = SessionRooms.None;

    /// <summary>A connection was accepted: its state, and the Challenge to send.</summary>
    /// <param name="id">16 random bytes.</param>
    /// <param name="nonce">32 random bytes, used for this connection only.</param>
    /// <param name="serverId">32 bytes.</param>
    /// <param name="limits">The bounds to live under.</param>
    /// <param name="software">What the server calls itself.</param>
    /// <param name="nowMs">Now, in milliseconds of the monotonic clock that all inputs use.</param>
    public static Step Open(
        ByteString id, ByteString nonce, ByteString serverId, SessionLimits limits, string software, long nowMs)
    {
        var session = new ServerSession
        {
            Id = id,
            Nonce = nonce,
            ServerId = serverId,
            Limits = limits,
            OpenedMs = nowMs,
            HeardMs = nowMs,
            Messages = TokenBucket.Full(limits.PostsBurst, nowMs),
            Requests = TokenBucket.Full(limits.PostsBurst, nowMs),
        };
        var challenge = new Challenge
        {
            Nonce = nonce,
            ServerId = serverId,
            Versions = { Version },
            Limits = limits.ToWire(UserName.MaxCharacters),
            Server = software,
        };
        return new Step(session, [new SessionEffect.Send(new ServerFrame { Challenge = challenge })]);
    }

    /// <summary>What follows from <paramref name="input"/>.</summary>
    public Step On(SessionInput input) => (Phase, input) switch
    {
        (SessionPhase.Closed, _) => new Step(this, Nothing),
        (_, SessionInput.Received received) => (this with { HeardMs = received.NowMs, PingUnanswered = false }).OnFrame(received.Frame),
        (_, SessionInput.Tick tick) => OnTick(tick.NowMs, tick.PartialSinceMs),
        (_, SessionInput.Ended ended) => CloseWith(ended.Reason),
        (SessionPhase.Claiming or SessionPhase.Ready, SessionInput.NameGranted granted) => OnGranted(granted),
        (SessionPhase.Claiming or SessionPhase.Ready, SessionInput.NameRefused no) => OnNameRefused(no.Refusal),
        (SessionPhase.Entering, SessionInput.Entered entered) => OnEntered(entered),
        (SessionPhase.Entering, SessionInput.NotAdmitted no) => OnNoPlace(no.Refusal),
        (SessionPhase.Ready, SessionInput.Admitted admitted) => OnAdmitted(admitted),
        (SessionPhase.Ready, SessionInput.NotAdmitted no) => OnNotAdmitted(no),
        (SessionPhase.Ready, SessionInput.Expelled expelled) => new Step(this with { Rooms = Rooms.Expelled(expelled.Room) }, Nothing),
        (SessionPhase.Ready, SessionInput.Answered answered) => Answer(answered.Reply),
        _ => new Step(this, Nothing),
    };

    private Step OnFrame(ClientFrame frame) => (Phase, frame.BodyCase) switch
    {
        (_, BodyOneofCase.Bye) => CloseWith(CloseReason.Left),
        (SessionPhase.Ready, BodyOneofCase.Pong) => Done(),
        (SessionPhase.Ready, BodyOneofCase.None) when frame.Ref == 0 => Done(), // from a newer client, and not a request
        (SessionPhase.Ready, not BodyOneofCase.Hello) when frame.Ref == 0 => CloseWith(CloseReason.Malformed),
        (SessionPhase.AwaitHello, BodyOneofCase.Hello) => OnHello(frame.Ref, frame.Hello),
        (SessionPhase.Ready, BodyOneofCase.Post) => OnPost(frame.Ref, frame.Post),
        (SessionPhase.Ready, BodyOneofCase.Private) => OnPrivate(frame.Ref, frame.Private),
        (SessionPhase.Ready, BodyOneofCase.Rename) => OnRename(frame.Ref, frame.Rename),
        (SessionPhase.Ready, BodyOneofCase.Who) => OnWho(frame.Ref, frame.Who),
        (SessionPhase.Ready, BodyOneofCase.Join) => Limited(frame.Ref, next => next.OnJoin(frame.Ref, frame.Join)),
        (SessionPhase.Ready, BodyOneofCase.Leave) => Limited(frame.Ref, next => next.OnLeave(frame.Ref, frame.Leave.Room)),
        (SessionPhase.Ready, BodyOneofCase.Moderate) => Limited(frame.Ref, next => next.OnModerate(frame.Ref, frame.Moderate)),
        (SessionPhase.Ready, BodyOneofCase.List) =>
            Limited(frame.Ref, next => new Step(next, [new SessionEffect.AskRooms(frame.Ref, frame.List.After)])),
        (SessionPhase.Ready, BodyOneofCase.Ack) => Limited(frame.Ref, next => next.OnAck(frame.Ref, frame.Ack)),
        (SessionPhase.Ready, BodyOneofCase.Ping) => Limited(frame.Ref, next => next.Accept(frame.Ref)),
        (SessionPhase.Ready, BodyOneofCase.None) => Limited(frame.Ref, next => next.Refuse(frame.Ref, Refusals.UnknownRequest)),
        _ => CloseWith(CloseReason.UnexpectedFrame),
    };

    private Step OnPost(ulong @ref, Post post) =>
        RateLimited(@ref, out var next) is { } slower ? slower
        : MessageProblem(post.MessageId, post.Envelope) is { } no ? next.Refuse(@ref, no)
        : Rooms.Where(post.Room) is { } room ? new Step(next, [new SessionEffect.PassPost(@ref, room, post)])
        : next.Refuse(@ref, NotIn(post.Room));

    private Step OnPrivate(ulong @ref, Private message) =>
        RateLimited(@ref, out var next) is { } slower ? slower
        : MessageProblem(message.MessageId, message.Envelope) is { } no ? next.Refuse(@ref, no)
        : message.Recipient.Length != Fingerprint.Bytes
            ? next.Refuse(@ref, Refusals.RecipientLength)
        : new Step(next, [new SessionEffect.PassPrivate(@ref, message)]);

    private Refused? MessageProblem(ByteString messageId, ByteString envelope) =>
        messageId.Length != SessionLimits.MessageIdBytes
            ? Refusals.MessageIdLength
        : envelope.Length == 0
            ? Refusals.NoEnvelope
        : envelope.Length > Limits.EnvelopeMaxBytes
            ? Refusals.TooLarge(Limits.TextMaxBytes)
        : null;

    private Step? RateLimited(ulong @ref, out ServerSession next)
    {
        var taken = Messages.TryTake(Limits.PostsPerSecond, Limits.PostsBurst, HeardMs, out var left, out var retryAfterMs);
        next = this with { Messages = left };
        return taken
            ? null
            : next.Refuse(@ref, Refusals.TooFast(Limits.PostsPerSecond, retryAfterMs));
    }

    private Step OnWho(ulong @ref, Who who) => Limited(@ref, next =>
        !IsOneQuestion(who) ? next.Refuse(@ref, Refusals.WhoQuestion)
        : who.Room.Length == 0 ? new Step(next, [new SessionEffect.AskWho(@ref, who)])
        : Rooms.Where(who.Room) is { } room ? new Step(next, [new SessionEffect.AskMembers(@ref, room, who.After)])
        : next.Refuse(@ref, NotIn(who.Room)));

    private static bool IsOneQuestion(Who who)
    {
        var questions = (who.Name.Length > 0 ? 1 : 0) + (who.Fingerprint.Length > 0 ? 1 : 0) + (who.After.Length > 0 ? 1 : 0);
        var asksForOne = who.Name.Length > 0 || who.Fingerprint.Length > 0;
        return questions <= 1 && who.Fingerprint.Length is (0 or Fingerprint.Bytes) && !(asksForOne && who.Room.Length > 0);
    }

    /// <summary>Taken at once: an acknowledgement that gets lost costs a message that comes again and is known.</summary>
    private Step OnAck(ulong @ref, Ack ack)
    {
        var accepted = Accept(@ref);
        return ack.Positions.LastOrDefault(position => position.Room.Length == 0) is { } mailbox
            ? accepted with { Effects = [new SessionEffect.Acknowledge(mailbox), .. accepted.Effects] }
            : accepted;
    }

    private Step OnTick(long nowMs, long? partialSinceMs)
    {
        if (Phase != SessionPhase.Ready && nowMs - OpenedMs > Limits.HelloTimeout.TotalMilliseconds)
            return CloseWith(CloseReason.HelloTimeout);
        if (partialSinceMs is { } since && nowMs - since > Limits.FrameTimeout.TotalMilliseconds)
            return CloseWith(CloseReason.FrameTimeout);

        if (Phase != SessionPhase.Ready)
            return new Step(this, Nothing); // whoever thinks of a name may be silent for as long as Hello may take

        var silentMs = nowMs - HeardMs;
        if (silentMs > Limits.SilenceTimeout.TotalMilliseconds)
            return CloseWith(CloseReason.Silent);
        if (PingUnanswered || silentMs <= Limits.PingAfter.TotalMilliseconds)
            return new Step(this, Nothing);

        var nonce = PingsSent + 1;
        return new Step(
            this with { PingsSent = nonce, PingUnanswered = true },
            [new SessionEffect.Send(new ServerFrame { Ping = new Ping { Nonce = nonce } })]);
    }

    private Step Limited(ulong @ref, Func<ServerSession, Step> allowed)
    {
        var taken = Requests.TryTake(Limits.PostsPerSecond, Limits.PostsBurst, HeardMs, out var left, out var retryAfterMs);
        var next = this with { Requests = left };
        return taken
            ? allowed(next)
            : next.Refuse(@ref, Refusals.TooFast(Limits.PostsPerSecond, retryAfterMs));
    }

    private Step CloseWith(CloseReason reason) => new(
        this with { Phase = SessionPhase.Closed }, [new SessionEffect.Close(reason, Limits.Resumes && Outlives(reason))]);

    /// <summary>A session outlives its connection unless it was ended by its client: by a goodbye, or by breaking a rule.</summary>
    /// <remarks>A frame that isn't finished in time is what a network that fell silent looks like.</remarks>
    private static bool Outlives(CloseReason reason) => reason
        is CloseReason.ConnectionLost or CloseReason.Silent or CloseReason.FrameTimeout or CloseReason.TooSlow
        or CloseReason.ServerStopping or CloseReason.Moving or CloseReason.TakenOver or CloseReason.InternalError;

    private Step Accept(ulong @ref) => Answer(new Reply { Ref = @ref, Accepted = new Accepted() });

    private Step Refuse(ulong @ref, Refused refusal) => Answer(new Reply { Ref = @ref, Refused = refusal });

    private Step Answer(Reply reply) => new(this, [Sent(reply), SessionEffect.Credit.One]);

    private Step Done() => new(this, OnlyCredit);

    private static SessionEffect.Send Sent(Reply reply) => new(new ServerFrame { Reply = reply });

    /// <summary>What others see of a member: name and identity key.</summary>
    public static Member Public(Member member) => new() { Name = member.Name, IdentityKey = member.IdentityKey };
}
