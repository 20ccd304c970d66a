using System.Text;
using ChatLock.Protocol.Text;
using CsCheck;

namespace ChatLock.Protocol.Tests.Text;

public class MessageTextTests
{
    [Theory]
    [InlineData("hello", "hello")]
    [InlineData("  a\tb\n", "  a\tb\n")]
    [InlineData("a\r\nb\r\n", "a\nb\n")]
    [InlineData("a\0\0", "a")]
    [InlineData("\u202e\u0085\ufeff", "\u202e\u0085\ufeff")]
    public void Text_is_sent_as_it_was_typed_but_for_line_ends_and_NULs_at_its_end(string typed, string sent)
    {
        Assert.True(MessageText.TryClean(typed, 100, out var clean, out var problem));
        Assert.Equal((sent, TextProblemKind.None), (clean, problem.Kind));
    }

    [Theory]
    [InlineData("", TextProblemKind.Empty, 0)]
    [InlineData("\0\0", TextProblemKind.Empty, 0)]
    [InlineData("a\u001b[31m", TextProblemKind.ControlCharacter, 0x1B)]
    [InlineData("\u0001a", TextProblemKind.ControlCharacter, 1)]
    [InlineData("\u0002a", TextProblemKind.ControlCharacter, 2)]
    [InlineData("a\0b", TextProblemKind.ControlCharacter, 0)]
    [InlineData("a\rb", TextProblemKind.ControlCharacter, 0xD)]
    [InlineData("a\r", TextProblemKind.ControlCharacter, 0xD)]
    public void What_is_not_text_is_refused_by_name(string typed, TextProblemKind kind, int codePoint)
    {
        Assert.False(MessageText.TryClean(typed, 100, out var clean, out var problem));
        Assert.Equal(("", kind, codePoint), (clean, problem.Kind, problem.CodePoint));
    }

    [Fact]
    public void Half_a_character_is_refused()
    {
        Assert.False(MessageText.TryClean("a\ud83dx", 100, out _, out var problem));
        Assert.Equal((TextProblemKind.LoneSurrogate, 0xD83D), (problem.Kind, problem.CodePoint));
        Assert.True(MessageText.TryClean("a\ud83d\ude00x", 100, out _, out _));
    }

    [Fact]
    public void The_bound_is_in_bytes_of_UTF_8()
    {
        Assert.True(MessageText.TryClean(new string('\u4e2d', 3), 9, out _, out _));
        Assert.False(MessageText.TryClean(new string('\u4e2d', 3), 8, out _, out var problem));
        Assert.Equal((TextProblemKind.TooLong, 8), (problem.Kind, problem.Limit));
        Assert.Equal(16384, MessageText.DefaultMaxUtf8Bytes);
    }

    [Fact]
    public void Every_kind_of_problem_has_its_own_printable_sentence()
    {
        var sentences = Enum.GetValues<TextProblemKind>().Where(kind => kind != TextProblemKind.None)
            .Select(kind => new TextProblem(kind, CodePoint: 0x1B, Limit: 16384).Sentence).ToArray();

        Assert.All(sentences, sentence => Assert.Matches(@"^[A-Z][ -~]+\.$", sentence));
        Assert.Equal(sentences.Length, sentences.Distinct().Count());
    }

    [Fact]
    public void Text_without_controls_is_not_refused_for_controls() =>
        Gen.Char['\0', '\u0100'].Array[1, 50].Select(characters => new string(characters)).Sample(text =>
        {
            var stripped = MessageText.WithoutControls(text);
            var sent = MessageText.TryClean(stripped, 1000, out var clean, out var problem);
            Assert.True(sent ? clean == stripped : problem.Kind == TextProblemKind.Empty);
            Assert.Equal(text.Where(c => c >= ' '), stripped.Where(c => c >= ' '));
        });

    [Fact]
    public void What_is_sent_obeys_the_rule_of_content() =>
        Gen.Char.Array[0, 50].Select(characters => new string(characters)).Sample(typed =>
        {
            if (!MessageText.TryClean(typed, 100, out var clean, out _))
                return;
            Assert.InRange(Encoding.UTF8.GetByteCount(clean), 1, 100);
            Assert.DoesNotContain(clean, c => c < ' ' && c is not ('\n' or '\t'));
        });

    /// <summary>The first byte of a plaintext tells texts from actions (0x01) and receipts (0x02).</summary>
    [Fact]
    public void No_text_begins_with_a_mark()
    {
        for (var mark = 0; mark < ' '; mark++)
        {
            var typed = $"{(char)mark}text";
            Assert.Equal(mark is '\n' or '\t', MessageText.TryClean(typed, 100, out _, out _));
            Assert.Equal(mark is '\n' or '\t' ? typed : "text", MessageText.WithoutControls(typed));
        }
    }
}
