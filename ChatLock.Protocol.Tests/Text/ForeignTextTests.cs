using ChatLock.Protocol.Text;
using CsCheck;

namespace ChatLock.Protocol.Tests.Text;

public class ForeignTextTests
{
    /// <summary>Any UTF-16, lone surrogates included, with much of what this is about.</summary>
    private static readonly Gen<string> AnyText = Gen.Frequency(
            (3, Gen.Char),
            (2, Gen.Char[' ', '~']),
            (2, Gen.Char["\n\r\t\0\u001b\u0085\u009b\u007f"]),
            (2, Gen.Char["\u200b\u200d\u202e\u2066\u2068\u2069\u200f\ufe0f\ufeff\u2028"]),
            (2, Gen.Char["\u0301\u0323\u20dd\u05d0\u0639\u4e2d\u2764"]),
            (1, Gen.Char['\ud800', '\udfff']))
        .Array[0, 120].Select(characters => new string(characters));

    [Theory]
    [InlineData("hello", "hello")]
    [InlineData("\u041e\u043b\u044f, caf\u00e9, \u674e", "\u041e\u043b\u044f, caf\u00e9, \u674e")]
    [InlineData("\u001b[31mred", "\u241b[31mred")]
    [InlineData("a\0b\u007fc", "a\u2400b\u2421c")]
    [InlineData("a\r\nb\tc", "a\u240d\u240ab    c")]
    [InlineData("\u009b31m", "\\u{9B}31m")]
    [InlineData("\u202egpj.exe\u202c", "\\u{202E}gpj.exe\\u{202C}")]
    [InlineData("a\u2028b", "a\\u{2028}b")]
    [InlineData("\ue000\uffff", "\\u{E000}\\u{FFFF}")]
    [InlineData("hi\U000E0069", "hi\\u{E0069}")]
    [InlineData("pay\u200bpal", "pay\\u{200B}pal")]
    [InlineData("\u3164", "\\u{3164}")]
    public void A_line_shows_what_cannot_be_written_by_a_stand_in(string foreign, string shown) =>
        Assert.Equal(shown, ForeignText.ForLine(foreign, 100));

    [Fact]
    public void Half_a_character_becomes_the_replacement_character() =>
        Assert.Equal("\ufffdx\ufffd", ForeignText.ForLine("\ud800x\udc00", 100));

    [Theory]
    [InlineData("\U0001F469\u200D\U0001F469\u200D\U0001F467")]
    [InlineData("\U0001F3F3\uFE0F\u200D\U0001F308")]
    [InlineData("\U0001F44D\U0001F3FD")]
    [InlineData("\u2764\uFE0F")]
    [InlineData("1\uFE0F\u20E3")]
    [InlineData("\u0915\u094D\u200D\u0937")]
    [InlineData("Tie\u0302\u0301ng Vie\u0323\u0302t")]
    public void What_emoji_and_words_need_is_kept(string foreign) =>
        Assert.Equal(foreign, ForeignText.ForLine(foreign, 100));

    [Theory]
    [InlineData("a\u200db", "a\\u{200D}b")]
    [InlineData("a\ufe0f", "a\\u{FE0F}")]
    [InlineData("\u2764\ufe0f\ufe0f", "\u2764\ufe0f\\u{FE0F}")]
    public void Elsewhere_it_is_shown(string foreign, string shown) =>
        Assert.Equal(shown, ForeignText.ForLine(foreign, 100));

    [Theory]
    [InlineData("\u05e9\u05dc\u05d5\u05dd", "\u2068\u05e9\u05dc\u05d5\u05dd\u2069")]
    [InlineData("\u0645\u06cc\u200c\u062e\u0648\u0627\u0645", "\u2068\u0645\u06cc\u200c\u062e\u0648\u0627\u0645\u2069")]
    [InlineData("\u05e9\u2069a", "\u2068\u05e9\\u{2069}a\u2069")]
    public void Right_to_left_text_stands_in_an_isolate_that_it_cannot_leave(string foreign, string shown) =>
        Assert.Equal(shown, ForeignText.ForLine(foreign, 100));

    [Fact]
    public void A_base_carries_four_marks_and_the_others_are_counted() =>
        Assert.Equal(
            "Z\u0301\u0301\u0301\u0301\\u{301}\\u{301}\\u{301}\\u{301}(+92)!",
            ForeignText.ForLine("Z" + new string('\u0301', 100) + "!", 100));

    [Fact]
    public void A_mark_never_attaches_to_what_the_client_wrote_before() =>
        Assert.Equal("\u25cc\u0301a", ForeignText.ForLine("\u0301a", 100));

    [Fact]
    public void A_flood_of_stand_ins_is_counted() =>
        Assert.Equal("\u2407\u2407\u2407\u2407(+279)x", ForeignText.ForLine(new string('\a', 283) + "x", 100));

    [Fact]
    public void What_is_beyond_the_bound_is_counted_in_characters()
    {
        Assert.Equal("aaaaa\u2026(+59995)", ForeignText.ForLine(new string('a', 60_000), 5));
        Assert.Equal("\U0001F600\u2026(+2)", ForeignText.ForLine("\U0001F600\U0001F600\U0001F600", 3));
        Assert.Equal("abc", ForeignText.ForLine("abc", 3));
    }

    [Fact]
    public void Message_text_keeps_its_lines_but_none_starts_where_a_sender_does() =>
        Assert.Equal(
            "a\n  <alice> fake line\n  \n  b",
            ForeignText.ForTerminal("a\r\n<alice> fake line\n\nb", 100, indent: "  "));

    [Theory]
    [InlineData("")]
    [InlineData("> ")]
    [InlineData(" \u001b")]
    public void An_indent_that_sets_nothing_apart_is_a_mistake(string indent) =>
        Assert.Throws<ArgumentException>(() => ForeignText.ForTerminal("a", 100, indent));

    [Fact]
    public void Lines_beyond_the_bound_are_counted() =>
        Assert.Equal(["a", "b", "\u2026(+2 lines)"], ForeignText.Lines("a\nb\nc\nd", 100, maxLines: 2));

    [Fact]
    public void Blank_lines_count_towards_the_bound_of_characters() =>
        Assert.Equal(11, ForeignText.Lines(new string('\n', 10_000), 10, maxLines: 1000).Count);

    [Fact]
    public void Rows_break_at_blanks_and_inside_words_that_are_too_long() =>
        Assert.Equal(
            ["one two", "three", "aaaaaaaaaa", "aaa"],
            ForeignText.Rows("one two three aaaaaaaaaaaaa", columns: 10, 100, maxRows: 10));

    [Fact]
    public void Rows_count_wide_characters_as_two_and_keep_marks_on_their_base() =>
        Assert.Equal(
            ["\u4e2d\u4e2d", "\u4e2da", "e\u0301e\u0301e\u0301e\u0301", "e\u0301"],
            ForeignText.Rows("\u4e2d\u4e2d\u4e2da\ne\u0301e\u0301e\u0301e\u0301e\u0301", columns: 4, 100, maxRows: 10));

    [Fact]
    public void Each_row_closes_its_own_isolate() =>
        Assert.All(
            ForeignText.Rows("\u05d0\u05d1 \u05d2\u05d3 \u05d4\u05d5", columns: 5, 100, maxRows: 10),
            row => Assert.True(row is ['\u2068', .., '\u2069']));

    [Fact]
    public void Any_text_obeys_the_rule() => AnyText.Sample(text =>
    {
        Assert.Equal("", TerminalRule.Broken(ForeignText.ForLine(text, 60)));
        Assert.All(ForeignText.Lines(text, 60, 20), line => Assert.Equal("", TerminalRule.Broken(line)));
        Assert.All(ForeignText.Rows(text, 7, 60, 20), row => Assert.Equal("", TerminalRule.Broken(row)));
    });

    [Fact]
    public void Any_text_stays_within_its_bounds() => Gen.Select(AnyText, Gen.Int[2, 20]).Sample((text, columns) =>
    {
        Assert.InRange(ForeignText.ForLine(text, 30).Length, 0, 30 + 18);
        var rows = ForeignText.Rows(text, columns, 200, 10);
        Assert.InRange(rows.Count, 1, 11);
        Assert.All(rows.Take(10), row => Assert.InRange(TerminalWidth.Of(row), 0, columns));
    });

    [Fact]
    public void Wrapping_loses_nothing_but_the_blanks_it_breaks_at() => AnyText.Sample(text =>
    {
        var line = ForeignText.Lines(text, 500, 500);
        var rows = ForeignText.Rows(text, 9, 500, 5000);
        Assert.Equal(Squeezed(line), Squeezed(rows));
    });

    private static string Squeezed(IEnumerable<string> lines) =>
        string.Concat(lines).Replace(" ", "", StringComparison.Ordinal)
            .Replace("\u2068", "", StringComparison.Ordinal).Replace("\u2069", "", StringComparison.Ordinal);
}
