using Akka.Actor;
using ChatLock.Crypto.Sealing;
using ChatLock.Crypto.Suites;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Client.Identity;

/// <summary>Signs Hellos and makes the keys of each session.</summary>
internal sealed class IdentityActor : UntypedActor
{
    /// <summary>What the client calls itself.</summary>
    public const string Software = "ChatLock.Client 0.1";

    private readonly ClientIdentity _identity;
    private ProvenSession? _last;

    public IdentityActor(ClientIdentity identity) => _identity = identity;

    public static Props Props(ClientIdentity identity) => Akka.Actor.Props.Create(() => new IdentityActor(identity));

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

    /// <remarks>Asking again on the same connection, after a refused name, is still the same session.</remarks>
    private Proven Answer(Prove prove)
    {
        if (_last is null || _last.Generation != prove.Generation)
            _last = new ProvenSession(prove.Generation, AgreementKey.Generate(), _last?.Key);
        return new Proven(prove.Generation, Hello(prove, _last.Key), _last.Keys);
    }

    private ClientFrame Hello(Prove prove, AgreementKey sessionKey)
    {
        var point = sessionKey.Point.Span;
        var challenge = prove.Challenge;
        var context = KeyProof.HelloContext(challenge.Nonce.Span, challenge.ServerId.Span, point, prove.Name);
        return new ClientFrame
        {
            Ref = prove.Ref,
            Hello = new Hello
            {
                IdentityKey = ByteString.CopyFrom(_identity.Key.PublicKey.Point.Span),
                Name = prove.Name,
                Signature = ByteString.CopyFrom(_identity.Key.Sign(context)),
                SessionKey = ByteString.CopyFrom(point),
                SessionKeySignature = ByteString.CopyFrom(_identity.Key.Sign(KeyProof.SessionKeyContext(0, point))),
                Suites = { SuiteList.All.Select(suite => (uint)suite.Id) },
                Client = Software,
            },
        };
    }

    /// <summary>One session key back is kept: for what was sealed to it just before the connection was lost.</summary>
    private sealed record ProvenSession(int Generation, AgreementKey Key, AgreementKey? Before)
    {
        public IReadOnlyList<AgreementKey> Keys => Before is null ? [Key] : [Key, Before];
    }
}
