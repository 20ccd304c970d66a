using Akka.Actor;
using ChatLock.Client.Pins;
using ChatLock.Crypto.Suites;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Client.Identity;

/// <summary>Signs Hellos, and makes a session key at the start and whenever the last one is a day old.</summary>
internal sealed class IdentityActor : UntypedActor
{
    /// <summary>What the client calls itself.</summary>
    public const string Software = "ChatLock.Client 0.1";

    private readonly ClientIdentity _identity;
    private readonly TimeProvider _time;
    private bool _isDue;

    /// <param name="identity">Whose.</param>
    /// <param name="time">Whose milliseconds since 1970 are signed.</param>
    /// <param name="startsAnew">Whether this start makes a key of its own, however young the last one is.</param>
    public IdentityActor(ClientIdentity identity, TimeProvider time, bool startsAnew) =>
        (_identity, _time, _isDue) = (identity, time, startsAnew);

    private SessionKeyStore Store => _identity.SessionKeys;

    public static Props Props(ClientIdentity identity, TimeProvider time, bool startsAnew) =>
        Akka.Actor.Props.Create(() => new IdentityActor(identity, time, startsAnew));

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Prove prove:
                Sender.Tell(Answer(prove));
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private Proven Answer(Prove prove)
    {
        var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        if (_isDue || Store.Keys.IsDue(now))
            Renew(now);
        var key = Store.Keys.Current!;
        var renewIn = SessionKeys.RenewedAfter - TimeSpan.FromMilliseconds(Math.Max(0, now - key.MadeUnixMs));
        return new Proven(prove.Generation, Hello(prove, key), [.. Store.Keys.At(now).All.Select(kept => kept.Pair)], renewIn);
    }

    private void Renew(long now)
    {
        _isDue = false;
        if (Store.Renew(now) is { } problem)
            Context.Parent.Tell(new SaveFailed(problem));
    }

    private ClientFrame Hello(Prove prove, SessionKey sessionKey)
    {
        var point = sessionKey.Pair.Point.Span;
        var challenge = prove.Challenge;
        var context = KeyProof.HelloContext(challenge.Nonce.Span, challenge.ServerId.Span, point, prove.Name);
        var vouch = KeyProof.SessionKeyContext(sessionKey.MadeUnixMs, point);
        return new ClientFrame
        {
            Ref = prove.Ref,
            Hello = new Hello
            {
                IdentityKey = ByteString.CopyFrom(_identity.Key.PublicKey.Point.Span),
                Name = prove.Name,
                Signature = ByteString.CopyFrom(_identity.Key.Sign(context)),
                SessionKey = ByteString.CopyFrom(point),
                SessionKeyMadeUnixMs = sessionKey.MadeUnixMs,
                SessionKeySignature = ByteString.CopyFrom(_identity.Key.Sign(vouch)),
                Suites = { SuiteList.All.Select(suite => (uint)suite.Id) },
                Client = Software,
                ResumeToken = prove.Token,
                Positions = { prove.Positions },
            },
        };
    }
}
