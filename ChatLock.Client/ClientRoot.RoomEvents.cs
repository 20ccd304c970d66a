using Akka.Actor;
using ChatLock.Client.Conversations;
using ChatLock.Client.Pins;
using ChatLock.Client.Rooms;
using ChatLock.Protocol.Codes;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Rooms;
using ChatLock.Protocol.Wire;

namespace ChatLock.Client;

/// <content>Rooms other than the lobby: what happens in them, and how we get in and out.</content>
internal sealed partial class ClientRoot
{
    private readonly HashSet<string> _saidOpen = new(StringComparer.Ordinal);

    /// <summary>The room that an event is about; <c>null</c>: the lobby, or a private conversation.</summary>
    private string? SenderRoom => _seatOf.GetValueOrDefault(Sender)?.Id;

    private string SenderTitle => _seatOf.GetValueOrDefault(Sender)?.Title ?? "all";

    private void Enter(Seat seat, RoomInfo info, bool isAgain)
    {
        if (seat.Conversation is null)
        {
            seat.Conversation = Context.ActorOf(
                ConversationActor.Props(_connection, _identity, seat.Room, seat.Invite), $"room-{++_roomNumber}");
            _seatOf.Add(seat.Conversation, seat);
        }
        seat.IsJoining = false;
        seat.Conversation.Tell(new ConversationCommand.Enter(info, isAgain, SessionNumber));
    }

    /// <summary>After a reconnect: what was asked and not answered is asked again. The other rooms come by themselves.</summary>
    private void JoinAgain()
    {
        foreach (var seat in _seats.Values.Where(seat => seat.IsJoining).ToList())
            Ask(seat);
    }

    private void OnEnteredAgain(RoomInfo info)
    {
        var id = info.Position?.Room ?? "";
        if (_seats.TryGetValue(id, out var seat) && seat is { Leaving: null, Conversation: not null })
            Enter(seat, info, isAgain: true);
        else
            AskToLeave(id, () => // left while there was no connection, or while it broke
            {
                if (seat is { Conversation: not null })
                    Close(seat);
            });
    }

    private void OnLeftRoom(RoomLeft left)
    {
        if (!_seats.TryGetValue(left.Room, out var seat))
            return;
        seat.Leaving ??= (CodeNames.Of(left.Why?.Code ?? RefusalCode.Unspecified), left.Why?.Sentence ?? "You are no longer in that room.");
        Close(seat);
    }

    /// <summary>What waits in it is handed back; then it is gone.</summary>
    private void Close(Seat seat)
    {
        if (!_seats.Remove(seat.Id))
            return;
        seat.Conversation?.Tell(new ConversationCommand.Close(seat.Leaving?.Sentence));
    }

    private void OnSeatClosed(Seat seat)
    {
        if (_stopped is not null)
            return;
        _seatOf.Remove(Sender);
        Context.Stop(Sender);
        var (code, sentence) = seat.Leaving ?? ("left", "You left the room.");
        Emit(seat.IsShown
            ? new ClientEvent.RoomLeft(seat.Id, seat.Title, code, sentence)
            : new ClientEvent.CommandRefused(code, sentence));
    }

    private void OnRoom(ConversationEvent about)
    {
        if (!_seatOf.TryGetValue(Sender, out var seat))
            return;
        switch (about)
        {
            case ConversationEvent.Entered entered:
                OnRoomEntered(seat, entered);
                break;
            case ConversationEvent.Forged:
                seat.Leaving = ("room-forged", "The server passes another room off as the invite's: its suite or its owner is another. You are not in it.");
                AskToLeave(seat.Id, () => { });
                Close(seat);
                break;
            case ConversationEvent.PresenceChanged presence:
                OnRoomPresence(seat, presence.Presence);
                break;
            case ConversationEvent.Acted acted:
                OnActed(seat, acted);
                break;
            case ConversationEvent.ActRefused refused:
                Emit(new ClientEvent.ActRefused(
                    seat.Id, Named(refused.Act.By.Span), refused.Act.Kind, CodeOf(refused.Fault), SentenceOf(refused.Fault)));
                break;
            case ConversationEvent.ActFailed failed:
                Emit(new ClientEvent.CommandRefused(failed.Code, failed.Sentence));
                break;
        }
    }

    private void OnRoomEntered(Seat seat, ConversationEvent.Entered entered)
    {
        var info = entered.Info;
        seat.Suite = SuiteInfo.Of(info.Suite);
        var members = info.Here.Where(IsOther).Select(member => PeerOf(Meet(member))).ToList();
        var owner = entered.Standing.Owner is { } key ? Named(key) : null;
        Emit(new ClientEvent.RoomEntered(
            new RoomView(
                seat.Id, seat.Title, seat.Room.Kind, seat.Suite, owner, entered.Standing.IsOwner, entered.Standing.IsOp,
                entered.Standing.Topic, members, info.MemberCount),
            IsAgain: seat.IsShown));
        seat.IsShown = true;
        Warn(seat, entered.Change);
        if (seat.ShowsInvite)
            ShowInvite(seat);
        seat.ShowsInvite = false;
    }

    private void Warn(Seat seat, RoomChange change)
    {
        if (change == RoomChange.Unusable)
            Emit(new ClientEvent.Notice("room-unusable",
                $"{seat.Title} is encrypted in a way that this version doesn't know: nothing can be said or read there. A newer client can.", IsWarning: true));
        else if (seat.Suite.IsInsecure && (change == RoomChange.Weaker || !_saidOpen.Contains(seat.Id)))
            Emit(new ClientEvent.Notice("room-insecure",
                $"{seat.Suite.Label}: {seat.Title} is encrypted as {seat.Suite.Name}; anyone who listens can read it within a day.", IsWarning: true));
        if (_saidOpen.Add(seat.Id) && seat.Room.Kind == RoomKind.Open)
            Emit(new ClientEvent.Notice("open-room",
                $"{seat.Title} is open: its key and its owner are the gateway's word, which could read it. Rooms by invite are sealed."));
    }

    private void OnRoomPresence(Seat seat, Presence presence)
    {
        // In this order: who left and joined is there.
        var left = presence.Left.Where(departure => departure.Member is { } member && IsOther(member))
            .Select(departure => (PeerOf(PeerDirectory.Of(departure.Member)), CodeNames.Of(departure.Reason))).ToList();
        var joined = presence.Joined.Where(IsOther).Select(member => PeerOf(Meet(member))).ToList();
        var renamed = presence.Renamed.Where(renaming => renaming.To is { } to && IsOther(to)).Select(OnRenamed).ToList();
        foreach (var peer in joined.Where(peer => peer.Standing == PinStanding.Changed))
            WarnOfChange(peer.Name, peer.Key);
        Emit(presence, joined, left, renamed, seat.Id);
    }

    private void OnActed(Seat seat, ConversationEvent.Acted acted)
    {
        var act = acted.Act;
        var by = Named(act.By.Span)!;
        if (act.Kind == RoomActKind.Topic)
            Emit(new ClientEvent.TopicChanged(
                seat.Id, by,
                (acted.Topic as OpenResult.Read)?.Body.Text,
                by.Key == _identity.Fingerprint,
                acted.Topic switch
                {
                    null or OpenResult.Read => null,
                    OpenResult.Gap gap => gap.Reason,
                    _ => Unreadable.Malformed,
                }));
        else
            Emit(new ClientEvent.RoomActed(
                seat.Id, by, act.Kind,
                Fingerprint.TryFrom(act.Target.Span, out var target) ? Named(target) : null,
                act.Seconds, target == _identity.Fingerprint && !act.Target.IsEmpty));
    }

    private Peer? Named(ReadOnlySpan<byte> identityKey) =>
        identityKey.Length == KeyProof.PointBytes ? Named(Fingerprint.Of(identityKey)) : null;

    /// <summary>A key by the name that is known for it: who is here, who was met before, else the key's short form.</summary>
    private Peer Named(Fingerprint key) => PeerOf((
        key == _identity.Fingerprint ? _name : _directory.NameOf(key) ?? Pins.NameOf(key) ?? $"#{key}", key));

    private static string CodeOf(ActFault fault) => fault switch
    {
        ActFault.BadSignature => "bad-signature",
        ActFault.NotAllowed => "not-allowed",
        _ => "acts-missing",
    };

    private static string SentenceOf(ActFault fault) => fault switch
    {
        ActFault.BadSignature => "It isn't signed by whom it names; it doesn't count. It may be forged.",
        ActFault.NotAllowed => "Who did it has no right to; it doesn't count.",
        _ => "Earlier acts of the room's owner didn't reach you; who may do what there isn't known for sure.",
    };
}
