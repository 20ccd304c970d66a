using System.Text.Json;
using ChatLock.Client;
using ChatLock.Client.Conversations;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Rooms;

namespace ChatLock.ConsoleClient.Output;

/// <content>Rooms. A room is named by its id; what is about the lobby or private has none.</content>
internal sealed partial class JsonPresenter
{
    private void WriteRooms(Utf8JsonWriter json)
    {
        Begin(json, "in", ("current", rooms.Current.Id));
        json.WriteStartArray("rooms");
        foreach (var room in rooms.All.Where(room => room.Id is not null))
        {
            json.WriteStartObject();
            json.WriteString("room", room.Id);
            json.WriteString("title", room.Label);
            json.WriteString("topic", room.Topic);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private void WriteTopic(Utf8JsonWriter json)
    {
        Begin(json, "topic", ("topic", rooms.Current.Topic));
        WriteRoom(json, rooms.Current.Id);
    }

    private static void WriteAboutRooms(Utf8JsonWriter json, ClientEvent happened)
    {
        switch (happened)
        {
            case ClientEvent.RoomEntered entered:
                Write(json, entered);
                break;
            case ClientEvent.RoomLeft left:
                Begin(json, "room-left", ("room", left.Id), ("title", left.DisplayName), ("code", left.Code), ("sentence", left.Sentence));
                break;
            case ClientEvent.RoomsListed listed:
                Write(json, listed);
                break;
            case ClientEvent.MembersListed members:
                Begin(json, "members", ("room", members.Room), ("you", Hex(members.You)));
                WritePeople(json, members.People, members.IsComplete, members.Away);
                break;
            case ClientEvent.TopicChanged changed:
                Begin(json, "topic-changed", ("room", changed.Room), ("topic", changed.Topic),
                    ("unreadable", changed.Unreadable is { } reason ? UnreadableSentences.NameOf(reason) : null));
                Write(json, "by", changed.By);
                break;
            case ClientEvent.RoomActed acted:
                Begin(json, "act", ("room", acted.Room), ("kind", RoomActNames.Of(acted.Kind)));
                Write(json, "by", acted.By);
                if (acted.Target is { } target)
                    Write(json, "target", target);
                json.WriteNumber("seconds", acted.Seconds);
                json.WriteBoolean("you", acted.IsYou);
                break;
            case ClientEvent.ActRefused refused:
                Begin(json, "act-refused", ("room", refused.Room), ("kind", RoomActNames.Of(refused.Kind)), ("code", refused.Code),
                    ("sentence", refused.Sentence));
                if (refused.By is { } by)
                    Write(json, "by", by);
                break;
            case ClientEvent.InviteShown invite:
                Begin(json, "invite", ("room", invite.Room));
                json.WriteStartArray("links");
                foreach (var link in invite.Links)
                    json.WriteStringValue(link);
                json.WriteEndArray();
                break;
            default:
                throw new InvalidOperationException($"no rule for {happened.GetType().Name}");
        }
    }

    private static void Write(Utf8JsonWriter json, ClientEvent.RoomEntered entered)
    {
        var room = entered.Room;
        Begin(json, "room-entered", ("room", room.Id), ("title", room.DisplayName), ("kind", room.Kind == RoomKind.Open ? "open" : "sealed"),
            ("topic", room.Topic));
        Write(json, room.Suite);
        if (room.Owner is { } owner)
            Write(json, "owner", owner);
        json.WriteBoolean("yours", room.IsYours);
        json.WriteBoolean("op", room.IsOp);
        Write(json, "here", room.Members);
        json.WriteNumber("count", room.MemberCount);
        json.WriteBoolean("again", entered.IsAgain);
    }

    private static void Write(Utf8JsonWriter json, ClientEvent.RoomsListed listed)
    {
        Begin(json, "rooms");
        json.WriteStartArray("rooms");
        foreach (var room in listed.Rooms)
        {
            json.WriteStartObject();
            json.WriteString("room", room.Id);
            json.WriteNumber("count", room.MemberCount);
            Write(json, room.Suite);
            json.WriteBoolean("in", room.IsIn);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteBoolean("complete", listed.IsComplete);
    }

    private static void WritePeople(Utf8JsonWriter json, IReadOnlyList<Peer> people, bool isComplete, IReadOnlySet<Fingerprint> away)
    {
        Write(json, "people", people);
        json.WriteBoolean("complete", isComplete);
        json.WriteStartArray("away");
        foreach (var peer in people.Where(peer => away.Contains(peer.Key)))
            json.WriteStringValue(Hex(peer.Key));
        json.WriteEndArray();
    }

    private static void WriteRoom(Utf8JsonWriter json, string? room)
    {
        if (room is not null)
            json.WriteString("room", room);
    }
}
