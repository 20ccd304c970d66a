using System.Security.Cryptography;
using Akka.Actor;
using ChatLock.Client.Connection;
using ChatLock.Client.Conversations;
using ChatLock.Client.Rooms;
using ChatLock.Protocol.Codes;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Rooms;
using ChatLock.Protocol.Text;
using ChatLock.Protocol.Wire;

namespace ChatLock.Client;

/// <content>Rooms other than the lobby: what the user wants of them.</content>
internal sealed partial class ClientRoot
{
    /// <summary>Open rooms listed at most.</summary>
    public const int ListMax = 10_000;

    /// <summary>Invites remembered in one run, those of left rooms among them.</summary>
    public const int InvitesMax = 256;

    private readonly Dictionary<string, Seat> _seats = new(StringComparer.Ordinal);
    private readonly Dictionary<IActorRef, Seat> _seatOf = [];
    private readonly Dictionary<string, (InviteCode Code, string Title)> _invites = new(StringComparer.Ordinal);
    private int _roomNumber;

    private int TopicMaxBytes => _session?.Challenge.Limits is { TopicMaxBytes: > 0 and <= int.MaxValue } limits ? (int)limits.TopicMaxBytes : 512;

    private void OnRoomCommand(ClientCommand command)
    {
        switch (command)
        {
            case ClientCommand.Join join:
                Join(join.Target);
                break;
            case ClientCommand.CreateRoom create:
                CreateRoom(create.Name, create.Suite ?? SuiteInfo.Sealed);
                break;
            case ClientCommand.Part part when Find(part.Room) is { } seat:
                Part(seat);
                break;
            case ClientCommand.ListRooms:
                List("", []);
                break;
            case ClientCommand.Members members when Find(members.Room) is { } seat:
                Members(seat, "", [], []);
                break;
            case ClientCommand.SetTopic topic when Find(topic.Room) is { } seat:
                SetTopic(seat, topic.Text);
                break;
            case ClientCommand.Moderate moderate when Find(moderate.Room) is { } seat:
                Moderate(seat, moderate);
                break;
            case ClientCommand.SlowMode slow when Find(slow.Room) is { } seat:
                Wish(seat, new ActWish(RoomActKind.SlowMode, null, Math.Min(slow.Seconds, RoomActs.SecondsMax)));
                break;
            case ClientCommand.ShowInvite show when Find(show.Room) is { } seat:
                ShowInvite(seat);
                break;
        }
    }

    /// <summary>A room that we are in, or a word why not.</summary>
    private Seat? Find(string room)
    {
        if (_seats.TryGetValue(room, out var seat) && seat is { Conversation: not null, Leaving: null })
            return seat;
        if (room == RoomId.Lobby.Text)
            Refuse(RefusalCode.Unsupported, "Everyone is in the lobby and nobody owns it: it can't be left, and it has no topic, rules or invite.");
        else
            Refuse(RefusalCode.NotAMember, Refusals.NotAMember.Sentence);
        return null;
    }

    private void Join(string target)
    {
        if (!InviteLink.TryParse(target, out var link, out var problem))
            Refuse(RefusalCode.RoomInvalid, problem);
        else if (link.Server is { Certificate: { } pin } && _session?.Challenge.ServerId is { } id && !id.Span.SequenceEqual(pin.AsSpan()))
            Refuse(RefusalCode.RoomInvalid, "That invite is for another server. Start ChatLock with the whole link to get there.");
        else if (link.Room.Kind == RoomKind.Sealed && link.Code is null && !_invites.ContainsKey(link.Room.Text))
            Refuse(RefusalCode.RoomInvalid, "A sealed room needs its invite: ask someone who is in it for the link.");
        else if (!IsOnline)
            Emit(new ClientEvent.CommandRefused(OfflineAnswer.Code, OfflineAnswer.Sentence));
        else if (_seats.ContainsKey(link.Room.Text))
            Emit(new ClientEvent.CommandRefused("already-in", "You are in that room already, or on the way."));
        else
        {
            var known = _invites.GetValueOrDefault(link.Room.Text);
            Ask(SeatFor(link.Room, link.Code ?? known.Code, link.Title ?? known.Title ?? RoomTitle.Of(link.Room)));
        }
    }

    /// <summary>The secret is made here; the server learns a hash that binds it.</summary>
    private void CreateRoom(string typed, SuiteInfo suite)
    {
        if (RoomTitle.Clean(typed) is not { } title)
            Refuse(RefusalCode.RoomInvalid, $"A room is called something of 1 to {RoomTitle.MaxCharacters} characters.");
        else if (!IsOnline)
            Emit(new ClientEvent.CommandRefused(OfflineAnswer.Code, OfflineAnswer.Sentence));
        else
        {
            var secret = RandomNumberGenerator.GetBytes(InviteCode.SecretBytes);
            var code = InviteCode.Of(suite.Number, secret, _identity.Fingerprint);
            CryptographicOperations.ZeroMemory(secret);
            var seat = SeatFor(code.Room, code, title);
            seat.ShowsInvite = true;
            Ask(seat);
        }
    }

    private Seat SeatFor(RoomId room, InviteCode? invite, string title)
    {
        if (invite is not null && (_invites.Count < InvitesMax || _invites.ContainsKey(room.Text)))
            _invites[room.Text] = (invite, title);
        var seat = new Seat(room, invite, title) { IsJoining = true };
        _seats.Add(seat.Id, seat);
        return seat;
    }

    /// <remarks>An open room is made by whoever comes first; a sealed one by its owner only, also if it is gone meanwhile.</remarks>
    private void Ask(Seat seat)
    {
        var makes = seat.Room.Kind == RoomKind.Open || seat.Invite?.Owner == _identity.Fingerprint;
        var join = new Join { Room = seat.Id, Create = makes, Suite = makes ? seat.Invite?.Suite ?? SuiteInfo.Sealed.Number : 0 };
        Ask(new ClientFrame { Join = join }, answer => OnJoinAnswered(seat, answer));
    }

    private void OnJoinAnswered(Seat seat, ConnectionAnswer answer)
    {
        switch (answer)
        {
            case ConnectionAnswer.Replied { Reply.Joined: { } info }:
                Enter(seat, info, isAgain: false);
                break;
            case ConnectionAnswer.Replied { Reply: var reply }:
                _seats.Remove(seat.Id);
                Refuse(reply.Refused?.Code ?? RefusalCode.Internal, reply.Refused?.Sentence ?? "The server's answer makes no sense.");
                break;
            case ConnectionAnswer.QueueFull:
                _seats.Remove(seat.Id);
                Emit(new ClientEvent.CommandRefused(BusyAnswer.Code, BusyAnswer.Sentence));
                break;
                // Without an answer it is asked again when there is a connection.
        }
    }

    private void Part(Seat seat)
    {
        seat.Leaving = ("left", "You left the room.");
        if (IsOnline)
            AskToLeave(seat.Id, () => Close(seat));
        else
            Close(seat); // if the server brings us back, it is told then
    }

    private void AskToLeave(string room, Action then) => Ask(new ClientFrame { Leave = new Leave { Room = room } }, answer =>
    {
        if (answer is ConnectionAnswer.Replied or ConnectionAnswer.QueueFull)
            then();
    });

    private void List(string after, List<RoomListing> soFar) => Request(new ClientFrame { List = new List { After = after } }, reply =>
    {
        if (reply.Rooms is not { } page)
            return;
        soFar.AddRange(page.Rooms.Select(room => new RoomListing(
            room.Room, room.MemberCount, SuiteInfo.Of(room.Suite), _seats.ContainsKey(room.Room))));
        if (page.More && page.Rooms.Count > 0 && soFar.Count < ListMax)
            List(page.Rooms[^1].Room, soFar);
        else
            Emit(new ClientEvent.RoomsListed(soFar, IsComplete: !page.More));
    });

    private void Members(Seat seat, string after, List<Peer> soFar, HashSet<Fingerprint> away) => Request(
        new ClientFrame { Who = new Who { Room = seat.Id, After = after } },
        reply =>
        {
            if (reply.Roster is not { } roster)
                return;
            Collect(roster, soFar, away);
            if (roster.More && roster.Members.Count > 0 && soFar.Count < WhoMax)
                Members(seat, roster.Members[^1].Name, soFar, away);
            else
                Emit(new ClientEvent.MembersListed(seat.Id, soFar, _identity.Fingerprint, IsComplete: !roster.More, away));
        });

    private void SetTopic(Seat seat, string typed)
    {
        var line = typed.Replace("\r\n", " ", StringComparison.Ordinal).Replace('\n', ' ').Trim();
        if (line.Length == 0)
            Wish(seat, new ActWish(RoomActKind.Topic, null));
        else if (MessageText.TryClean(line, TopicMaxBytes, out var topic, out var problem))
            Wish(seat, new ActWish(RoomActKind.Topic, null, Topic: topic));
        else
            Emit(new ClientEvent.CommandRefused("text-invalid", problem.Sentence));
    }

    private void Moderate(Seat seat, ClientCommand.Moderate wanted)
    {
        if (wanted.Kind is RoomActKind.Topic or RoomActKind.SlowMode or RoomActKind.Unspecified)
            throw new ArgumentException($"{wanted.Kind} isn't about someone.", nameof(wanted));
        var seconds = wanted.Kind == RoomActKind.Mute ? Math.Min(wanted.Seconds, RoomActs.SecondsMax) : 0;
        FindKnown(wanted.Name, (peer, _) => Wish(seat, new ActWish(wanted.Kind, peer.Key, seconds)));
    }

    private static void Wish(Seat seat, ActWish wish) => seat.Conversation?.Tell(new ConversationCommand.Moderate(wish));

    private void ShowInvite(Seat seat)
    {
        if (_session?.Challenge.ServerId is not { } id)
            Emit(new ClientEvent.CommandRefused(OfflineAnswer.Code, OfflineAnswer.Sentence));
        else
            Emit(new ClientEvent.InviteShown(seat.Id, InviteLink.For(_server, id.Span, seat.Room, seat.Invite, seat.Title)));
    }

    private void Refuse(RefusalCode code, string sentence) => Emit(new ClientEvent.CommandRefused(CodeNames.Of(code), sentence));
}
