using System.Text.Json;

namespace ChatLock.Protocol.Tests.Names;

/// <summary>Files of the repository's <c>vectors/</c> folder.</summary>
internal static class VectorFiles
{
    private static readonly string Root = FindRoot();

    public static JsonElement Json(string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(PathOf(name)));
        return document.RootElement.Clone();
    }

    /// <summary>The fields of each line of a Unicode data file, comments left out.</summary>
    public static IEnumerable<string[]> UnicodeRows(string name) =>
        from line in File.ReadLines(PathOf(name))
        let data = line.Split('#')[0].Trim('\uFEFF', ' ', '\t')
        where data.Length > 0
        select data.Split(';', StringSplitOptions.TrimEntries);

    /// <summary>"0066 0069" to text.</summary>
    public static string Text(string hexes) =>
        string.Concat(hexes.Split(' ').Select(hex => char.ConvertFromUtf32(Convert.ToInt32(hex, 16))));

    private static string PathOf(string name) => Path.Combine([Root, "vectors", .. name.Split('/')]);

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
