using System.Globalization;
using System.Text;

namespace ChatLock.Protocol.Names.Data;

/// <summary>Reads the embedded tables that derive.mjs writes: "@name count", then that many lines.</summary>
internal static class DataFile
{
    public static Dictionary<string, List<string>> ReadSections(string resource)
    {
        using var stream = typeof(DataFile).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"{resource} isn't embedded");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var sections = new Dictionary<string, List<string>>();
        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith('@'))
                continue;
            var (name, count) = SplitOnce(line[1..], " ");
            sections.Add(name, ReadLines(reader, int.Parse(count, CultureInfo.InvariantCulture)));
        }
        return sections;
    }

    /// <summary>Lines such as "FB01;0066 0069".</summary>
    public static Dictionary<int, string> Mappings(List<string> lines)
    {
        var mappings = new Dictionary<int, string>(lines.Count);
        foreach (var line in lines)
        {
            var (from, to) = SplitOnce(line, ";");
            mappings.Add(CodePoint(from), Text(to));
        }
        return mappings;
    }

    public static int CodePoint(string hex) => int.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    public static (string Left, string Right) SplitOnce(string text, string separator)
    {
        var at = text.IndexOf(separator, StringComparison.Ordinal);
        return (text[..at], text[(at + separator.Length)..]);
    }

    private static List<string> ReadLines(StreamReader reader, int count)
    {
        var lines = new List<string>(count);
        for (var i = 0; i < count; i++)
            lines.Add(reader.ReadLine() ?? throw new InvalidOperationException("a table ends early"));
        return lines;
    }

    private static string Text(string hexes) =>
        string.Concat(hexes.Split(' ').Select(hex => char.ConvertFromUtf32(CodePoint(hex))));
}
