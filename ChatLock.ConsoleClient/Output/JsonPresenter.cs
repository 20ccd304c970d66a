using System.Globalization;
using System.Text;
using System.Text.Json;
using ChatLock.Client;
using ChatLock.Client.Connection;
using ChatLock.Client.Conversations;
using ChatLock.Client.Pins;
using ChatLock.ConsoleClient.Input;
using ChatLock.Protocol.Identity;

namespace ChatLock.ConsoleClient.Output;

/// <summary>One JSON object a line; docs/TERMINAL.md section 5 is its schema. Names of events and fields never change.</summary>
/// <remarks>Everything outside printable ASCII is \u-escaped, so a terminal that shows it is safe too.</remarks>
/// <param name="rooms">The rooms we are in.</param>
internal sealed partial class JsonPresenter(RoomBook rooms) : IPresenter
{
    public IEnumerable<OutputLine> Rooms() => [Line(WriteRooms)];

    public IEnumerable<OutputLine> Topic() => [Line(WriteTopic)];

    public IEnumerable<OutputLine> About(string sentence, LineLevel level) =>
        [OutputLine.About(Shown.Sentence(sentence), level)];

    public IEnumerable<OutputLine> Present(ClientEvent happened) => [Line(json => Write(json, happened))];

    private static OutputLine Line(Action<Utf8JsonWriter> write)
    {
        var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }
        return OutputLine.Data(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }

    private static void Write(Utf8JsonWriter json, ClientEvent happened)
    {
        switch (happened)
        {
            case ClientEvent.StatusChanged status:
                Begin(json, "status", ("state", status.Status.Name), ("sentence", status.Status.Sentence));
                if (status.Status is ConnectionStatus.Waiting waiting)
                    json.WriteNumber("retryInMs", (long)waiting.Delay.TotalMilliseconds);
                break;
            case ClientEvent.Notice notice:
                Begin(json, "notice", ("code", notice.Code), ("sentence", notice.Sentence));
                json.WriteBoolean("warning", notice.IsWarning);
                break;
            case ClientEvent.NameNeeded need:
                Begin(json, "name-needed", ("wanted", need.Wanted), ("code", need.Code), ("sentence", need.Sentence));
                json.WriteStartArray("suggestions");
                foreach (var suggestion in need.Suggestions)
                    json.WriteStringValue(suggestion);
                json.WriteEndArray();
                break;
            case ClientEvent.Entered entered:
                Begin(json, "entered", ("name", entered.Name), ("key", Hex(entered.Key)));
                Write(json, entered.LobbySuite);
                Write(json, "here", entered.Here);
                json.WriteBoolean("again", entered.IsAgain);
                json.WriteBoolean("resumed", entered.IsResumed);
                break;
            case ClientEvent.MessageCame came:
                Begin(json, "message", ("to", came.IsPrivate ? "me" : "all"));
                WriteRoom(json, came.Room);
                Write(json, "from", came.From);
                Write(json, came.Number, came.Body, came.Suite, came.Time, came.Sequence);
                break;
            case ClientEvent.MessageSent sent:
                Begin(json, "sent");
                WriteReceiver(json, sent.To);
                WriteRoom(json, sent.Room);
                json.WriteBoolean("waiting", sent.IsWaiting);
                Write(json, sent.Number, sent.Body, sent.Suite, sent.Time, sent.Sequence);
                break;
            case ClientEvent.MessageDelivered delivered:
                Begin(json, "delivered");
                json.WriteNumber("number", delivered.Number);
                Write(json, "to", delivered.To);
                break;
            case ClientEvent.MessageUnreadable gap:
                Begin(json, "unreadable", ("to", gap.IsPrivate ? "me" : "all"), ("reason", UnreadableSentences.NameOf(gap.Reason)),
                    ("sentence", UnreadableSentences.Of(gap.Reason, gap.IsPrivate)));
                WriteRoom(json, gap.Room);
                json.WriteNumber("number", gap.Number);
                Write(json, "from", gap.From);
                break;
            case ClientEvent.MessagesMissing missing:
                Begin(json, "missing", ("to", missing.IsPrivate ? "me" : "all"));
                WriteRoom(json, missing.Room);
                json.WriteNumber("fromSequence", missing.From);
                json.WriteNumber("toSequence", missing.To);
                break;
            case ClientEvent.MessageHeld held:
                Begin(json, "held", ("to", held.To ?? "all"), ("text", held.Body.Text));
                WriteRoom(json, held.Room);
                break;
            case ClientEvent.MessageFailed failed:
                Begin(json, "failed", ("to", failed.To ?? "all"), ("text", failed.Body.Text), ("code", failed.Code),
                    ("sentence", failed.Sentence));
                WriteRoom(json, failed.Room);
                break;
            case ClientEvent.PresenceChanged presence:
                Write(json, presence);
                break;
            case ClientEvent.YouRenamed renamed:
                Begin(json, "renamed", ("before", renamed.Before), ("now", renamed.Now));
                break;
            case ClientEvent.WhoAnswered who:
                Begin(json, "who", ("you", Hex(who.You)));
                WritePeople(json, who.People, who.IsComplete, who.Away);
                break;
            case ClientEvent.PeerShown shown:
                Begin(json, "peer", ("pinned", shown.Pinned is { } before ? Hex(before) : null), ("you", Hex(shown.You)));
                Write(json, "peer", shown.Peer);
                json.WriteString("words", Words(shown.Peer.Key));
                json.WriteString("yourWords", Words(shown.You));
                json.WriteBoolean("here", shown.IsHere);
                json.WriteBoolean("ignored", shown.IsIgnored);
                break;
            case ClientEvent.PeerPinned pinned:
                Begin(json, "pinned");
                Write(json, "peer", pinned.Peer);
                break;
            case ClientEvent.PeerKeyChanged changed:
                Begin(json, "key-changed", ("name", changed.Name), ("before", Hex(changed.Before)), ("now", Hex(changed.Now)));
                break;
            case ClientEvent.IgnoreChanged ignore:
                Begin(json, "ignore");
                Write(json, "peer", ignore.Peer);
                json.WriteBoolean("ignored", ignore.IsIgnored);
                break;
            case ClientEvent.Inspected inspected:
                Begin(json, "inspect");
                json.WriteNumber("number", inspected.Number);
                json.WriteStartArray("lines");
                foreach (var line in inspected.Lines)
                    json.WriteStringValue(line);
                json.WriteEndArray();
                break;
            case ClientEvent.SuiteShown suite:
                Begin(json, "suite");
                Write(json, suite.Suite);
                break;
            case ClientEvent.CommandRefused no:
                Begin(json, "refused", ("code", no.Code), ("sentence", no.Sentence));
                break;
            default:
                WriteAboutRooms(json, happened);
                break;
        }
    }

    private static void Write(Utf8JsonWriter json, ClientEvent.PresenceChanged presence)
    {
        Begin(json, "presence");
        WriteRoom(json, presence.Room);
        Write(json, "joined", presence.Joined);
        json.WriteStartArray("left");
        foreach (var (peer, reason) in presence.Left)
        {
            json.WriteStartObject();
            WriteFields(json, peer);
            json.WriteString("reason", reason);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("renamed");
        foreach (var (before, peer) in presence.Renamed)
        {
            json.WriteStartObject();
            json.WriteString("before", before);
            WriteFields(json, peer);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        Write(json, "away", presence.Away);
        Write(json, "back", presence.Back);
        json.WriteNumber("online", presence.Online);
        json.WriteNumber("more", presence.More);
    }

    private static void Begin(Utf8JsonWriter json, string name, params ReadOnlySpan<(string Field, string? Value)> fields)
    {
        json.WriteString("event", name);
        foreach (var (field, value) in fields)
            json.WriteString(field, value);
    }

    private static void Write(
        Utf8JsonWriter json, int number, MessageBody body, SuiteInfo suite, DateTimeOffset time, ulong sequence)
    {
        json.WriteNumber("number", number);
        json.WriteString("text", body.Text);
        json.WriteBoolean("action", body.IsAction);
        Write(json, suite);
        json.WriteString("time", time.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
        if (sequence > 0)
            json.WriteNumber("sequence", sequence);
    }

    private static void WriteReceiver(Utf8JsonWriter json, Peer? to)
    {
        if (to is null)
            json.WriteString("to", "all");
        else
            Write(json, "to", to);
    }

    private static void Write(Utf8JsonWriter json, SuiteInfo suite)
    {
        json.WriteString("suite", suite.Name);
        json.WriteBoolean("insecure", suite.IsInsecure);
    }

    private static void Write(Utf8JsonWriter json, string field, IEnumerable<Peer> peers)
    {
        json.WriteStartArray(field);
        foreach (var peer in peers)
        {
            json.WriteStartObject();
            WriteFields(json, peer);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string field, Peer peer)
    {
        json.WriteStartObject(field);
        WriteFields(json, peer);
        json.WriteEndObject();
    }

    private static void WriteFields(Utf8JsonWriter json, Peer peer)
    {
        json.WriteString("name", peer.Name);
        json.WriteString("key", Hex(peer.Key));
        json.WriteString("standing", peer.Standing switch
        {
            PinStanding.New => "new",
            PinStanding.Known => "known",
            PinStanding.Verified => "verified",
            _ => "changed",
        });
    }

    private static string Words(Fingerprint key) => string.Join(' ', key.ToWords());

    private static string Hex(Fingerprint key) => Convert.ToHexStringLower(key.ToBytes());
}
