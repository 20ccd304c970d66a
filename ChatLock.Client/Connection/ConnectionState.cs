using ChatLock.Protocol.Wire;

namespace ChatLock.Client.Connection;

/// <summary>When to connect, when to wait and how long, and when silence means that nobody is there any more.</summary>
/// <remarks>A value: no clock, no socket, no randomness of its own.</remarks>
internal sealed record ConnectionState(ServerAddress Server, Backoff Backoff)
{
    /// <summary>From the first byte out to the server's first word, and from there to the lobby.</summary>
    public static readonly TimeSpan OpenTimeout = TimeSpan.FromSeconds(10);

    /// <summary>How long a goodbye may take.</summary>
    public static readonly TimeSpan LeaveTimeout = TimeSpan.FromSeconds(2);

    private const long SilenceLeastMs = 1_000;
    private const long SilenceMostMs = 10 * 60_000;
    private static readonly LinkEffect[] Nothing = [];

    public LinkPhase Phase { get; private init; }

    /// <summary>Whether the lobby was ever reached: before that, failing once is failing.</summary>
    public bool WasOnline { get; private init; }

    private int Failures { get; init; }

    private long SinceMs { get; init; }

    private long HeardMs { get; init; }

    private bool Pinged { get; init; }

    private long PingAfterMs { get; init; }

    private long SilenceMs { get; init; }

    /// <summary>When a new session key must be told to the server: only a Hello does.</summary>
    private long RenewAtMs { get; init; }

    public (ConnectionState Next, IReadOnlyList<LinkEffect> Effects) On(LinkInput input) => (Phase, input) switch
    {
        (LinkPhase.Stopped, _) => (this, Nothing),
        (LinkPhase.Leaving, LinkInput.Ended or LinkInput.Failed) => Stop(StopKind.Left, "You left.", drop: true),
        (LinkPhase.Leaving, LinkInput.Tick tick) => IsOver(tick.NowMs, LeaveTimeout)
            ? Stop(StopKind.Left, "You left.", drop: true)
            : (this, Nothing),
        (LinkPhase.Leaving, _) => (this, Nothing),
        (_, LinkInput.Leave leave) => OnLeave(leave.NowMs),
        (_, LinkInput.NotTrusted no) => Stop(StopKind.NotTrusted, no.Sentence, drop: true),
        (LinkPhase.Idle or LinkPhase.Waiting, LinkInput.Connect connect) => Open(connect.NowMs),
        (LinkPhase.Waiting, LinkInput.RetryDue due) => Open(due.NowMs),
        (LinkPhase.Parked, LinkInput.NameChosen chosen) => Open(chosen.NowMs),
        (LinkPhase.Naming, LinkInput.NameChosen chosen) =>
            (this with { Phase = LinkPhase.Entering, SinceMs = chosen.NowMs, HeardMs = chosen.NowMs }, Nothing),
        (LinkPhase.Opening, LinkInput.Opened opened) =>
            (this with { Phase = LinkPhase.Entering, SinceMs = opened.NowMs, HeardMs = opened.NowMs }, Nothing),
        (LinkPhase.Opening, LinkInput.Failed failed) =>
            Retry(WasOnline ? failed.Sentence : $"{failed.Sentence} {failed.Advice}".TrimEnd(), failed.Random),
        (_, LinkInput.Heard heard) => (this with { HeardMs = heard.NowMs, Pinged = false }, Nothing),
        (LinkPhase.Entering, LinkInput.NameMissing) => (this with { Phase = LinkPhase.Naming }, Nothing),
        (LinkPhase.Entering, LinkInput.Entered entered) => OnEntered(entered),
        (LinkPhase.Naming, LinkInput.Ended) => (this with { Phase = LinkPhase.Parked }, [new LinkEffect.Drop()]),
        (LinkPhase.Entering or LinkPhase.Online, LinkInput.Ended ended) => OnEnded(ended),
        (_, LinkInput.Tick tick) => OnTick(tick.NowMs),
        _ => (this, Nothing),
    };

    private (ConnectionState, IReadOnlyList<LinkEffect>) Open(long nowMs) => (
        this with { Phase = LinkPhase.Opening, SinceMs = nowMs },
        [new LinkEffect.Report(new ConnectionStatus.Connecting(Server, WasOnline)), new LinkEffect.Open()]);

    private (ConnectionState, IReadOnlyList<LinkEffect>) OnEntered(LinkInput.Entered entered) => (
        this with
        {
            Phase = LinkPhase.Online,
            WasOnline = true,
            Failures = 0,
            HeardMs = entered.NowMs,
            Pinged = false,
            PingAfterMs = Math.Clamp(entered.Limits.PingAfterMs, SilenceLeastMs / 2, SilenceMostMs / 2),
            SilenceMs = Math.Clamp(entered.Limits.SilenceTimeoutMs, SilenceLeastMs, SilenceMostMs),
            RenewAtMs = entered.NowMs + Math.Max(SilenceLeastMs, (long)entered.RenewIn.TotalMilliseconds),
        },
        [new LinkEffect.Report(new ConnectionStatus.Online(Server, entered.Name, entered.PeopleOnline))]);

    private (ConnectionState, IReadOnlyList<LinkEffect>) OnEnded(LinkInput.Ended ended) => ended.Reason switch
    {
        CloseReason.TakenOver or CloseReason.BadProof or CloseReason.BadKey =>
            Stop(StopKind.Refused, ended.Sentence, drop: true),
        CloseReason.ConnectionLost when WasOnline => Retry("Connection lost.", ended.Random),
        CloseReason.ConnectionLost => Retry(
            $"What answers at {Server} ended the connection at once. Is it a ChatLock gateway, and is the port right?", ended.Random),
        _ => Retry(ended.Sentence, ended.Random),
    };

    private (ConnectionState, IReadOnlyList<LinkEffect>) Retry(string why, double random)
    {
        if (!WasOnline)
            return Stop(StopKind.CannotConnect, why, drop: true);

        var failures = Failures + 1;
        var delay = Backoff.Delay(failures, random);
        return (
            this with { Phase = LinkPhase.Waiting, Failures = failures },
            [
                new LinkEffect.Drop(),
                // Before it is said: whoever hears of the wait may count on it.
                new LinkEffect.RetryIn(delay),
                new LinkEffect.Report(new ConnectionStatus.Waiting(why, delay)),
            ]);
    }

    /// <remarks>At once and without a word: the session is resumed, and nobody notices.</remarks>
    private (ConnectionState, IReadOnlyList<LinkEffect>) Renew(long nowMs) =>
        (this with { Phase = LinkPhase.Opening, SinceMs = nowMs }, [new LinkEffect.Drop(), new LinkEffect.Open()]);

    /// <remarks>Jitter has no say here: whoever heard nothing for a minute has waited enough.</remarks>
    private (ConnectionState, IReadOnlyList<LinkEffect>) OnTick(long nowMs) => Phase switch
    {
        LinkPhase.Opening when IsOver(nowMs, OpenTimeout) => Retry($"{Server} doesn't answer.", random: 1),
        LinkPhase.Entering when IsOver(nowMs, OpenTimeout) =>
            Retry($"What answers at {Server} doesn't behave like a ChatLock gateway.", random: 1),
        LinkPhase.Online when nowMs >= RenewAtMs => Renew(nowMs),
        LinkPhase.Online when nowMs - HeardMs >= SilenceMs => Retry("Connection lost.", random: 0),
        LinkPhase.Online when !Pinged && nowMs - HeardMs >= PingAfterMs =>
            (this with { Pinged = true }, [new LinkEffect.Ping()]),
        _ => (this, Nothing),
    };

    private (ConnectionState, IReadOnlyList<LinkEffect>) OnLeave(long nowMs) =>
        Phase is LinkPhase.Online or LinkPhase.Entering or LinkPhase.Naming
            ? (this with { Phase = LinkPhase.Leaving, SinceMs = nowMs }, [new LinkEffect.SayBye()])
            : Stop(StopKind.Left, "You left.", drop: true);

    private (ConnectionState, IReadOnlyList<LinkEffect>) Stop(StopKind kind, string why, bool drop = false)
    {
        var report = new LinkEffect.Report(new ConnectionStatus.Stopped(kind, why));
        return (this with { Phase = LinkPhase.Stopped }, drop ? [new LinkEffect.Drop(), report] : [report]);
    }

    private bool IsOver(long nowMs, TimeSpan timeout) => nowMs - SinceMs >= timeout.TotalMilliseconds;
}
