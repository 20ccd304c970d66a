using System.Security.Cryptography;
using Akka.Actor;
using ChatLock.Client.Connection;
using ChatLock.Protocol.Session;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Client.Conversations;

/// <content>Receipts: telling a peer that its messages are shown, and hearing it of ours.</content>
internal sealed partial class ConversationActor
{
    /// <summary>Messages of ours that the peer shows already while the server's answer is still on its way.</summary>
    private readonly HashSet<ByteString> _early = [];

    private ReceiptState _receipts = new();

    private long _turn;
    private long _receiptLookUp;
    private long _receipt;

    private void OnReceipt(IReadOnlyList<ByteString> ids)
    {
        var unanswered = ids.Where(id => _state.Outbox.Any(entry => entry.Id == id)).ToList();
        _early.UnionWith(unanswered);
        Context.Parent.Tell(new ConversationEvent.Shown([.. ids.Except(unanswered)]));
    }

    /// <returns>Whether it was an answer to something that a receipt needs.</returns>
    private bool TryTakeReceiptAnswer(ConnectionAnswer answer)
    {
        var reply = (answer as ConnectionAnswer.Replied)?.Reply;
        if (answer.Tag == _turn && answer is ConnectionAnswer.Turn)
            Feed(new ReceiptInput.Turn());
        else if (answer.Tag == _receiptLookUp)
            OnReceiptLookedUp(reply);
        else if (answer.Tag == _receipt)
            OnReceiptAnswered(reply);
        else
            return false;
        return true;
    }

    private void OnReceiptLookedUp(Reply? reply)
    {
        if (reply is null || !TryMeet(reply, out _))
            Feed(new ReceiptInput.Met(IsHere: false)); // not now; Gone was said where nobody holds the key
    }

    private void OnReceiptAnswered(Reply? reply)
    {
        if (reply?.Refused?.Code == RefusalCode.NotHere)
            PeerIsStale(isHere: false);
        Feed(new ReceiptInput.Answered());
    }

    private void Feed(ReceiptInput input)
    {
        (_receipts, var effects) = _receipts.On(input);
        foreach (var effect in effects)
            Perform(effect);
    }

    private void Perform(ReceiptEffect effect)
    {
        switch (effect)
        {
            case ReceiptEffect.AwaitTurn:
                _connection.Tell(new ConnectionCommand.AwaitTurn(_turn = ++_lastTag, _session));
                break;
            case ReceiptEffect.EndTurn:
                _connection.Tell(new ConnectionCommand.EndTurn());
                break;
            case ReceiptEffect.Meet:
                MeetForReceipt();
                break;
            case ReceiptEffect.Send send:
                var sealedReceipt = _cipher.Seal(new Plaintext.Receipt(send.Ids), send.Suite);
                _receipt = Ask(Frame(NewId(), sealedReceipt));
                break;
            case ReceiptEffect.RestFor rest:
                Timers.StartSingleTimer(nameof(ReceiptEffect.RestFor), ConversationCommand.Rested.One, rest.Delay);
                break;
        }
    }

    private void MeetForReceipt()
    {
        switch (_state.Reach)
        {
            case Reach.Ready:
                Feed(new ReceiptInput.Met(IsHere: !_isPeerAway));
                break;
            case Reach.Unknown or Reach.LookingUp when _peer is { } peer:
                _receiptLookUp = Ask(WhoIs(peer));
                break;
            default:
                Feed(new ReceiptInput.Met(IsHere: false));
                break;
        }
    }

    private static ByteString NewId() => ByteString.CopyFrom(RandomNumberGenerator.GetBytes(SessionLimits.MessageIdBytes));
}
