using ChatLock.Client;
using ChatLock.Client.Conversations;
using ChatLock.ConsoleClient.Input;
using ChatLock.Protocol.Rooms;
using ChatLock.Protocol.Wire;

namespace ChatLock.ConsoleClient.Output;

/// <content>What is said of rooms. Their titles, topics and people's names are foreign: each goes through <see cref="Shown"/>.</content>
internal sealed partial class TextPresenter
{
    public IEnumerable<OutputLine> Rooms() => rooms.All.SelectMany((room, at) => Data(
        $"{(room == rooms.Current ? '*' : ' ')} {at + 1}  {room.Label}{TopicOf(room.Topic)}"));

    public IEnumerable<OutputLine> Topic() => rooms.Current switch
    {
        { Id: null } => Tell("The lobby has no topic.", LineLevel.Error),
        { IsGone: true } => Tell("You are no longer in that room.", LineLevel.Error),
        { Topic: { } topic } room => Tell($"The topic of {room.Label}: {topic}", LineLevel.Error),
        var room => Tell($"{room.Label} has no topic. /topic TEXT sets one.", LineLevel.Error),
    };

    private IEnumerable<OutputLine> AboutRooms(ClientEvent happened) => happened switch
    {
        ClientEvent.RoomEntered entered => Entered(entered),
        ClientEvent.RoomLeft { Code: "left" } left => [OutputLine.Data($"You left {Label(left.Id)}")],
        ClientEvent.RoomLeft left => Tell(
            $"!! You are no longer in {rooms.LabelOf(left.Id)}: {left.Sentence}{(rooms.Current.Id == left.Id ? " /room 1 goes to the lobby." : "")}",
            LineLevel.Error, isWarning: true),
        ClientEvent.RoomsListed listed => Listed(listed),
        ClientEvent.MembersListed members => [OutputLine.Data(
            $"{members.People.Count}{(members.IsComplete ? "" : " and more")} in {Label(members.Room)}: {Names(members.People, members.You, members.Away)}")],
        ClientEvent.TopicChanged changed => TopicChanged(changed),
        ClientEvent.RoomActed acted => [OutputLine.Data(acted.IsYou ? palette.Warning(Acted(acted)) : Acted(acted))],
        ClientEvent.ActRefused refused => Tell(
            $"!! In {rooms.LabelOf(refused.Room)}, \"{RoomActNames.Of(refused.Kind)}\" by {(refused.By is { } by ? by.Name : "nobody")}: {refused.Sentence}",
            LineLevel.Error, isWarning: true),
        ClientEvent.InviteShown invite => Invite(invite),
        _ => [],
    };

    /// <summary>For a line that isn't escaped as a whole.</summary>
    private string Label(string? room) => Shown.Room(rooms.LabelOf(room));

    private string All(string? room) => room is null ? "all" : Label(room);

    private string InRoom(string? room) => room is null ? "" : $" in {Label(room)}";

    private string Whereto(string? to, string? room) => to is not null ? $" to {to}" : room is not null ? $" to {rooms.LabelOf(room)}" : "";

    private string Missing(ClientEvent.MessagesMissing missing)
    {
        var where = missing.IsPrivate ? "to you (private)" : $"of {(missing.Room is null ? "the lobby" : Label(missing.Room))}";
        return missing is { From: 0, To: 0 }
            ? $"!! messages {where} are lost: the server began anew, and nobody knows how many there were"
            : missing.From == missing.To
                ? $"!! message {missing.From} {where} didn't reach you: the server doesn't have it any more"
                : $"!! messages {missing.From} to {missing.To} {where} didn't reach you: the server doesn't have them any more";
    }

    private IEnumerable<OutputLine> Entered(ClientEvent.RoomEntered entered)
    {
        var room = entered.Room;
        var whose = room.IsYours ? "yours" : room.IsOp ? "you are an op" : room.Owner is { } owner ? $"{owner.Name}'s" : "nobody's";
        var insecure = room.Suite.IsInsecure ? $"[{room.Suite.Label}] " : "";
        return entered.IsAgain
            ? Tell($"Back in {rooms.LabelOf(room.Id)}", LineLevel.Detail)
            : Tell($"{insecure}You are in {rooms.LabelOf(room.Id)} ({room.MemberCount} here, {whose}){TopicOf(room.Topic)}", LineLevel.Normal);
    }

    private static string TopicOf(string? topic) => topic is null ? "" : $"  {topic}";

    private IEnumerable<OutputLine> Listed(ClientEvent.RoomsListed listed)
    {
        if (listed.Rooms.Count == 0)
            return Tell("There is no open room. /join #NAME makes one, /create TITLE a sealed one.", LineLevel.Normal);
        var width = listed.Rooms.Max(room => Shown.Room(room.Id).Length);
        return listed.Rooms
            .Select(room => OutputLine.Data(
                $"{Shown.Room(room.Id).PadRight(width)}  {room.MemberCount,5}{(room.Suite.IsInsecure ? $"  [{room.Suite.Label}]" : "")}{(room.IsIn ? "  (you are in it)" : "")}"))
            .Concat(listed.IsComplete ? [] : [OutputLine.Data("and more")]);
    }

    private IEnumerable<OutputLine> TopicChanged(ClientEvent.TopicChanged changed)
    {
        var (who, room) = (changed.IsYou ? "You" : changed.By.Name, rooms.LabelOf(changed.Room));
        return changed switch
        {
            { Unreadable: { } reason } => Tell(
                $"!! {who} changed the topic of {room}: {UnreadableSentences.Of(reason, isPrivate: false)}", LineLevel.Error, isWarning: true),
            { Topic: { } topic } => Data($"{who} changed the topic of {room}: {topic}"),
            _ => Data($"{who} took the topic of {room} away"),
        };
    }

    private string Acted(ClientEvent.RoomActed acted)
    {
        var (by, room) = (palette.Name(Shown.Name(acted.By), acted.By.Key), Label(acted.Room));
        var target = acted.IsYou ? "you" : acted.Target is { } about ? palette.Name(Shown.Name(about), about.Key) : "";
        return acted.Kind switch
        {
            RoomActKind.Kick => $"{by} sent {target} out of {room}",
            RoomActKind.Ban => $"{by} banned {target} from {room}",
            RoomActKind.Unban => $"{by} lets {target} into {room} again",
            RoomActKind.Mute => $"{by} muted {target} in {room} {(acted.Seconds == 0 ? "until unmuted" : $"for {SpanOfTime.InWords(acted.Seconds)}")}",
            RoomActKind.Unmute => $"{by} lets {target} speak in {room} again",
            RoomActKind.Op => $"{by} made {target} an op of {room}",
            RoomActKind.Deop => $"{by} took the op's right from {target} in {room}",
            RoomActKind.SlowMode when acted.Seconds == 0 => $"{by} lets all speak in {room} as often as they like",
            RoomActKind.SlowMode => $"{by} lets each speak in {room} once in {SpanOfTime.InWords(acted.Seconds)}",
            _ => $"{by} did something in {room} that this version doesn't know",
        };
    }

    /// <remarks>Everyone is in the lobby, which tells who is gone, away or called otherwise; an act tells who was sent out.</remarks>
    private IEnumerable<OutputLine> RoomPresence(ClientEvent.PresenceChanged presence)
    {
        var room = Label(presence.Room);
        foreach (var peer in presence.Joined)
            yield return OutputLine.Data($"{palette.Name(Shown.Name(peer), peer.Key)}{Mark(palette, peer.Standing)} joined {room}");
        foreach (var (peer, reason) in presence.Left)
        {
            if (reason != "kicked")
                yield return OutputLine.Data($"{palette.Name(Shown.Name(peer), peer.Key)} left {room}");
        }
    }

    private IEnumerable<OutputLine> Invite(ClientEvent.InviteShown invite)
    {
        yield return OutputLine.Data(RoomId.TryParse(invite.Room, out var room) && room.Kind == RoomKind.Sealed
            ? $"Into {Label(invite.Room)}; whoever has this can read all that is said there from now on:"
            : $"Into {Label(invite.Room)}:");
        foreach (var link in invite.Links)
            yield return OutputLine.Data($"  {Shown.Link(link)}");
    }
}
