using System.Text;
using ChatLock.Protocol.Codes;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Names;
using ChatLock.Protocol.Wire;

namespace ChatLock.Protocol.Session;

/// <summary>From Hello to Welcome: a new session, or one that goes on; and changes of name, which are claims too.</summary>
public sealed partial record ServerSession
{
    /// <summary>What the last good Hello said of where its client stands.</summary>
    private Standing At { get; init; } = Standing.Nowhere;

    private bool Resumed { get; init; }

    private Step OnHello(ulong @ref, Hello hello)
    {
        if (@ref == 0 || hello.Suites.Count > SessionLimits.SuitesMax || Utf8Bytes(hello.Client) > SessionLimits.ClientNameMaxBytes
            || !Standing.TryRead(hello.Positions, Limits.PositionsMax, out var standing))
            return CloseWith(CloseReason.Malformed);
        return Limited(@ref, next => next.OnProof(@ref, hello, standing));
    }

    private Step OnProof(ulong @ref, Hello hello, Standing standing)
    {
        switch (KeyProof.Check(hello, Nonce.Span, ServerId.Span))
        {
            case ProofCheck.BadKey:
                return CloseWith(CloseReason.BadKey);
            case ProofCheck.BadProof:
                return CloseWith(CloseReason.BadProof);
        }

        var claiming = this with
        {
            Phase = SessionPhase.Claiming,
            Claiming = @ref,
            At = standing,
            You = new Member
            {
                IdentityKey = hello.IdentityKey,
                SessionKey = hello.SessionKey,
                SessionKeySignature = hello.SessionKeySignature,
                SessionKeyMadeUnixMs = hello.SessionKeyMadeUnixMs,
            },
        };
        return hello.ResumeToken.Length switch
        {
            0 when UserName.TryParse(hello.Name, out var name, out var problem) is var isName =>
                isName ? new Step(claiming, [new SessionEffect.Claim(name!)]) : Refuse(@ref, Refusals.NameInvalid(problem)),
            SessionLimits.ResumeTokenBytes => new Step(claiming, [new SessionEffect.Resume(hello.ResumeToken)]),
            _ => Refuse(@ref, Refusals.CannotResume),
        };
    }

    private Step OnRename(ulong @ref, Rename rename) => Limited(@ref, next =>
        next.Claiming is not null ? next.Refuse(@ref, Refusals.RenameUnderWay)
        : UserName.TryParse(rename.Name, out var name, out var problem)
            ? new Step(next with { Claiming = @ref }, [new SessionEffect.Claim(name)])
        : next.Refuse(@ref, Refusals.NameInvalid(problem)));

    private Step OnGranted(SessionInput.NameGranted granted)
    {
        if (Claiming is not { } @ref)
            return new Step(this, Nothing);

        var you = new Member(You) { Name = granted.Name.Text };
        if (Phase == SessionPhase.Claiming)
        {
            return new Step(
                this with { Phase = SessionPhase.Entering, You = you, Resumed = granted.Resumed },
                [new SessionEffect.Enter(you, At.Lobby, At.Mailbox)]);
        }

        var reply = new Reply { Ref = @ref, Renamed = Public(you) };
        return new Step(
            this with { You = you, Claiming = null },
            [new SessionEffect.Renamed(you), Sent(reply), SessionEffect.Credit.One]);
    }

    private Step OnNameRefused(Refused refusal)
    {
        if (Claiming is not { } @ref)
            return new Step(this, Nothing);

        var phase = Phase == SessionPhase.Claiming ? SessionPhase.AwaitHello : Phase;
        return (this with { Phase = phase, Claiming = null }).Refuse(@ref, refusal);
    }

    /// <summary>The lobby is full, or can't take anyone in at present: the client may try again on this connection.</summary>
    private Step OnNoPlace(Refused refusal)
    {
        var refused = (this with { Phase = SessionPhase.AwaitHello, Claiming = null }).Refuse(Claiming ?? 0, refusal);
        return refused with { Effects = [SessionEffect.Withdraw.One, .. refused.Effects] };
    }

    private Step OnEntered(SessionInput.Entered entered)
    {
        var welcome = new Welcome
        {
            Ref = Claiming ?? 0,
            You = Public(You),
            SessionId = Id,
            ResumeToken = entered.ResumeToken,
            Rooms = { entered.Lobby },
            Here = { entered.FirstPage.Members },
            More = entered.FirstPage.More,
            Resumed = Resumed,
            Mailbox = entered.Mailbox,
        };
        var ready = this with
        {
            Phase = SessionPhase.Ready,
            Claiming = null,
            Rooms = SessionRooms.Entered(At.Rooms),
            At = Standing.Nowhere,
        };
        return ready.BringBack([new SessionEffect.Greet(new ServerFrame { Welcome = welcome }), SessionEffect.Credit.One]);
    }

    private static int Utf8Bytes(string text) => Encoding.UTF8.GetByteCount(text);
}
