using System.Text;

namespace ChatLock.Protocol.Text;

/// <summary>Breaks one line into rows: at a blank where there is one, else between a character with all its marks
/// and the next, and inside such a cluster only if it is wider than a row.</summary>
internal static class TerminalRows
{
    public static IEnumerable<string> Wrap(string line, int columns)
    {
        var start = 0;
        while (EndOfRow(line, start, columns) is var end && end < line.Length)
        {
            yield return line[start..end];
            start = line[end] == ' ' ? end + 1 : end;
        }
        yield return line[start..];
    }

    private static int EndOfRow(string line, int start, int columns)
    {
        var (width, at, blank, cluster) = (0, start, start, start);
        var before = default(Rune);
        foreach (var rune in line.AsSpan(start).EnumerateRunes())
        {
            if (rune.Value == ' ')
                blank = at;
            if (!Clings(rune, before))
                cluster = at;
            width += TerminalWidth.Of(rune);
            if (width > columns && at > start)
                return blank > start ? blank : cluster > start ? cluster : at;
            at += rune.Utf16SequenceLength;
            before = rune;
        }
        return line.Length;
    }

    private static bool Clings(Rune rune, Rune before) =>
        ForeignCharacters.IsMark(rune) || InvisibleCharacters.Contains(rune.Value)
        || before.Value == ForeignCharacters.ZeroWidthJoiner;
}
