using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using ChatLock.Crypto.Tests;

namespace ChatLock.Protocol.Tests.Golden;

/// <summary>Vector files that the tests make in memory and compare with what is kept.</summary>
internal static class GoldenFile
{
    /// <summary>Set to 1, the tests write the files that they compare with.</summary>
    private const string WriteSwitch = "CHATLOCK_WRITE_VECTORS";

    private const int LineMaxCharacters = 160;

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The file is what <paramref name="made"/> comes to as JSON.</summary>
    /// <param name="name">Below vectors/.</param>
    /// <param name="made">Always the same, on every machine.</param>
    public static void AssertIs<T>(string name, T made)
    {
        var text = new StringBuilder();
        Write(text, JsonSerializer.SerializeToNode(made, Options), indent: 0);
        var json = string.Concat(text.Append('\n').ToString().Select(Ascii));
        if (Environment.GetEnvironmentVariable(WriteSwitch) == "1")
            File.WriteAllText(Vectors.PathOf(name), json);
        Assert.Equal(File.ReadAllText(Vectors.PathOf(name)), json);
    }

    /// <summary>What is short stands on one line.</summary>
    private static void Write(StringBuilder text, JsonNode? node, int indent)
    {
        var line = node?.ToJsonString(Options) ?? "null";
        switch (node)
        {
            case JsonObject fields when line.Length + indent > LineMaxCharacters:
                Write(text, '{', fields, '}', indent, field =>
                {
                    text.Append(JsonSerializer.Serialize(field.Key, Options)).Append(": ");
                    Write(text, field.Value, indent + 2);
                });
                break;
            case JsonArray items when line.Length + indent > LineMaxCharacters:
                Write(text, '[', items, ']', indent, item => Write(text, item, indent + 2));
                break;
            default:
                text.Append(line);
                break;
        }
    }

    private static void Write<T>(StringBuilder text, char open, IEnumerable<T> parts, char close, int indent, Action<T> write)
    {
        var before = open;
        foreach (var part in parts)
        {
            text.Append(before).Append('\n').Append(' ', indent + 2);
            write(part);
            before = ',';
        }
        text.Append('\n').Append(' ', indent).Append(close);
    }

    private static string Ascii(char character) => character > '~' ? $"\\u{(int)character:x4}" : character.ToString();
}
