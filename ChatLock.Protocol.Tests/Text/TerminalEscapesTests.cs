using System.Text.Json;
using ChatLock.Protocol.Tests.Names;
using ChatLock.Protocol.Text;
using Xunit.Abstractions;

namespace ChatLock.Protocol.Tests.Text;

/// <summary>vectors/terminal-escapes/payloads.json: 71 payloads, each as a name, as message text and wrapped.</summary>
public class TerminalEscapesTests(ITestOutputHelper output)
{
    private const int MaxCharacters = 2000;
    private const int Columns = 40;
    private const string Indent = "    ";

    [Fact]
    public void All_71_payloads_reach_the_terminal_harmless()
    {
        var payloads = VectorFiles.Json("terminal-escapes/payloads.json").GetProperty("payloads").EnumerateArray()
            .Select(payload => (Id: payload.GetProperty("id").GetString()!, Text: TextOf(payload))).ToArray();

        var broken = payloads.SelectMany(payload => Broken(payload.Text).Select(rule => $"{payload.Id}: {rule}"))
            .ToArray();

        output.WriteLine($"terminal escapes: {payloads.Length - broken.Length}/{payloads.Length}");
        Assert.Equal([], broken);
        Assert.Equal(71, payloads.Length);
    }

    [Fact]
    public void The_rule_itself_finds_fault_with_most_payloads_as_they_are()
    {
        var payloads = VectorFiles.Json("terminal-escapes/payloads.json").GetProperty("payloads").EnumerateArray();

        // Not with those that are only long, wide, private or in another program's markup.
        Assert.Equal(66, payloads.Count(payload => TerminalRule.Broken(TextOf(payload)) != ""));
    }

    private static IEnumerable<string> Broken(string text)
    {
        var line = ForeignText.ForLine(text, MaxCharacters);
        var terminal = ForeignText.ForTerminal(text, MaxCharacters, Indent).Split('\n');
        var rows = ForeignText.Rows(text, Columns, MaxCharacters, maxRows: 50);
        return terminal.Concat(rows).Append(line).Select(TerminalRule.Broken)
            .Append(terminal.Skip(1).All(IsIndented) ? "" : "a forged line")
            .Append(rows.All(row => TerminalWidth.Of(row) <= Columns) ? "" : "a row that the terminal wraps")
            .Append(line.Length <= MaxCharacters + 18 && rows.Count <= 51 ? "" : "without bounds")
            .Append(KeepsWhatCanBeRead(text, line) ? "" : "unreadable")
            .Where(broken => broken != "").Distinct().Take(1);
    }

    private static bool IsIndented(string line) => line.StartsWith(Indent, StringComparison.Ordinal);

    /// <summary>Printable ASCII survives in its order, up to the bound.</summary>
    private static bool KeepsWhatCanBeRead(string text, string line)
    {
        var at = 0;
        foreach (var c in text.Where(c => c is > ' ' and <= '~').Take(100))
        {
            at = line.IndexOf(c, at) + 1;
            if (at == 0)
                return line.Length >= MaxCharacters;
        }
        return true;
    }

    /// <summary>The reader of JSON refuses a lone surrogate, which one payload is.</summary>
    private static string TextOf(JsonElement payload) => payload.GetProperty("text").GetRawText() switch
    {
        "\"\\ud800x\"" => "\ud800x",
        _ => payload.GetProperty("text").GetString()!,
    };
}
