using Akka.Actor;
using ChatLock.Client.Conversations;
using ChatLock.Client.Pins;
using ChatLock.Protocol.Codes;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Rooms;
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
            case ServerFrame.BodyOneofCase.Posted when RoomOf(frame.Posted.Position?.Room) is { } room:
                room.Tell(CameBy(frame.Posted));
                return; // the conversation gives the credit back
            case ServerFrame.BodyOneofCase.PrivateMessage when OnPrivate(frame.PrivateMessage):
                return;
            case ServerFrame.BodyOneofCase.Gap when RoomOf(frame.Gap.Room) is { } room:
                room.Tell(new ConversationCommand.Missing(frame.Gap));
                return;
            case ServerFrame.BodyOneofCase.Presence when RoomOf(frame.Presence.Room) is { } room && room != _lobby:
                room.Tell(new ConversationCommand.PresenceCame(frame.Presence));
                return;
            case ServerFrame.BodyOneofCase.Presence when frame.Presence.Room == RoomId.Lobby.Text:
                OnPresence(frame.Presence);
                break;
            case ServerFrame.BodyOneofCase.Gap when frame.Gap.Room.Length == 0:
                Emit(new ClientEvent.MessagesMissing(frame.Gap.FromSequence, frame.Gap.ToSequence, IsPrivate: true));
                break;
            case ServerFrame.BodyOneofCase.Entered:
                OnEnteredAgain(frame.Entered);
                break;
            case ServerFrame.BodyOneofCase.LeftRoom:
                OnLeftRoom(frame.LeftRoom);
                break;
        }
        GiveBackCredit();
    }

    private IActorRef? RoomOf(string? id) => id == RoomId.Lobby.Text
        ? _lobby
        : id is not null && _seats.TryGetValue(id, out var seat) ? seat.Conversation : null;

    private static ConversationCommand CameBy(Posted posted)
    {
        var at = posted.Position ?? new Position();
        return posted.Act is { } act
            ? new ConversationCommand.ActCame(act, at)
            : new ConversationCommand.Came(
                posted.From ?? new Member(), new ByteStrings(posted.Envelope, posted.MessageId), posted.TimeUnixMs, at);
    }

    private void OnPresence(Presence presence)
    {
        // In this order: who left and joined is here.
        var left = presence.Left.Where(departure => departure.Member is { } member && IsOther(member)).Select(OnLeft).ToList();
        var joined = presence.Joined.Where(IsOther).Select(OnJoined).ToList();
        var renamed = presence.Renamed.Where(renaming => renaming.To is { } to && IsOther(to)).Select(OnRenamed).ToList();
        foreach (var member in presence.Away)
            MakeStale(member, isHere: false);
        foreach (var member in presence.Back)
            MakeStale(member, isHere: true);
        Emit(presence, joined, left, renamed, room: null);
    }

    private void Emit(
        Presence presence, List<Peer> joined, List<(Peer, string)> left, List<(string, Peer)> renamed, string? room)
    {
        var away = presence.Away.Where(IsOther).Select(member => PeerOf(PeerDirectory.Of(member))).ToList();
        var back = presence.Back.Where(IsOther).Select(member => PeerOf(PeerDirectory.Of(member))).ToList();
        var more = presence.MoreJoined + presence.MoreLeft + presence.MoreRenamed + presence.MoreAway + presence.MoreBack;
        if (joined.Count + left.Count + renamed.Count + away.Count + back.Count + more > 0)
            Emit(new ClientEvent.PresenceChanged(joined, left, renamed, away, back, presence.Online, more, room));
    }

    private bool IsOther(Member member) => Fingerprint.Of(member.IdentityKey.Span) != _identity.Fingerprint;

    private Peer OnJoined(Member member)
    {
        var peer = PeerOf(Meet(member));
        MakeStale(member, isHere: true);
        if (peer.Standing == PinStanding.Changed)
            WarnOfChange(peer.Name, peer.Key);
        return peer;
    }

    private (Peer, string) OnLeft(Departure departure)
    {
        var peer = PeerOf(PeerDirectory.Of(departure.Member));
        _directory = _directory.Without(peer.Key);
        MakeStale(departure.Member, isHere: false);
        return (peer, CodeNames.Of(departure.Reason));
    }

    private (string, Peer) OnRenamed(Renaming renaming)
    {
        var peer = PeerOf(Meet(renaming.To));
        if (peer.Standing == PinStanding.Changed)
            WarnOfChange(peer.Name, peer.Key);
        return (PeerName.Shown(renaming.From, peer.Key), peer);
    }

    private void MakeStale(Member member, bool isHere)
    {
        if (_conversations.TryGetValue(Fingerprint.Of(member.IdentityKey.Span), out var conversation))
            conversation.Tell(new ConversationCommand.PeerStale(isHere));
    }

    private void OnConversation(ConversationEvent about)
    {
        switch (about)
        {
            case ConversationEvent.Opened opened:
                OnOpened(opened, isPrivate: opened.At.Room.Length == 0);
                break;
            case ConversationEvent.Handled handled:
                if (handled.Mail is { } mail)
                    MarkHandled(mail);
                GiveBackCredit();
                break;
            case ConversationEvent.Held held:
                Emit(new ClientEvent.MessageHeld(ReceiverName(), held.Entry.Body, SenderRoom));
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
            case ConversationEvent.OlderKey:
                Emit(new ClientEvent.Notice("older-key",
                    $"The server told an older key of {ReceiverName()}'s than before; it isn't used, and nothing was sent to it.", IsWarning: true));
                break;
            case ConversationEvent.Entered entered when Sender.Equals(_lobby):
                OnLobbyEntered(entered);
                break;
            case ConversationEvent.Missed missed:
                Emit(new ClientEvent.MessagesMissing(missed.Gap.FromSequence, missed.Gap.ToSequence, SenderRoom));
                break;
            case ConversationEvent.Closed:
                OnClosed();
                break;
            default:
                OnRoom(about);
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
                    Number($"from {name} to {(isPrivate ? "you (private)" : SenderTitle)}", read.Trace),
                    from, isPrivate, read.Body, SuiteInfo.Of(read.Trace.Sealed.Suite), opened.Time,
                    isPrivate ? 0 : opened.At.Sequence, SenderRoom));
                // Nothing is sent to a changed key before the user has answered, not even this.
                if (isPrivate && from.Standing != PinStanding.Changed && opened.Id.Length == SessionLimits.MessageIdBytes)
                    Sender.Tell(new ConversationCommand.Show(opened.Id, read.Trace.Sealed.Suite));
                break;
            case OpenResult.Gap gap:
                Emit(new ClientEvent.MessageUnreadable(
                    Number($"from {name}, not shown", gap.Trace), PeerOf((name, key)), isPrivate, gap.Reason, SenderRoom));
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
        var number = Number($"from you to {(to is null ? SenderTitle : $"{to.Name} (private)")}", taken.Entry.Sealed);
        var suite = SuiteInfo.Of(taken.Entry.Sealed?.Sealed.Suite ?? taken.Entry.Suite);
        if (to is not null)
            _sent[Sender] = _sent.GetValueOrDefault(Sender, SentMessages.None).With(taken.Entry.Id, number);
        Emit(new ClientEvent.MessageSent(number, to, taken.Entry.Body, suite, taken.Time, to is null ? taken.Sequence : 0, SenderRoom, taken.IsWaiting));
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
            isNotHere ? $"{to} isn't here." : failed.Sentence,
            SenderRoom));
    }

    private void OnLobbyEntered(ConversationEvent.Entered entered)
    {
        var suite = SuiteInfo.Of(entered.Info.Suite);
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
