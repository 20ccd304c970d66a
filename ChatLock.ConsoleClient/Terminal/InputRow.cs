using System.Globalization;
using System.Text;
using ChatLock.Protocol.Text;

namespace ChatLock.ConsoleClient.Terminal;

/// <summary>The line being typed as one row of the terminal: a long one scrolls sideways, so that nothing else moves.</summary>
/// <param name="Text">What to write, at most one row less a cell, no control character in it.</param>
/// <param name="CursorColumn">Cells before the cursor.</param>
internal readonly record struct InputRow(string Text, int CursorColumn)
{
    private const int Margin = 1;

    /// <summary>The row for a prompt and a line.</summary>
    /// <param name="prompt">Safe already.</param>
    /// <param name="editor">The line.</param>
    /// <param name="columns">The terminal's width, in cells.</param>
    public static InputRow Of(string prompt, LineEditor editor, int columns)
    {
        var room = Math.Max(columns - TerminalWidth.Of(prompt) - Margin, 4);
        var before = Cells(editor.Text[..editor.Cursor]);
        var after = Cells(editor.Text[editor.Cursor..]);

        var first = before.Count;
        var width = 0;
        while (first > 0 && width + before[first - 1].Width < room)
            width += before[--first].Width;
        var cursor = TerminalWidth.Of(prompt) + width;

        var text = new StringBuilder(prompt);
        foreach (var cell in before.Skip(first))
            text.Append(cell.Text);
        foreach (var cell in after)
        {
            width += cell.Width;
            if (width > room)
                break;
            text.Append(cell.Text);
        }
        return new InputRow(text.ToString(), cursor);
    }

    private static List<(string Text, int Width)> Cells(string text)
    {
        var cells = new List<(string, int)>();
        foreach (var rune in text.EnumerateRunes())
        {
            var shown = Stand(rune);
            cells.Add((shown, TerminalWidth.Of(shown)));
        }
        return cells;
    }

    /// <summary>What was typed or pasted, harmless: a control or an invisible character shows as a stand-in.</summary>
    private static string Stand(Rune rune) => rune.Value == '\n' ? "⏎" : Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
            or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => "·",
        _ => rune.ToString(),
    };
}
