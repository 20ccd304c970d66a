using Akka.Actor;
using ChatLock.Client.Connection;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Names;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Client.Conversations;

/// <summary>The lobby, or the private messages with one key. Encryption, signing, verification and decryption happen here.</summary>
/// <remarks>Tells its parent every <see cref="ConversationEvent"/>, asks the connection to send. Receipts are in
/// ConversationActor.Receipts.cs.</remarks>
internal sealed partial class ConversationActor : UntypedActor, IWithTimers
{
    /// <summary>After our own reconnect, how long a receiver may take to be back too.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);

    private const long NoTag = 0;

    /// <summary>Our own queue's refusal, which passes like the server's.</summary>
    private static readonly Reply QueueFull = new()
    {
        Refused = new Refused
        {
            Code = RefusalCode.TooFast,
            Sentence = "Too much waits to be sent already.",
            RetryAfterMs = 1_000,
        },
    };

    private readonly IActorRef _connection;
    private readonly ConversationCipher _cipher;
    private readonly Fingerprint? _peer;
    private readonly Dictionary<long, ByteString> _asked = [];
    private ConversationState _state = new();
    private RoomChange _room;
    private long _lastTag = NoTag;
    private long _lookUp;

    public ConversationActor(IActorRef connection, ConversationCipher cipher, Fingerprint? peer) =>
        (_connection, _cipher, _peer) = (connection, cipher, peer);

    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>The conversation of a room.</summary>
    public static Props Props(IActorRef connection, RoomCipher cipher) =>
        Akka.Actor.Props.Create(() => new ConversationActor(connection, cipher, null));

    /// <summary>The conversation with a key.</summary>
    public static Props Props(IActorRef connection, PeerCipher cipher, Fingerprint peer) =>
        Akka.Actor.Props.Create(() => new ConversationActor(connection, cipher, peer));

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
            case ConversationCommand.Online online:
                Enter(online);
                break;
            case ConversationCommand.Offline:
                _asked.Clear();
                Timers.CancelAll();
                (_receipts, _turn, _receiptLookUp, _receipt) = (new ReceiptState(), NoTag, NoTag, NoTag);
                Feed(new OutboxInput.Offline());
                break;
            case ConversationCommand.PeerStale:
                PeerIsStale();
                break;
            case ConversationCommand.Show show:
                Feed(new ReceiptInput.Show(show.Id, show.Suite));
                break;
            case ConversationCommand.Rested:
                Feed(new ReceiptInput.Rested());
                break;
            case ConversationCommand.Close:
                Feed(new OutboxInput.Close());
                Context.Parent.Tell(new ConversationEvent.Closed());
                break;
            case ConversationCommand.Resume:
                Feed(new OutboxInput.Resume());
                break;
            case ConversationCommand.GraceOver:
                Feed(new OutboxInput.GraceOver());
                break;
            case ConnectionAnswer answer:
                OnAnswer(answer);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Enter(ConversationCommand.Online online)
    {
        switch (_cipher)
        {
            case RoomCipher room when online.Lobby is { } lobby:
                EnterRoom(room, lobby);
                break;
            case PeerCipher peer:
                peer.Enter(online.SessionKeys);
                Feed(new OutboxInput.Online(online.IsAgain));
                if (online.IsAgain)
                    Timers.StartSingleTimer(nameof(Grace), ConversationCommand.GraceOver.One, Grace);
                break;
        }
    }

    private void EnterRoom(RoomCipher room, RoomInfo lobby)
    {
        _room = room.Enter(lobby);
        if (_room == RoomChange.Weaker)
            Feed(new OutboxInput.FailAll("The lobby's suite is weaker than when this was typed; say it again if you still want to."));
        Feed(new OutboxInput.Online(IsAgain: false));
        Context.Parent.Tell(new ConversationEvent.LobbyEntered(_room, lobby.Suite));
    }

    /// <summary>A peer's session key comes from the server; a room's secret is there, or it isn't.</summary>
    private void LookUp()
    {
        if (_peer is { } peer)
            _lookUp = Ask(WhoIs(peer));
        else if (_room == RoomChange.Unusable)
            Feed(new OutboxInput.NotFound("This version can't encrypt for the lobby as it is now."));
        else
            Feed(new OutboxInput.Found(SameKey: _room == RoomChange.Same));
    }

    private void Open(ConversationCommand.Came came)
    {
        var result = _cipher.Open(came.From, came.Bytes.Envelope, came.Bytes.MessageId);
        if (result is OpenResult.Receipt receipt)
            OnReceipt(receipt.Ids);
        else
            Context.Parent.Tell(new ConversationEvent.Opened(came.From, came.Bytes.MessageId, result, came.Time, came.Sequence));
        Context.Parent.Tell(ConnectionCommand.FrameDone.One);
    }

    private void OnAnswer(ConnectionAnswer answer)
    {
        switch (answer)
        {
            case var _ when TryTakeReceiptAnswer(answer):
                break;
            case ConnectionAnswer.Replied replied when replied.Tag == _lookUp:
                if (!TryMeet(replied.Reply, out var problem))
                {
                    Feed(new OutboxInput.NotFound(problem));
                    Feed(new ReceiptInput.Gone());
                }
                break;
            case ConnectionAnswer.Replied replied when _asked.Remove(replied.Tag, out var id):
                Feed(new OutboxInput.Replied(id, replied.Reply));
                break;
            case ConnectionAnswer.QueueFull full when full.Tag == _lookUp:
                Feed(new OutboxInput.NotFound("Too much waits to be sent already; try again when some has gone."));
                Feed(new ReceiptInput.Gone());
                break;
            case ConnectionAnswer.QueueFull full when _asked.Remove(full.Tag, out var id):
                Feed(new OutboxInput.Replied(id, QueueFull));
                break;
                // Whatever has no answer waits for the next session: Offline is on its way.
        }
    }

    private bool TryMeet(Reply reply, out string problem)
    {
        if (reply.Roster is { Members: [var member, ..] } && _cipher is PeerCipher peer && peer.TryMeet(member, out var sameKey))
        {
            problem = "";
            Feed(new OutboxInput.Found(sameKey));
            Feed(new ReceiptInput.Met());
            return true;
        }
        problem = reply.Roster is not null
            ? "The server gave a key that its owner didn't sign; nothing was sent."
            : reply.Refused?.Sentence ?? "The receiver isn't here.";
        return false;
    }

    private void Feed(OutboxInput input)
    {
        var wasReady = _state.Reach == Reach.Ready;
        (_state, var effects) = _state.On(input);
        foreach (var effect in effects)
            Perform(effect);
        if (wasReady && _state.Reach != Reach.Ready)
            Feed(new ReceiptInput.Gone());
    }

    private void Perform(OutboxEffect effect)
    {
        switch (effect)
        {
            case OutboxEffect.Send send:
                Send(send.Entry);
                break;
            case OutboxEffect.LookUp:
                LookUp();
                break;
            case OutboxEffect.PauseFor pause:
                Timers.StartSingleTimer(nameof(OutboxEffect.PauseFor), ConversationCommand.Resume.One, pause.Delay);
                break;
            case OutboxEffect.Held held:
                Context.Parent.Tell(new ConversationEvent.Held(held.Entry));
                break;
            case OutboxEffect.Taken taken:
                Context.Parent.Tell(new ConversationEvent.Taken(
                    taken.Entry, taken.Accepted.Sequence, WireTime.Of(taken.Accepted.TimeUnixMs)));
                if (_early.Remove(taken.Entry.Id))
                    Context.Parent.Tell(new ConversationEvent.Shown([taken.Entry.Id]));
                break;
            case OutboxEffect.Failed failed:
                _early.Remove(failed.Entry.Id);
                Context.Parent.Tell(new ConversationEvent.Failed(failed.Entry, failed.Code, failed.Sentence));
                break;
        }
    }

    private void Send(OutboxEntry entry)
    {
        var message = entry.Sealed ?? _cipher.Seal(new Plaintext.Text(entry.Body), entry.Suite);
        if (entry.Sealed is null)
            _state = _state.WithSealed(entry.Id, message);
        _asked.Add(Ask(Frame(entry.Id, message)), entry.Id);
    }

    private ClientFrame Frame(ByteString id, MessageTrace message)
    {
        var envelope = message.Sealed.ToBytes();
        return _peer is { } peer
            ? new ClientFrame { Private = new Private { Recipient = peer.ToByteString(), MessageId = id, Envelope = envelope } }
            : new ClientFrame { Post = new Post { Room = RoomName.Lobby.Text, MessageId = id, Envelope = envelope } };
    }

    private static ClientFrame WhoIs(Fingerprint peer) => new() { Who = new Who { Fingerprint = peer.ToByteString() } };

    private long Ask(ClientFrame frame)
    {
        _connection.Tell(new ConnectionCommand.Ask(++_lastTag, frame));
        return _lastTag;
    }
}
