using Akka.Actor;
using ChatLock.Client.Connection;
using ChatLock.Client.Rooms;
using ChatLock.Crypto.Signing;
using ChatLock.Protocol.Codes;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Rooms;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Client.Conversations;

/// <content>A room's rules: entering it, its acts, and our own.</content>
internal sealed partial class ConversationActor
{
    private readonly SigningKey _key;
    private RoomChange _change;
    private RoomLaw _law;
    private long _act;

    private string RoomText => _room!.Text;

    private void EnterRoom(RoomCipher room, ConversationCommand.Enter enter)
    {
        var info = enter.Info;
        _session = enter.Session;
        _change = room.Enter(info);
        if (_change == RoomChange.Forged)
        {
            Context.Parent.Tell(new ConversationEvent.Forged());
            return;
        }
        if (_change == RoomChange.Weaker)
            Feed(new OutboxInput.FailAll("The room's suite is weaker than when this was typed; say it again if you still want to."));
        (_law, var effects) = _law.On(Checked(info, enter.IsAgain));
        Context.Parent.Tell(new ConversationEvent.Entered(info, _change, Standing(), enter.IsAgain));
        foreach (var effect in effects)
            Perform(effect);
        Feed(new OutboxInput.Online(IsAgain: false));
    }

    private LawInput.Entered Checked(RoomInfo info, bool isAgain)
    {
        var epoch = info.Position?.Epoch ?? 0;
        return new LawInput.Entered(
            info.OwnerKey.Length == KeyProof.PointBytes ? Fingerprint.Of(info.OwnerKey.Span) : null,
            epoch,
            [.. info.Acts.Select(act => new CheckedAct(act, RoomActs.Verify(RoomText, epoch, act)))],
            info.LastAct,
            isAgain);
    }

    private void OnActCame(ConversationCommand.ActCame came)
    {
        Feed(new LawInput.Came(new CheckedAct(came.Act, RoomActs.Verify(RoomText, _law.Epoch, came.Act)), came.At.Sequence));
        Context.Parent.Tell(new ConversationEvent.Handled(Mail: null));
    }

    /// <summary>What somebody says who may not speak isn't shown, whatever it is.</summary>
    private OpenResult Judged(OpenResult result, ConversationCommand.Came came) =>
        _room is null || result is not OpenResult.Read read
        || _law.MayPost(Fingerprint.Of(came.From.IdentityKey.Span), came.TimeUnixMs, came.At.Sequence)
            ? result
            : new OpenResult.Gap(Unreadable.NotAllowed, read.Trace);

    private bool TryTakeActAnswer(ConnectionAnswer answer)
    {
        if (answer.Tag != _act)
            return false;
        if (answer is ConnectionAnswer.Replied replied)
            Feed(new LawInput.Replied(replied.Reply));
        else if (answer is ConnectionAnswer.QueueFull)
            Feed(new LawInput.Replied(QueueFull));
        return true;
    }

    private void Feed(LawInput input)
    {
        (_law, var effects) = _law.On(input);
        foreach (var effect in effects)
            Perform(effect);
    }

    private void Perform(LawEffect effect)
    {
        switch (effect)
        {
            case LawEffect.Sign sign:
                Send(Signed(sign.Wish, sign.Number));
                break;
            case LawEffect.Send send:
                Send(send.Act);
                break;
            case LawEffect.WakeAfter wake:
                Timers.StartSingleTimer(nameof(LawEffect.WakeAfter), ConversationCommand.ActOverdue.One, wake.Delay);
                break;
            case LawEffect.Acted acted:
                Context.Parent.Tell(new ConversationEvent.Acted(acted.Act, TopicOf(acted.Act), Standing()));
                break;
            case LawEffect.Refused refused:
                Context.Parent.Tell(new ConversationEvent.ActRefused(refused.Act, refused.Fault));
                break;
            case LawEffect.Failed failed:
                Context.Parent.Tell(new ConversationEvent.ActFailed(
                    failed.Wish,
                    failed.Code == RefusalCode.Unspecified ? "not-sent" : CodeNames.Of(failed.Code),
                    failed.Sentence));
                break;
        }
    }

    private RoomAct Signed(ActWish wish, ulong number)
    {
        var act = _law.Unsigned(wish, number);
        if (wish.Kind == RoomActKind.Topic && wish.Topic.Length > 0)
            act.Envelope = ((RoomCipher)_cipher).SealTopic(wish.Topic);
        act.Signature = ByteString.CopyFrom(_key.Sign(RoomActs.Context(RoomText, _law.Epoch, act)));
        _law = _law.WithSigned(act);
        return act;
    }

    private void Send(RoomAct act) => _act = Ask(new ClientFrame { Moderate = new Moderate { Room = RoomText, Act = act } });

    private OpenResult? TopicOf(RoomAct act) =>
        act.Kind == RoomActKind.Topic && !act.Envelope.IsEmpty ? ((RoomCipher)_cipher).OpenTopic(act) : null;

    private RoomStanding Standing()
    {
        var rules = _law.Rules;
        var topic = rules.Topic is { } act && TopicOf(act) is OpenResult.Read read ? read.Body.Text : null;
        return new RoomStanding(rules.Owner, rules.Owner == _law.Self, rules.Ops.Contains(_law.Self), topic);
    }
}
