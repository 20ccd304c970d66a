namespace ChatLock.Client.Tests.Output;

/// <summary>The rule of vectors/terminal-escapes: what a terminal may be given because of foreign text.</summary>
internal static class EscapeRule
{
    /// <summary>What breaks the rule in a line; <c>null</c> if nothing does.</summary>
    public static string? Broken(string line)
    {
        var isolates = 0;
        for (var at = 0; at < line.Length; at++)
        {
            var c = line[at];
            if (c < 0x20 || c is >= '\u007f' and <= '\u009f' or '\u2028' or '\u2029')
                return $"control U+{(int)c:X4} at {at}";
            if (c is >= '\u202a' and <= '\u202e' or '\u200e' or '\u200f' or '\u061c')
                return $"bidi control U+{(int)c:X4} at {at}";
            if (char.IsSurrogate(c) && !(char.IsHighSurrogate(c) && at + 1 < line.Length && char.IsLowSurrogate(line[++at])))
                return $"lone surrogate at {at}";
            isolates += c is >= '\u2066' and <= '\u2068' ? 1 : c == '\u2069' ? -1 : 0;
            if (isolates < 0)
                return $"an isolate is closed at {at} that was not opened";
        }
        return isolates == 0 ? null : "an isolate is left open";
    }
}
