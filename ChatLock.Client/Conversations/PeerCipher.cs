using ChatLock.Client.Identity;
using ChatLock.Crypto.Sealing;
using ChatLock.Crypto.Signing;
using ChatLock.Crypto.Suites;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Wire;

namespace ChatLock.Client.Conversations;

/// <summary>What a peer's session key turned out to be.</summary>
internal enum MeetResult
{
    /// <summary>Its owner's word stands for it, and it is the newest that was told.</summary>
    Good,

    /// <summary>Its owner didn't sign it.</summary>
    Unsigned,

    /// <summary>Made before one that was told already: somebody passes an old one off as new.</summary>
    Older,
}

/// <summary>Private messages with one key: to its session key, from it to ours.</summary>
internal sealed class PeerCipher : ConversationCipher
{
    private readonly byte[] _peer;
    private IReadOnlyList<AgreementKey> _own = [];
    private AgreementPoint? _theirs;
    private long _theirsMadeUnixMs = long.MinValue;

    public PeerCipher(ClientIdentity identity, Fingerprint peer) : base(identity) => _peer = peer.ToBytes();

    protected override MessageKind Kind => MessageKind.Private;

    protected override ReadOnlyMemory<byte> TargetToSend => _peer;

    protected override ReadOnlyMemory<byte> TargetToReceive => Identity.Key.PublicKey.Fingerprint;

    /// <summary>A new session of ours: its key first, then the ones before.</summary>
    public void Enter(IReadOnlyList<AgreementKey> ownSessionKeys)
    {
        StartSession();
        _own = ownSessionKeys;
    }

    /// <summary>Takes the peer's session key if its identity key vouches for it and it is no older than the last one.</summary>
    /// <param name="member">As the server tells it; any bytes.</param>
    /// <param name="sameKey">Whether it is the one that was known already.</param>
    public MeetResult Meet(Member member, out bool sameKey)
    {
        var isGood = P256PublicKey.TryImport(member.IdentityKey.Span, out var identity)
            & AgreementPoint.TryImport(member.SessionKey.Span, out var theirs)
            && identity!.Fingerprint.Span.SequenceEqual(_peer)
            && identity.Verify(KeyProof.SessionKeyContext(member.SessionKeyMadeUnixMs, member.SessionKey.Span), member.SessionKeySignature.Span);
        sameKey = isGood && _theirs is { } known && known.Bytes.Span.SequenceEqual(theirs!.Bytes.Span);
        if (!isGood)
            return MeetResult.Unsigned;
        if (member.SessionKeyMadeUnixMs < _theirsMadeUnixMs)
            return MeetResult.Older;
        (_theirs, _theirsMadeUnixMs) = (theirs, member.SessionKeyMadeUnixMs);
        return MeetResult.Good;
    }

    protected override Suite SuiteToSend(uint wanted) =>
        SuiteList.TryGet(wanted, out var suite) ? suite : throw new InvalidOperationException($"There is no suite {wanted}.");

    protected override bool MayReceive(Suite suite) => true;

    protected override MessageTrace Encrypt(Suite suite, MessageHeader header, byte[] plaintext)
    {
        var theirs = _theirs ?? throw new InvalidOperationException("Nobody was met.");
        var message = suite.SealForPeer(theirs, Identity.Key, header, plaintext);
        return new MessageTrace.ToPeer(
            suite, new SealedEnvelope((uint)suite.Id, header, message), theirs, Identity.Key.PublicKey, plaintext);
    }

    /// <remarks>Older keys still open what was sent to them while we were away.</remarks>
    protected override (Opened Answer, MessageTrace Trace) Decrypt(Suite suite, P256PublicKey sender, SealedEnvelope message)
    {
        var used = _own[0];
        var opened = suite.OpenFromPeer(used, sender, message.Header, message.Message);
        for (var older = 1; older < _own.Count && opened.Failure == OpenFailure.CannotDecrypt; older++)
        {
            used = _own[older];
            opened = suite.OpenFromPeer(used, sender, message.Header, message.Message);
        }
        return (opened, new MessageTrace.FromPeer(suite, message, used, sender));
    }
}
