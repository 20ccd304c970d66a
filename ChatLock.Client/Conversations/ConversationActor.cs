using Akka.Actor;
using ChatLock.Client.Connection;
using ChatLock.Client.Identity;
using ChatLock.Client.Rooms;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Rooms;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Client.Conversations;

/// <summary>A room, or the private messages with one key. Encryption, signing, verification and decryption happen here.</summary>
/// <remarks>Tells its parent every <see cref="ConversationEvent"/>, asks the connection to send. What goes out is in
/// ConversationActor.Outbox.cs, receipts are in ConversationActor.Receipts.cs, rooms' rules in ConversationActor.Law.cs.</remarks>
internal sealed partial class ConversationActor : UntypedActor, IWithTimers
{
    /// <summary>After our own reconnect, how long a receiver may take to be back too.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);

    private const long NoTag = 0;

    private readonly IActorRef _connection;
    private readonly ConversationCipher _cipher;
    private readonly ByteString _self;
    private readonly RoomId? _room;
    private readonly Fingerprint? _peer;
    private long _lastTag = NoTag;
    private long _session;

    public ConversationActor(IActorRef connection, ConversationCipher cipher, ClientIdentity identity, RoomId? room, Fingerprint? peer)
    {
        (_connection, _cipher, _room, _peer) = (connection, cipher, room, peer);
        _self = ByteString.CopyFrom(identity.Key.PublicKey.Point.Span);
        _key = identity.Key;
        _law = new RoomLaw(identity.Fingerprint, _self);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>The conversation of a room.</summary>
    /// <param name="connection">What sends.</param>
    /// <param name="identity">Who we are.</param>
    /// <param name="room">The room.</param>
    /// <param name="invite">A sealed room's.</param>
    public static Props Props(IActorRef connection, ClientIdentity identity, RoomId room, InviteCode? invite) =>
        Akka.Actor.Props.Create(() => new ConversationActor(connection, new RoomCipher(identity, room, invite), identity, room, null));

    /// <summary>The conversation with a key.</summary>
    public static Props Props(IActorRef connection, ClientIdentity identity, Fingerprint peer) =>
        Akka.Actor.Props.Create(() => new ConversationActor(connection, new PeerCipher(identity, peer), identity, null, peer));

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ConversationCommand.Say say:
                Feed(new OutboxInput.Say(say.Entry));
                break;
            case ConversationCommand.Came came:
                Open(came);
                break;
            case ConnectionAnswer answer:
                OnAnswer(answer);
                break;
            case ConversationCommand.ActCame came:
                OnActCame(came);
                break;
            case ConversationCommand.PresenceCame came:
                Handled(new ConversationEvent.PresenceChanged(came.Presence));
                break;
            case ConversationCommand.Missing missing:
                Feed(new LawInput.Missed());
                Handled(new ConversationEvent.Missed(missing.Gap));
                break;
            case ConversationCommand.Enter enter when _cipher is RoomCipher room:
                EnterRoom(room, enter);
                break;
            case ConversationCommand.Online online when _cipher is PeerCipher peer:
                MeetAgain(peer, online);
                break;
            case ConversationCommand.Offline:
                GoOffline();
                break;
            case ConversationCommand.Moderate moderate:
                Feed(new LawInput.Wish(moderate.Wish));
                break;
            case ConversationCommand.ActOverdue:
                Feed(new LawInput.Overdue());
                break;
            case ConversationCommand.PeerStale stale:
                PeerIsStale(stale.IsHere);
                break;
            case ConversationCommand.Show show:
                Feed(new ReceiptInput.Show(show.Id, show.Suite));
                break;
            case ConversationCommand.Rested:
                Feed(new ReceiptInput.Rested());
                break;
            case ConversationCommand.Resume:
                Feed(new OutboxInput.Resume());
                break;
            case ConversationCommand.GraceOver:
                Feed(new OutboxInput.GraceOver());
                break;
            case ConversationCommand.Close close:
                Close(close);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void MeetAgain(PeerCipher peer, ConversationCommand.Online online)
    {
        _session = online.Session;
        peer.Enter(online.SessionKeys);
        Feed(new OutboxInput.Online(online.IsAgain));
        Feed(new ReceiptInput.Online());
        if (online.IsAgain)
            Timers.StartSingleTimer(nameof(Grace), ConversationCommand.GraceOver.One, Grace);
    }

    private void GoOffline()
    {
        _asked.Clear();
        Timers.CancelAll();
        (_lookUp, _turn, _receiptLookUp, _receipt, _act) = (NoTag, NoTag, NoTag, NoTag, NoTag);
        Feed(new OutboxInput.Offline());
        Feed(new ReceiptInput.Offline());
        Feed(new LawInput.Offline());
    }

    private void Close(ConversationCommand.Close close)
    {
        Feed(new OutboxInput.Close(close.Sentence));
        Feed(new LawInput.Close(close.Sentence ?? "The connection ended before it was done."));
        Context.Parent.Tell(new ConversationEvent.Closed());
    }

    private void Open(ConversationCommand.Came came)
    {
        var mail = _room is null ? came.At : null;
        if (_room is not null && came.From.IdentityKey == _self)
        {
            Context.Parent.Tell(new ConversationEvent.Handled(mail)); // our own, which we know better
            return;
        }
        var result = _cipher.Open(came.From, came.Bytes.Envelope, came.Bytes.MessageId);
        if (result is OpenResult.Receipt receipt)
            OnReceipt(receipt.Ids);
        else
            Context.Parent.Tell(new ConversationEvent.Opened(
                came.From, came.Bytes.MessageId, Judged(result, came), WireTime.Of(came.TimeUnixMs), came.At));
        Context.Parent.Tell(new ConversationEvent.Handled(mail));
    }

    private void OnAnswer(ConnectionAnswer answer)
    {
        switch (answer)
        {
            case var _ when TryTakeReceiptAnswer(answer) || TryTakeActAnswer(answer):
                break;
            default:
                OnOutboxAnswer(answer);
                break;
                // Whatever has no answer waits for the next session: Offline is on its way.
        }
    }

    private static void Handled(ConversationEvent about)
    {
        Context.Parent.Tell(about);
        Context.Parent.Tell(new ConversationEvent.Handled(Mail: null));
    }

    private long Ask(ClientFrame frame)
    {
        _connection.Tell(new ConnectionCommand.Ask(++_lastTag, frame, _session));
        return _lastTag;
    }
}
