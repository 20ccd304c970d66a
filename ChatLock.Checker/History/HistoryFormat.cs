using System.Text.Json;

namespace ChatLock.Checker.History;

/// <summary>How a record is written: one JSON object a line. docs/CHECKER.md section 1.</summary>
internal static class HistoryFormat
{
    public const int Version = 1;

    /// <summary>Longest line, in bytes, line feed not counted.</summary>
    public const int LineMaxBytes = 1_024;

    /// <summary>Longest room, name or code, in UTF-16 units.</summary>
    public const int TextMaxLength = 128;

    public static void WriteHeader(Utf8JsonWriter to, string clock)
    {
        to.WriteStartObject();
        to.WriteString(HistoryField.Kind, "history");
        to.WriteNumber(HistoryField.Version, Version);
        to.WriteString(HistoryField.Clock, clock);
        to.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter to, HistoryRecord record)
    {
        to.WriteStartObject();
        to.WriteNumber(HistoryField.At, record.AtMicroseconds);
        to.WriteString(HistoryField.Client, record.Client.ToString());
        to.WriteString(HistoryField.Kind, KindOf(record.What));
        WriteFields(to, record.What);
        to.WriteEndObject();
    }

    public static string KindOf(Happening what) => what switch
    {
        Happening.Connected => "connected",
        Happening.Resumed => "resumed",
        Happening.Detached => "detached",
        Happening.Left => "left",
        Happening.Ended => "ended",
        Happening.NameHeld => "name-held",
        Happening.NameReleased => "name-released",
        Happening.Joined => "joined",
        Happening.Parted => "parted",
        Happening.SentToRoom => "sent",
        Happening.SentPrivately => "sent-private",
        Happening.Acknowledged => "acknowledged",
        Happening.AcknowledgedPrivately => "acknowledged-private",
        Happening.Refused => "refused",
        Happening.Failed => "failed",
        Happening.Received => "received",
        Happening.ReceivedPrivately => "received-private",
        Happening.ActSeen => "act",
        Happening.Gap => "gap",
        Happening.PassedBy => "passed-by",
        _ => throw new ArgumentOutOfRangeException(nameof(what), what.GetType().Name, "no kind for it"),
    };

    public static string NameOf(SignatureCheck check) => check switch
    {
        SignatureCheck.Valid => "valid",
        SignatureCheck.Invalid => "invalid",
        _ => "client",
    };

    private static void WriteFields(Utf8JsonWriter to, Happening what)
    {
        switch (what)
        {
            case Happening.NameHeld held:
                to.WriteString(HistoryField.Name, held.Name);
                break;
            case Happening.NameReleased released:
                to.WriteString(HistoryField.Name, released.Name);
                break;
            case Happening.Joined joined:
                WritePosition(to, joined.Position);
                break;
            case Happening.Parted parted:
                to.WriteString(HistoryField.Room, parted.Room);
                break;
            case Happening.SentToRoom sent:
                to.WriteString(HistoryField.Room, sent.Room);
                WriteId(to, sent.Id);
                to.WriteNumber(HistoryField.Counter, sent.Counter);
                break;
            case Happening.SentPrivately sent:
                to.WriteString(HistoryField.To, sent.Recipient.ToString());
                WriteId(to, sent.Id);
                to.WriteNumber(HistoryField.Counter, sent.Counter);
                break;
            case Happening.Acknowledged taken:
                WritePosition(to, taken.Position);
                WriteId(to, taken.Id);
                break;
            case Happening.AcknowledgedPrivately taken:
                WriteId(to, taken.Id);
                break;
            case Happening.Refused refused:
                WriteId(to, refused.Id);
                to.WriteString(HistoryField.Code, refused.Code);
                break;
            case Happening.Failed failed:
                WriteId(to, failed.Id);
                to.WriteString(HistoryField.Code, failed.Code);
                break;
            case Happening.Received came:
                WritePosition(to, came.Position);
                WriteOrigin(to, came.From, came.Id, came.Signature);
                break;
            case Happening.ReceivedPrivately came:
                WriteOrigin(to, came.From, came.Id, came.Signature);
                break;
            case Happening.PassedBy passed:
                WriteOrigin(to, passed.From, passed.Id, passed.Signature);
                break;
            case Happening.ActSeen act:
                WritePosition(to, act.Position);
                break;
            case Happening.Gap gap:
                to.WriteString(HistoryField.Room, gap.Room);
                to.WriteNumber(HistoryField.Epoch, gap.Epoch);
                to.WriteNumber(HistoryField.First, gap.First);
                to.WriteNumber(HistoryField.Last, gap.Last);
                break;
        }
    }

    private static void WritePosition(Utf8JsonWriter to, LogPosition position)
    {
        to.WriteString(HistoryField.Room, position.Room);
        to.WriteNumber(HistoryField.Epoch, position.Epoch);
        to.WriteNumber(HistoryField.Sequence, position.Sequence);
    }

    private static void WriteId(Utf8JsonWriter to, MessageId id) => to.WriteString(HistoryField.Id, id.ToString());

    private static void WriteOrigin(Utf8JsonWriter to, ClientKey from, MessageId id, SignatureCheck signature)
    {
        to.WriteString(HistoryField.From, from.ToString());
        WriteId(to, id);
        to.WriteString(HistoryField.Signature, NameOf(signature));
    }
}

/// <summary>What the fields of a line are called.</summary>
internal static class HistoryField
{
    public const string At = "t";
    public const string Client = "c";
    public const string Kind = "k";
    public const string Version = "v";
    public const string Clock = "clock";
    public const string Room = "room";
    public const string Epoch = "epoch";
    public const string Sequence = "seq";
    public const string Id = "id";
    public const string Counter = "n";
    public const string From = "from";
    public const string To = "to";
    public const string Name = "name";
    public const string Code = "code";
    public const string Signature = "sig";
    public const string First = "first";
    public const string Last = "last";
}
