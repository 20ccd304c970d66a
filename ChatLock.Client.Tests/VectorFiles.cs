using System.Text.Json;

namespace ChatLock.Client.Tests;

/// <summary>The test vectors, found from the folder that holds ChatLock.sln.</summary>
internal static class VectorFiles
{
    /// <summary>71 texts that try to take a terminal over.</summary>
    public static IReadOnlyList<string> TerminalEscapes()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(PathOf("terminal-escapes", "payloads.json")));
        return [.. document.RootElement.GetProperty("payloads").EnumerateArray().Select(Text)];
    }

    /// <summary>The big list of naughty strings.</summary>
    public static IReadOnlyList<string> NaughtyStrings()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(PathOf("naughty-strings", "blns.json")));
        return [.. document.RootElement.EnumerateArray().Select(element => element.GetString()!)];
    }

    /// <remarks>One holds a lone surrogate, which a JSON reader refuses: those are taken from the raw text.</remarks>
    private static string Text(JsonElement payload)
    {
        var text = payload.GetProperty("text");
        try
        {
            return text.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return "\ud800x";
        }
    }

    private static string PathOf(string folder, string file)
    {
        for (var above = new DirectoryInfo(AppContext.BaseDirectory); above is not null; above = above.Parent)
        {
            if (File.Exists(Path.Combine(above.FullName, "ChatLock.sln")))
                return Path.Combine(above.FullName, "vectors", folder, file);
        }
        throw new DirectoryNotFoundException("No folder above the tests holds ChatLock.sln.");
    }
}
