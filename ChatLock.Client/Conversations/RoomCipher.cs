using System.Security.Cryptography;
using ChatLock.Client.Identity;
using ChatLock.Crypto.Signing;
using ChatLock.Crypto.Suites;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Rooms;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Client.Conversations;

/// <summary>How a room's key stands after it was told again.</summary>
internal enum RoomChange
{
    /// <summary>The first time, or all as it was.</summary>
    Same,

    /// <summary>Another secret or suite: what is encrypted already is of no use.</summary>
    Rekeyed,

    /// <summary>A suite that keeps nothing secret, where one that does was, or none was told yet: what was typed for that
    /// must not go out.</summary>
    Weaker,

    /// <summary>Nothing can be sent or read: an unknown suite, or no secret.</summary>
    Unusable,

    /// <summary>What is told contradicts the invite.</summary>
    Forged,
}

/// <summary>A room's messages: one suite from its birth, one secret shared by its members.</summary>
internal sealed class RoomCipher : ConversationCipher
{
    private readonly byte[] _target;
    private readonly InviteCode? _invite;
    private RoomSecret? _secret;
    private Suite? _suite;

    // The last ones that could be used, which what was typed since may be for.
    private RoomSecret? _hadSecret;
    private Suite? _hadSuite;

    /// <param name="identity">Who we are.</param>
    /// <param name="room">The room.</param>
    /// <param name="invite">What a sealed room's secret comes from, and what its suite and owner must be; <c>null</c>: the secret comes
    /// from the gateway.</param>
    public RoomCipher(ClientIdentity identity, RoomId room, InviteCode? invite) : base(identity) =>
        (_target, _invite) = (room.Target(), invite);

    protected override MessageKind Kind => MessageKind.Post;

    protected override ReadOnlyMemory<byte> TargetToSend => _target;

    protected override ReadOnlyMemory<byte> TargetToReceive => _target;

    /// <summary>A new session in the room as the server tells it.</summary>
    public RoomChange Enter(RoomInfo room)
    {
        StartSession();
        if (_invite is { } invite && (room.Suite != invite.Suite || Fingerprint.Of(room.OwnerKey.Span) != invite.Owner))
        {
            (_secret, _suite) = (null, null);
            return RoomChange.Forged;
        }
        var secret = _invite is null ? room.OpenSecret.Span : _invite.Secret;
        if (!SuiteList.TryGet(room.Suite, out _suite) || !RoomSecret.TryImport(secret, out _secret))
        {
            (_secret, _suite) = (null, null);
            return RoomChange.Unusable;
        }
        var (hadSecret, hadSuite) = (_hadSecret, _hadSuite);
        (_hadSecret, _hadSuite) = (_secret, _suite);
        if (_suite.Insecure && hadSuite is not { Insecure: true })
            return RoomChange.Weaker;
        return hadSecret is null || (_suite == hadSuite && IsSame(hadSecret, _secret)) ? RoomChange.Same : RoomChange.Rekeyed;
    }

    /// <summary>A topic, encrypted and signed like a post.</summary>
    public ByteString SealTopic(string text) => Seal(new Plaintext.Text(new MessageBody(text)), (uint)SuiteToSend(0).Id).Sealed.ToBytes();

    /// <summary>Reads the topic that an act carries. Any bytes are answered.</summary>
    /// <remarks>Read as often as the room is entered: that it is no old one is what the act's number and signature say.</remarks>
    public OpenResult OpenTopic(RoomAct act) => _suite is null
        ? new OpenResult.Gap(Unreadable.CannotDecrypt, Trace: null)
        : Open(new Member { IdentityKey = act.By }, act.Envelope, messageId: null);

    protected override Suite SuiteToSend(uint wanted) => _suite ?? throw NotEntered();

    protected override bool MayReceive(Suite suite) => suite == _suite;

    protected override MessageTrace Encrypt(Suite suite, MessageHeader header, byte[] plaintext)
    {
        var secret = _secret ?? throw NotEntered();
        var message = suite.SealForRoom(secret, Identity.Key, header, plaintext);
        return new MessageTrace.InRoom(
            suite, new SealedEnvelope((uint)suite.Id, header, message), secret, Identity.Key.PublicKey);
    }

    protected override (Opened Answer, MessageTrace Trace) Decrypt(Suite suite, P256PublicKey sender, SealedEnvelope message)
    {
        var secret = _secret ?? throw NotEntered();
        return (suite.OpenFromRoom(secret, sender, message.Header, message.Message),
            new MessageTrace.InRoom(suite, message, secret, sender));
    }

    private static bool IsSame(RoomSecret left, RoomSecret right) =>
        CryptographicOperations.FixedTimeEquals(left.Export(), right.Export());

    private static InvalidOperationException NotEntered() => new("The room wasn't entered.");
}
