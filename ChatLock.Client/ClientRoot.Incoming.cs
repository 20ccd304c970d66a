using Akka.Actor;
using ChatLock.Client.Conversations;
using ChatLock.Client.Pins;
using ChatLock.Protocol.Codes;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Session;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Client;

/// <content>What comes from the server, and from the conversations that opened it.</content>
internal sealed partial class ClientRoot
{
    private bool _saidReplay;
    private bool _saidTooMany;
    private SuiteInfo? _saidSuite;
    private int _replays;

    private void OnFrame(ServerFrame frame)
    {
        switch (frame.BodyCase)
        {
            case ServerFrame.BodyOneofCase.Posted:
                OnPosted(frame.Posted);
                return; // the conversation gives the credit back
            case ServerFrame.BodyOneofCase.PrivateMessage when OnPrivate(frame.PrivateMessage):
                return;
            case ServerFrame.BodyOneofCase.Presence:
                OnPresence(frame.Presence);
                break;
            case ServerFrame.BodyOneofCase.Gap:
                Emit(new ClientEvent.MessagesMissing(frame.Gap.FromSequence, frame.Gap.ToSequence));
                break;
        }
        GiveBackCredit();
    }

    private void OnPosted(Posted posted) => _lobby.Tell(new ConversationCommand.Came(
        posted.From ?? new Member(), new ByteStrings(posted.Envelope, posted.MessageId), WireTime.Of(posted.TimeUnixMs),
        posted.Position?.Sequence ?? 0));

    private bool OnPrivate(PrivateMessage message)
    {
        var from = message.From ?? new Member();
        var (name, key) = PeerDirectory.Of(from);
        if (from.IdentityKey.Length != KeyProof.PointBytes || ConversationWith(key, name) is not { } conversation)
        {
            if (!_saidTooMany)
                Emit(new ClientEvent.Notice("private-dropped", "A private message without a valid sender, or from one sender too many, was dropped.", IsWarning: true));
            _saidTooMany = true;
            return false;
        }
        conversation.Tell(new ConversationCommand.Came(
            from, new ByteStrings(message.Envelope, message.MessageId), WireTime.Of(message.TimeUnixMs), Sequence: 0));
        return true;
    }

    private void OnPresence(Presence presence)
    {
        // In this order: who left and joined is here.
        var left = presence.Left.Where(departure => departure.Member is { } member && IsOther(member)).Select(OnLeft).ToList();
        var joined = presence.Joined.Where(IsOther).Select(OnJoined).ToList();
        var renamed = presence.Renamed.Where(renaming => renaming.To is { } to && IsOther(to)).Select(OnRenamed).ToList();
        var more = presence.MoreJoined + presence.MoreLeft + presence.MoreRenamed;
        if (joined.Count + left.Count + renamed.Count + more > 0)
            Emit(new ClientEvent.PresenceChanged(joined, left, renamed, [], [], presence.Online, more));
    }

    private bool IsOther(Member member) => Fingerprint.Of(member.IdentityKey.Span) != _identity.Fingerprint;

    private Peer OnJoined(Member member)
    {
        var peer = PeerOf(Meet(member));
        MakeStale(peer.Key);
        if (peer.Standing == PinStanding.Changed)
            WarnOfChange(peer.Name, peer.Key);
        return peer;
    }

    private (Peer, string) OnLeft(Departure departure)
    {
        var peer = PeerOf(PeerDirectory.Of(departure.Member));
        _directory = _directory.Without(peer.Key);
        MakeStale(peer.Key);
        return (peer, CodeNames.Of(departure.Reason));
    }

    private (string, Peer) OnRenamed(Renaming renaming)
    {
        var peer = PeerOf(Meet(renaming.To));
        if (peer.Standing == PinStanding.Changed)
            WarnOfChange(peer.Name, peer.Key);
        return (PeerName.Shown(renaming.From, peer.Key), peer);
    }

    private void MakeStale(Fingerprint key)
    {
        if (_conversations.TryGetValue(key, out var conversation))
            conversation.Tell(new ConversationCommand.PeerStale());
    }

    private void OnConversation(ConversationEvent about)
    {
        switch (about)
        {
            case ConversationEvent.Opened opened:
                OnOpened(opened, isPrivate: !Sender.Equals(_lobby));
                break;
            case ConversationEvent.Held held:
                Emit(new ClientEvent.MessageHeld(ReceiverName(), held.Entry.Body));
                break;
            case ConversationEvent.Taken taken:
                OnTaken(taken);
                break;
            case ConversationEvent.Shown shown:
                OnShown(shown.Ids);
                break;
            case ConversationEvent.Failed failed:
                OnFailed(failed);
                break;
            case ConversationEvent.LobbyEntered entered:
                OnLobbyEntered(entered);
                break;
            case ConversationEvent.Closed:
                OnClosed();
                break;
        }
    }

    private void OnOpened(ConversationEvent.Opened opened, bool isPrivate)
    {
        var (name, key) = PeerDirectory.Of(opened.From);
        if (_ignored.Contains(key))
            return;
        switch (opened.Result)
        {
            case OpenResult.Read read:
                Meet(opened.From);
                Remember(name, key);
                if (Pins.Standing(name, key) == PinStanding.Changed)
                    WarnOfChange(name, key);
                var from = PeerOf((name, key));
                Emit(new ClientEvent.MessageCame(
                    Number($"from {name} to {(isPrivate ? "you (private)" : "all")}", read.Trace),
                    from, isPrivate, read.Body, SuiteInfo.Of(read.Trace.Sealed.Suite), opened.Time, opened.Sequence));
                // Nothing is sent to a changed key before the user has answered, not even this.
                if (isPrivate && from.Standing != PinStanding.Changed && opened.Id.Length == SessionLimits.MessageIdBytes)
                    Sender.Tell(new ConversationCommand.Show(opened.Id, read.Trace.Sealed.Suite));
                break;
            case OpenResult.Gap gap:
                Emit(new ClientEvent.MessageUnreadable(
                    Number($"from {name}, not shown", gap.Trace), PeerOf((name, key)), isPrivate, gap.Reason));
                break;
            case OpenResult.Replay:
                OnReplay(name);
                break;
        }
    }

    private void OnReplay(string name)
    {
        _replays++;
        if (!_saidReplay)
            Emit(new ClientEvent.Notice("replay-dropped",
                $"A message from {name} came a second time and was dropped. Further ones are dropped without a word."));
        _saidReplay = true;
    }

    private void OnTaken(ConversationEvent.Taken taken)
    {
        var to = Receiver();
        var number = Number($"from you to {(to is null ? "all" : $"{to.Name} (private)")}", taken.Entry.Sealed);
        var suite = SuiteInfo.Of(taken.Entry.Sealed?.Sealed.Suite ?? taken.Entry.Suite);
        if (to is not null)
            _sent[Sender] = _sent.GetValueOrDefault(Sender, SentMessages.None).With(taken.Entry.Id, number);
        Emit(new ClientEvent.MessageSent(number, to, taken.Entry.Body, suite, taken.Time, taken.Sequence));
    }

    private void OnShown(IReadOnlyList<ByteString> ids)
    {
        if (Receiver() is not { } to || _ignored.Contains(to.Key) || !_sent.TryGetValue(Sender, out var sent))
            return;
        foreach (var id in ids)
        {
            if (sent.TryTake(id, out var number, out sent))
                Emit(new ClientEvent.MessageDelivered(number, to));
        }
        _sent[Sender] = sent;
    }

    private void OnFailed(ConversationEvent.Failed failed)
    {
        var to = ReceiverName();
        var isNotHere = failed.Code == RefusalCode.NotHere && to is not null;
        Emit(new ClientEvent.MessageFailed(
            to, failed.Entry.Body,
            failed.Code == RefusalCode.Unspecified ? "not-sent" : CodeNames.Of(failed.Code),
            isNotHere ? $"{to} isn't here." : failed.Sentence));
    }

    private void OnLobbyEntered(ConversationEvent.LobbyEntered entered)
    {
        var suite = SuiteInfo.Of(entered.Suite);
        if (entered.Change == RoomChange.Unusable)
            Emit(new ClientEvent.Notice("lobby-unusable",
                "The lobby is encrypted in a way that this version doesn't know: nothing can be said or read there. A newer client can.",
                IsWarning: true));
        else if (entered.Change == RoomChange.Weaker && _saidSuite is not null)
            Emit(new ClientEvent.Notice("lobby-weaker",
                $"The lobby is {suite.Label} now ({suite.Name}); before, it was not. Nothing typed before was sent.", IsWarning: true));
        else if (_saidSuite != suite)
            Emit(new ClientEvent.Notice("open-lobby", LobbySentence(suite), suite.IsInsecure));
        _saidSuite = suite;
    }

    private static string LobbySentence(SuiteInfo suite) => suite.IsInsecure
        ? $"{suite.Label}: the lobby's suite is {suite.Name}; anyone who listens can read it within a day. Private messages are sealed."
        : "The lobby is open: its key comes from the gateway, which could read it. Private messages are sealed.";

    private int Number(string title, MessageTrace? trace) =>
        _recent.Add(number => new InspectedMessage(number, $"Message {number}, {title}", trace));

    private Peer? Receiver() => _peers.TryGetValue(Sender, out var peer) ? PeerOf((NameOf(peer), peer.Key)) : null;

    private string? ReceiverName() => _peers.TryGetValue(Sender, out var peer) ? NameOf(peer) : null;

    private string NameOf((Fingerprint Key, string Name) peer) => _directory.NameOf(peer.Key) ?? peer.Name;
}
