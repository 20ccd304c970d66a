using Akka.Actor;
using ChatLock.Client.Connection;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Client.Conversations;

/// <content>What goes out: looking up the receiver's key, encrypting, sending, and what came of it.</content>
internal sealed partial class ConversationActor
{
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

    private readonly Dictionary<long, ByteString> _asked = [];
    private ConversationState _state = new();
    private long _lookUp;
    private bool _isPeerAway;

    /// <summary>A peer's session key comes from the server; a room's secret is there, or it isn't.</summary>
    private void LookUp()
    {
        if (_peer is { } peer)
            _lookUp = Ask(WhoIs(peer));
        else if (_change is RoomChange.Unusable or RoomChange.Forged)
            Feed(new OutboxInput.NotFound("This version can't encrypt for that room as it is now."));
        else
            Feed(new OutboxInput.Found(SameKey: _change == RoomChange.Same));
    }

    private void OnOutboxAnswer(ConnectionAnswer answer)
    {
        switch (answer)
        {
            case ConnectionAnswer.Replied replied when replied.Tag == _lookUp:
                if (!TryMeet(replied.Reply, out var problem))
                    Feed(new OutboxInput.NotFound(problem));
                break;
            case ConnectionAnswer.Replied replied when _asked.Remove(replied.Tag, out var id):
                Feed(new OutboxInput.Replied(id, replied.Reply));
                break;
            case ConnectionAnswer.QueueFull full when full.Tag == _lookUp:
                Feed(new OutboxInput.NotFound("Too much waits to be sent already; try again when some has gone."));
                break;
            case ConnectionAnswer.QueueFull full when _asked.Remove(full.Tag, out var id):
                Feed(new OutboxInput.Replied(id, QueueFull));
                break;
        }
    }

    private bool TryMeet(Reply reply, out string problem)
    {
        problem = reply.Refused?.Sentence ?? "The receiver isn't here.";
        if (reply.Roster is not { Members: [var member, ..] } || _cipher is not PeerCipher peer)
        {
            if (reply.Refused?.Code == RefusalCode.NotHere)
                Feed(new ReceiptInput.Gone());
            return false;
        }
        switch (peer.Meet(member, out var sameKey))
        {
            case MeetResult.Good:
                _isPeerAway = member.Away || member.Absent;
                Feed(new OutboxInput.Found(sameKey));
                Feed(new ReceiptInput.Met(IsHere: !_isPeerAway));
                return true;
            case MeetResult.Older:
                problem = "The server gave an older key of theirs than before; nothing was sent.";
                Context.Parent.Tell(new ConversationEvent.OlderKey());
                return false;
            default:
                problem = "The server gave a key that its owner didn't sign; nothing was sent.";
                return false;
        }
    }

    /// <summary>Whatever is known of the peer's session is of no use any more.</summary>
    private void PeerIsStale(bool isHere)
    {
        (_lookUp, _receiptLookUp) = (NoTag, NoTag);
        Feed(new OutboxInput.Stale());
        Feed(new ReceiptInput.Stale(isHere));
    }

    private void Feed(OutboxInput input)
    {
        (_state, var effects) = _state.On(input);
        foreach (var effect in effects)
            Perform(effect);
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
                OnTaken(taken.Entry, taken.Accepted);
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

    private void OnTaken(OutboxEntry entry, Accepted accepted)
    {
        Context.Parent.Tell(new ConversationEvent.Taken(
            entry, accepted.Sequence, WireTime.Of(accepted.TimeUnixMs), IsWaiting: accepted.Waiting && !_early.Contains(entry.Id)));
        if (_early.Remove(entry.Id))
            Context.Parent.Tell(new ConversationEvent.Shown([entry.Id]));
    }

    private ClientFrame Frame(ByteString id, MessageTrace message)
    {
        var envelope = message.Sealed.ToBytes();
        return _peer is { } peer
            ? new ClientFrame { Private = new Private { Recipient = peer.ToByteString(), MessageId = id, Envelope = envelope } }
            : new ClientFrame { Post = new Post { Room = _room!.Text, MessageId = id, Envelope = envelope } };
    }

    private static ClientFrame WhoIs(Fingerprint peer) => new() { Who = new Who { Fingerprint = peer.ToByteString() } };
}
