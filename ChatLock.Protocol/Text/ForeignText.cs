using System.Globalization;

namespace ChatLock.Protocol.Text;

/// <summary>The one way for anything foreign (message text, names, errors, labels) to a terminal or a log. What
/// comes out holds no control character, no lone surrogate, no bidi control but an isolate that it opens and closes
/// itself, and nothing invisible outside the emoji and words that need it. docs/PROTOCOL.md, foreign text.</summary>
/// <remarks>Stand-ins: C0 and DEL are shown as control pictures (U+2400 to U+2421), other characters that must not
/// be written as <c>\u{202E}</c>, a tab as four spaces, a lone surrogate as U+FFFD, the fifth and later of a row of
/// stand-ins as <c>(+12)</c>, what is beyond a bound as <c>…(+345)</c>, counted in characters. A base carries at most
/// four marks. Never undone: for showing only.</remarks>
public static class ForeignText
{
    private const int MaxTerminalLines = 200;
    private const string OpenIsolate = "\u2068";
    private const string CloseIsolate = "\u2069";

    /// <summary>One line, for names, errors, labels and log fields. Line breaks become stand-ins.</summary>
    /// <param name="text">Any UTF-16.</param>
    /// <param name="maxCharacters">Most UTF-16 units of the result, from 1, not counting the note of what was cut (16
    /// at most) and the two of an isolate.</param>
    public static string ForLine(string text, int maxCharacters) =>
        Isolated(Written(text, maxCharacters, cutLines: false)[0]);

    /// <summary>Message text, cut at its line feeds; for a caller that sets each line apart from what a sender's
    /// line starts with.</summary>
    /// <param name="text">Any UTF-16; CR LF counts as a line feed.</param>
    /// <param name="maxCharacters">Most UTF-16 units of all lines together, as for <see cref="ForLine"/>.</param>
    /// <param name="maxLines">Most lines, from 1; one more then tells how many were left out.</param>
    public static IReadOnlyList<string> Lines(string text, int maxCharacters, int maxLines) =>
        [.. Bounded(Written(text, maxCharacters, cutLines: true), maxLines).Select(Isolated)];

    /// <summary>Message text as one string with line feeds; at most 200 lines.</summary>
    /// <param name="text">Any UTF-16.</param>
    /// <param name="maxCharacters">As for <see cref="Lines"/>, indents not counted.</param>
    /// <param name="indent">Set before every line but the first, so that none starts where a sender's name does: a
    /// blank or more, without controls.</param>
    /// <exception cref="ArgumentException">The indent doesn't start with a blank, or holds a control.</exception>
    public static string ForTerminal(string text, int maxCharacters, string indent = "    ")
    {
        ArgumentNullException.ThrowIfNull(indent);
        if (!indent.StartsWith(' ') || indent.Any(char.IsControl))
            throw new ArgumentException("An indent starts with a blank and holds no control.", nameof(indent));
        return string.Join('\n' + indent, Lines(text, maxCharacters, MaxTerminalLines));
    }

    /// <summary>Message text cut at its line feeds and wrapped, so that the terminal itself never wraps it to the
    /// column where a sender's name starts.</summary>
    /// <param name="text">Any UTF-16.</param>
    /// <param name="columns">Terminal cells of a row, from 2 (see <see cref="TerminalWidth"/>).</param>
    /// <param name="maxCharacters">As for <see cref="Lines"/>.</param>
    /// <param name="maxRows">Most rows, from 1; one more then tells how many were left out.</param>
    public static IReadOnlyList<string> Rows(string text, int columns, int maxCharacters, int maxRows)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 2);
        var rows = Written(text, maxCharacters, cutLines: true).SelectMany(line => TerminalRows.Wrap(line, columns));
        return [.. Bounded([.. rows], maxRows).Select(Isolated)];
    }

    private static List<string> Written(string text, int maxCharacters, bool cutLines)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxCharacters, 1);
        return text.Length <= maxCharacters && !text.AsSpan().ContainsAnyExceptInRange(' ', '~')
            ? [text]
            : new ForeignWriter(maxCharacters, cutLines).Write(text);
    }

    private static IEnumerable<string> Bounded(List<string> lines, int max)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        if (lines.Count <= max)
            return lines;
        var note = string.Create(CultureInfo.InvariantCulture, $"\u2026(+{lines.Count - max} lines)");
        return lines.Take(max).Append(note);
    }

    /// <summary>Right-to-left text must not reorder what stands around it (UAX #9 section 2.4.2).</summary>
    private static string Isolated(string line) =>
        line.EnumerateRunes().Any(ForeignCharacters.IsRightToLeft) ? OpenIsolate + line + CloseIsolate : line;
}
