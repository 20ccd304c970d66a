using System.Globalization;
using System.Text;

namespace ChatLock.Protocol.Tests.Text;

/// <summary>The rule of vectors/terminal-escapes/payloads.json, written apart from the code that it judges.</summary>
internal static class TerminalRule
{
    private const char Open = '\u2068';
    private const char Close = '\u2069';

    /// <summary>What a line breaks of the rule; empty if nothing.</summary>
    public static string Broken(string line)
    {
        if (line.Any(c => c is < ' ' or >= '\u007f' and <= '\u009f'))
            return "a control";
        if (HasLoneSurrogate(line))
            return "a lone surrogate";
        var inside = line is [Open, .., Close] ? line[1..^1] : line;
        if (inside.Any(IsBidiControl))
            return "a bidi control";
        if (inside.Any(c => c is '\u2028' or '\u2029'))
            return "a line break";
        if (inside.EnumerateRunes().Any(IsHidden))
            return "a hidden character";
        if (line == inside && inside.EnumerateRunes().Any(IsHebrewOrArabic))
            return "right-to-left text outside an isolate";
        return LongestRunOfMarks(inside) > 4 ? "a pile of marks" : "";
    }

    private static bool HasLoneSurrogate(string line)
    {
        try
        {
            new UTF8Encoding(false, throwOnInvalidBytes: true).GetByteCount(line);
            return false;
        }
        catch (EncoderFallbackException)
        {
            return true;
        }
    }

    private static bool IsBidiControl(char c) =>
        c is '\u061c' or '\u200e' or '\u200f' or >= '\u202a' and <= '\u202e' or >= '\u2066' and <= '\u2069';

    private static bool IsHidden(Rune rune) =>
        rune.Value is 0xAD or 0x200B or 0x2060 or 0xFEFF or >= 0xE0000 and <= 0xE007F;

    private static bool IsHebrewOrArabic(Rune rune) => rune.Value is >= 0x5D0 and <= 0x5EA or >= 0x620 and <= 0x64A;

    private static int LongestRunOfMarks(string text)
    {
        var (longest, run) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            run = Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark
                ? run + 1
                : 0;
            longest = Math.Max(longest, run);
        }
        return longest;
    }
}
