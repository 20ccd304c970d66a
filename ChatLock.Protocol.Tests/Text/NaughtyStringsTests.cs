using System.Text;
using ChatLock.Protocol.Names;
using ChatLock.Protocol.Tests.Names;
using ChatLock.Protocol.Text;
using Xunit.Abstractions;

namespace ChatLock.Protocol.Tests.Text;

/// <summary>vectors/naughty-strings/blns.json: 515 strings.</summary>
public class NaughtyStringsTests(ITestOutputHelper output)
{
    private static readonly string[] Strings =
        [.. VectorFiles.Json("naughty-strings/blns.json").EnumerateArray().Select(text => text.GetString()!)];

    [Fact]
    public void Each_is_harmless_on_a_terminal()
    {
        Assert.All(Strings, text =>
        {
            Assert.Equal("", TerminalRule.Broken(ForeignText.ForLine(text, 1000)));
            Assert.All(ForeignText.Rows(text, 30, 1000, 100), row => Assert.Equal("", TerminalRule.Broken(row)));
        });
        output.WriteLine($"naughty strings on a terminal: {Strings.Length}");
        Assert.Equal(515, Strings.Length);
    }

    [Fact]
    public void Each_is_sent_byte_for_byte_or_refused_with_a_sentence()
    {
        var refused = 0;
        Assert.All(Strings, text =>
        {
            if (MessageText.TryClean(text, MessageText.DefaultMaxUtf8Bytes, out var clean, out var problem))
                Assert.Equal(Encoding.UTF8.GetBytes(text), Encoding.UTF8.GetBytes(clean));
            else
                Assert.True(Refuses(text, problem, ref refused), problem.Sentence);
        });
        output.WriteLine($"naughty strings sent: {Strings.Length - refused}, refused: {refused}");
        Assert.Equal((515, 6), (Strings.Length, refused));
    }

    [Fact]
    public void Each_is_a_name_or_refused_with_a_sentence()
    {
        var names = 0;
        Assert.All(Strings, text =>
        {
            if (UserName.TryParse(text, out _, out var problem))
                names++;
            else
                Assert.NotEqual("", problem.Sentence);
        });
        output.WriteLine($"naughty strings that are names: {names}, refused: {Strings.Length - names}");
        Assert.Equal((515, 62), (Strings.Length, names));
    }

    private static bool Refuses(string text, TextProblem problem, ref int refused)
    {
        refused++;
        return problem.Kind == (text.Length == 0 ? TextProblemKind.Empty : TextProblemKind.ControlCharacter);
    }
}
