using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace ChatLock.Checker.History;

/// <summary>A line as it was read: its fields, whatever kind it is. A field that it doesn't have is null.</summary>
/// <remarks>Strict: an unknown field or kind is an error, not something to pass over, since a checker that doesn't
/// understand a record doesn't check it.</remarks>
internal struct HistoryLine
{
    public long? At;
    public ulong? Version, Epoch, Sequence, Counter, First, Last;
    public string? Client, Kind, Clock, Room, Id, From, To, Name, Code, Signature;

    /// <summary>Reads the fields.</summary>
    /// <param name="bytes">A line without its line feed.</param>
    /// <param name="intern">Gives one string for all equal ones.</param>
    /// <param name="line">The fields read so far.</param>
    /// <returns>What is wrong, as the end of a sentence; null if nothing is.</returns>
    public static string? Read(ReadOnlySpan<byte> bytes, Func<string, string> intern, out HistoryLine line)
    {
        line = default;
        try
        {
            var reader = new Utf8JsonReader(bytes);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return "not a JSON object.";
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var field = reader.GetString() ?? "";
                reader.Read();
                if (!line.TryTake(field, ref reader, intern))
                    return $"the field \"{Shown(field)}\" is unknown or has a value that can't be one.";
            }
            return reader.TokenType == JsonTokenType.EndObject && !reader.Read() ? null : "more than one JSON object.";
        }
        catch (Exception failed) when (failed is JsonException or InvalidOperationException)
        {
            return "not a JSON object; the line is damaged or cut off.";
        }
    }

    private bool TryTake(string field, ref Utf8JsonReader reader, Func<string, string> intern)
    {
        switch (field)
        {
            case HistoryField.At:
                return TryTake(ref reader, out At);
            case HistoryField.Version:
                return TryTake(ref reader, out Version);
            case HistoryField.Epoch:
                return TryTake(ref reader, out Epoch);
            case HistoryField.Sequence:
                return TryTake(ref reader, out Sequence);
            case HistoryField.Counter:
                return TryTake(ref reader, out Counter);
            case HistoryField.First:
                return TryTake(ref reader, out First);
            case HistoryField.Last:
                return TryTake(ref reader, out Last);
            case HistoryField.Client:
                return TryTake(ref reader, out Client);
            case HistoryField.Kind:
                return TryTake(ref reader, out Kind);
            case HistoryField.Clock:
                return TryTake(ref reader, out Clock);
            case HistoryField.Id:
                return TryTake(ref reader, out Id);
            case HistoryField.From:
                return TryTake(ref reader, out From);
            case HistoryField.To:
                return TryTake(ref reader, out To);
            case HistoryField.Name:
                return TryTake(ref reader, out Name);
            case HistoryField.Code:
                return TryTake(ref reader, out Code);
            case HistoryField.Signature:
                return TryTake(ref reader, out Signature);
            case HistoryField.Room when TryTake(ref reader, out Room):
                Room = intern(Room);
                return true;
            default:
                return false;
        }
    }

    private static bool TryTake(ref Utf8JsonReader reader, [NotNullWhen(true)] out string? text)
    {
        text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        return text is { Length: <= HistoryFormat.TextMaxLength };
    }

    private static bool TryTake(ref Utf8JsonReader reader, out ulong? number)
    {
        number = reader.TokenType == JsonTokenType.Number && reader.TryGetUInt64(out var value) ? value : null;
        return number is not null;
    }

    private static bool TryTake(ref Utf8JsonReader reader, out long? number)
    {
        number = reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var value) && value >= 0 ? value : null;
        return number is not null;
    }

    private static string Shown(string foreign) => Protocol.Text.ForeignText.ForLine(foreign, 40);
}
