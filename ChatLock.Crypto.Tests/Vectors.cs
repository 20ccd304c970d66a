using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatLock.Crypto.Tests;

/// <summary>The repository's <c>vectors/</c> folder, one truth for all languages.</summary>
internal static class Vectors
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
        NewLine = "\n",
    };

    /// <summary>The folder that holds ChatLock.sln.</summary>
    public static string RepositoryRoot { get; } = FindRoot();

    public static string PathOf(string name) => Path.Combine([RepositoryRoot, "vectors", .. name.Split('/')]);

    /// <summary>A JSON vector file; property names are snake_case unless the type says otherwise.</summary>
    public static T Json<T>(string name)
    {
        using var file = File.OpenRead(PathOf(name));
        return JsonSerializer.Deserialize<T>(file, Options) ?? throw new InvalidDataException($"{name} is null");
    }

    /// <summary>What <see cref="Json{T}"/> reads.</summary>
    public static string ToJson<T>(T value) => JsonSerializer.Serialize(value, Options) + "\n";

    /// <summary>The tests of a Wycheproof file, each with its group.</summary>
    public static IEnumerable<(JsonElement Group, JsonElement Test)> Wycheproof(string name) =>
        from @group in Json<JsonElement>($"wycheproof/{name}").GetProperty("testGroups").EnumerateArray()
        from test in @group.GetProperty("tests").EnumerateArray()
        select (@group, test);

    /// <summary>The records of a NIST CAVP file: "name = value" lines, blank lines between, [section] lines above.
    /// A record's section is its value "".</summary>
    public static IEnumerable<IReadOnlyDictionary<string, string>> Cavp(string name)
    {
        var section = "";
        var record = new Dictionary<string, string>();
        foreach (var line in File.ReadLines(PathOf(name)).Append(""))
        {
            if (line.StartsWith('[') && !line.Contains('='))
                section = line.Trim('[', ']');
            else if (line.IndexOf('=', StringComparison.Ordinal) is > 0 and var at && !line.StartsWith('#'))
                record[line[..at].Trim()] = line[(at + 1)..].Trim();
            else if (line.Length == 0 && record.Count > 0)
            {
                record[""] = section;
                yield return record;
                record = [];
            }
        }
    }

    public static byte[] Hex(this JsonElement element, string property) =>
        Convert.FromHexString(element.GetProperty(property).GetString()!);

    public static string Text(this JsonElement element, string property) => element.GetProperty(property).GetString()!;

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "ChatLock.sln")))
                return folder.FullName;
        }
        throw new DirectoryNotFoundException("No folder above the tests holds ChatLock.sln.");
    }
}
