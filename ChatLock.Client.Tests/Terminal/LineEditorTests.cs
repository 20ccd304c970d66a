using ChatLock.ConsoleClient.Terminal;
using CsCheck;

namespace ChatLock.Client.Tests.Terminal;

public sealed class LineEditorTests
{
    private static readonly string[] Clusters = ["a", " ", "é", "e\u0301", "漢", "😀", "👩\u200d👧", "two words"];

    private static readonly Gen<Key> AnyKey = Gen.OneOf(
        Gen.Int[0, Enum.GetValues<KeyKind>().Length - 1].Select(kind => new Key((KeyKind)kind, kind <= 1 ? "x" : "")),
        Gen.Int[0, Clusters.Length - 1].Select(at => new Key(KeyKind.Text, Clusters[at])));

    private LineEditor _editor = LineEditor.Empty;

    [Fact]
    public void What_is_typed_stands_on_the_line_until_it_is_sent()
    {
        Type("hello");
        Assert.Equal(("hello", 5), (_editor.Text, _editor.Cursor));
        Assert.Equal(EditorOutcome.Submit, Press(KeyKind.Enter));
        Assert.Equal(("hello", ""), (_editor.Submitted, _editor.Text));
    }

    [Theory]
    [InlineData("one two three", new[] { KeyKind.KillWord }, "one two ")]
    [InlineData("one two", new[] { KeyKind.Home, KeyKind.KillToEnd }, "")]
    [InlineData("one two", new[] { KeyKind.WordLeft, KeyKind.KillToStart }, "two")]
    [InlineData("one two", new[] { KeyKind.WordLeft, KeyKind.KillToStart, KeyKind.End, KeyKind.Yank }, "twoone ")]
    [InlineData("abc", new[] { KeyKind.Left, KeyKind.Backspace }, "ac")]
    [InlineData("abc", new[] { KeyKind.Home, KeyKind.Delete }, "bc")]
    [InlineData("ae\u0301", new[] { KeyKind.Backspace }, "a")]
    [InlineData("a👩\u200d👧", new[] { KeyKind.Backspace }, "a")]
    [InlineData("abc", new[] { KeyKind.Interrupt }, "")]
    internal void Keys_edit_as_fingers_expect(string typed, KeyKind[] keys, string left)
    {
        Type(typed);
        foreach (var key in keys)
            Press(key);
        Assert.Equal(left, _editor.Text);
    }

    [Fact]
    public void Up_and_down_walk_through_what_was_sent_and_back_to_the_draft()
    {
        foreach (var line in new[] { "one", "two" })
        {
            Type(line);
            Press(KeyKind.Enter);
        }
        Type("draft");
        Press(KeyKind.Up);
        Assert.Equal("two", _editor.Text);
        Press(KeyKind.Up);
        Press(KeyKind.Up);
        Assert.Equal("one", _editor.Text);
        Press(KeyKind.Down);
        Press(KeyKind.Down);
        Assert.Equal("draft", _editor.Text);
    }

    [Fact]
    public void Control_D_leaves_on_an_empty_line_only()
    {
        Type("x");
        Assert.Equal(EditorOutcome.None, Press(KeyKind.EndOfInput));
        Press(KeyKind.Backspace);
        Assert.Equal(EditorOutcome.Leave, Press(KeyKind.EndOfInput));
    }

    [Fact]
    public void Tab_goes_round_what_fits()
    {
        Type("hi a");
        var words = new List<string>();
        for (var press = 0; press < 3; press++)
        {
            _editor = _editor.On(new Key(KeyKind.Complete), _ => ["alice ", "amy "]).Next;
            words.Add(_editor.Text);
        }
        Assert.Equal(["hi alice ", "hi amy ", "hi alice "], words);
        Type("!");
        Assert.Equal("hi alice !", _editor.Text);
    }

    [Fact]
    public void A_text_that_came_back_never_replaces_what_is_being_typed()
    {
        Assert.Equal("back", LineEditor.Empty.WithTextIfEmpty("back").Text);
        Type("mine");
        Assert.Equal("mine", _editor.WithTextIfEmpty("back").Text);
    }

    [Fact]
    public void Whatever_is_pressed_the_cursor_stays_on_the_line_and_the_row_fits() =>
        Gen.Select(AnyKey.Array[0, 60], Gen.Int[5, 40]).Sample((keys, columns) =>
        {
            var editor = LineEditor.Empty;
            foreach (var key in keys)
            {
                (editor, _) = editor.On(key, before => before.Length % 2 == 0 ? ["alice ", "amy "] : []);
                var row = InputRow.Of("me> ", editor, columns);
                if (editor.Cursor < 0 || editor.Cursor > editor.Text.Length || row.Text.Any(char.IsControl))
                    return false;
                if (columns >= 12 && (row.CursorColumn >= columns || Protocol.Text.TerminalWidth.Of(row.Text) >= columns))
                    return false;
            }
            return true;
        });

    [Fact]
    public void A_pasted_line_feed_and_hidden_characters_show_as_stand_ins()
    {
        Type("a\nb\u202ec");
        Assert.Equal("> a⏎b·c", InputRow.Of("> ", _editor, 80).Text);
    }

    [Fact]
    public void A_long_line_scrolls_so_that_the_cursor_is_seen()
    {
        Type(new string('a', 100) + "END");
        var row = InputRow.Of("> ", _editor, 20);
        Assert.EndsWith("END", row.Text, StringComparison.Ordinal);
        Assert.InRange(row.CursorColumn, 15, 19);
    }

    private void Type(string text) => _editor = _editor.On(new Key(KeyKind.Text, text), _ => []).Next;

    private EditorOutcome Press(KeyKind kind)
    {
        (_editor, var outcome) = _editor.On(new Key(kind), _ => []);
        return outcome;
    }
}
