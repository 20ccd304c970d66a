using System.Collections.Immutable;
using System.Globalization;

namespace ChatLock.ConsoleClient.Terminal;

/// <summary>What a key led to, beyond the line itself.</summary>
internal enum EditorOutcome
{
    /// <summary>The line is edited on.</summary>
    None,

    /// <summary>Enter: <see cref="LineEditor.Submitted"/> is what was typed.</summary>
    Submit,

    /// <summary>Ctrl-C on an empty line.</summary>
    Interrupt,

    /// <summary>Ctrl-D on an empty line.</summary>
    Leave,

    /// <summary>Ctrl-L.</summary>
    ClearScreen,
}

/// <summary>One line being typed, with history, kill ring of one and completion. A value.</summary>
/// <remarks>The cursor never stands inside a character with its marks. A pasted line feed is part of the text.</remarks>
internal sealed record LineEditor
{
    /// <summary>Lines remembered.</summary>
    public const int HistoryMax = 500;

    /// <summary>UTF-16 units of one line; more is not taken.</summary>
    public const int TextMax = 64 * 1024;

    public static LineEditor Empty { get; } = new();

    public string Text { get; private init; } = "";

    /// <summary>UTF-16 units before the cursor.</summary>
    public int Cursor { get; private init; }

    /// <summary>What was typed before the last Enter.</summary>
    public string Submitted { get; private init; } = "";

    private ImmutableList<string> History { get; init; } = [];

    private int HistoryAt { get; init; }

    private string Draft { get; init; } = "";

    private string Killed { get; init; } = "";

    private Completion? Completing { get; init; }

    /// <summary>What follows from a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="complete">For Tab: words that could stand for the one before the cursor.</param>
    public (LineEditor Next, EditorOutcome Outcome) On(Key key, Func<string, IReadOnlyList<string>> complete) => key.Kind switch
    {
        KeyKind.Enter => (Submit(), EditorOutcome.Submit),
        KeyKind.Interrupt => Text.Length == 0 ? (this, EditorOutcome.Interrupt) : (Set("", 0), EditorOutcome.None),
        KeyKind.EndOfInput when Text.Length == 0 => (this, EditorOutcome.Leave),
        KeyKind.ClearScreen => (this, EditorOutcome.ClearScreen),
        KeyKind.Complete => (Complete(complete), EditorOutcome.None),
        _ => (Edit(key) with { Completing = null }, EditorOutcome.None),
    };

    /// <summary>Puts text on the line if nothing is there: a message that came back.</summary>
    public LineEditor WithTextIfEmpty(string text) => Text.Length == 0 ? Set(text, text.Length) : this;

    private LineEditor Edit(Key key) => key.Kind switch
    {
        KeyKind.Text or KeyKind.Paste => Insert(key.Text),
        KeyKind.Yank => Insert(Killed),
        KeyKind.Backspace => Remove(Before(Cursor), Cursor),
        KeyKind.Delete or KeyKind.EndOfInput => Remove(Cursor, After(Cursor)),
        KeyKind.Left => this with { Cursor = Before(Cursor) },
        KeyKind.Right => this with { Cursor = After(Cursor) },
        KeyKind.WordLeft => this with { Cursor = WordBefore(Cursor) },
        KeyKind.WordRight => this with { Cursor = WordAfter(Cursor) },
        KeyKind.Home => this with { Cursor = 0 },
        KeyKind.End => this with { Cursor = Text.Length },
        KeyKind.KillToStart => Kill(0, Cursor),
        KeyKind.KillToEnd => Kill(Cursor, Text.Length),
        KeyKind.KillWord => Kill(WordBefore(Cursor), Cursor),
        KeyKind.Up => Recall(HistoryAt - 1),
        KeyKind.Down => Recall(HistoryAt + 1),
        _ => this,
    };

    private LineEditor Submit()
    {
        var remembers = Text.Trim().Length > 0 && (History.Count == 0 || History[^1] != Text);
        var history = remembers ? History.Add(Text) : History;
        if (history.Count > HistoryMax)
            history = history.RemoveAt(0);
        return new LineEditor { History = history, HistoryAt = history.Count, Killed = Killed, Submitted = Text };
    }

    private LineEditor Recall(int at)
    {
        if (at < 0 || at > History.Count)
            return this;
        var draft = HistoryAt == History.Count ? Text : Draft;
        var text = at == History.Count ? draft : History[at];
        return Set(text, text.Length) with { HistoryAt = at, Draft = draft };
    }

    private LineEditor Complete(Func<string, IReadOnlyList<string>> complete)
    {
        if (Completing is { } last)
            return Show(last with { Index = (last.Index + 1) % last.Words.Count });
        var words = complete(Text[..Cursor]);
        var start = Text.LastIndexOfAny([' ', '\n', '\t'], Math.Max(0, Cursor - 1)) + 1;
        return words.Count == 0 || start > Cursor ? this : Show(new Completion(words, 0, start, Text[Cursor..]));
    }

    private LineEditor Show(Completion completing)
    {
        var before = Text[..completing.Start] + completing.Words[completing.Index];
        return Set(before + completing.Rest, before.Length) with { Completing = completing };
    }

    private LineEditor Insert(string text) => Text.Length + text.Length > TextMax
        ? this
        : Set(Text.Insert(Cursor, text), Cursor + text.Length);

    private LineEditor Remove(int from, int to) => Set(Text.Remove(from, to - from), from);

    private LineEditor Kill(int from, int to) => from == to ? this : Remove(from, to) with { Killed = Text[from..to] };

    private LineEditor Set(string text, int cursor) => this with { Text = text, Cursor = cursor };

    private int After(int at) => at >= Text.Length ? at : at + StringInfo.GetNextTextElementLength(Text, at);

    private int Before(int at)
    {
        var before = 0;
        for (var next = 0; next < at; next = After(next))
            before = next;
        return before;
    }

    private int WordBefore(int at)
    {
        while (at > 0 && char.IsWhiteSpace(Text[at - 1]))
            at--;
        while (at > 0 && !char.IsWhiteSpace(Text[at - 1]))
            at--;
        return at;
    }

    private int WordAfter(int at)
    {
        while (at < Text.Length && char.IsWhiteSpace(Text[at]))
            at++;
        while (at < Text.Length && !char.IsWhiteSpace(Text[at]))
            at++;
        return at;
    }

    private sealed record Completion(IReadOnlyList<string> Words, int Index, int Start, string Rest);
}
