using System.Globalization;
using ChatLock.Client;
using ChatLock.Client.Conversations;

namespace ChatLock.ConsoleClient.Input;

/// <summary>What was typed → what is meant. What looks like a command and isn't one is never sent as text.</summary>
internal static class LineParser
{
    private const string PrivatePrefix = "private:";

    public static LineCommand Parse(string line)
    {
        var trimmed = line.Trim();
        if (trimmed.Length == 0)
            return new LineCommand.Nothing();
        if (trimmed.StartsWith("//", StringComparison.Ordinal))
            return Say(trimmed[1..]);
        if (trimmed.StartsWith('/'))
            return Command(trimmed[1..]);
        return trimmed.StartsWith(PrivatePrefix, StringComparison.OrdinalIgnoreCase)
            ? Private(trimmed[PrivatePrefix.Length..])
            : Say(line);
    }

    /// <summary>The report's own form. One that is cut short might be a secret, so it isn't said to all.</summary>
    private static LineCommand Private(string rest)
    {
        var parts = rest.Split(':', 2);
        return parts.Length == 2 && parts[0].Trim().Length > 0 && parts[1].Trim().Length > 0
            ? SayTo(parts[0].Trim(), parts[1])
            : Wrong("Nothing was sent. Write private:NAME:TEXT, or /say private:… to say it to all.");
    }

    private static LineCommand Command(string text)
    {
        var (word, rest) = FirstWord(text);
        return CommandList.Find(word)?.Name switch
        {
            "help" => new LineCommand.Help(rest.Length == 0 ? null : rest.TrimStart('/')),
            "msg" => WithNameAndText(rest),
            "me" => rest.Length > 0 ? Do(new ClientCommand.Say(new MessageBody(rest, IsAction: true))) : Usage("me"),
            "say" => rest.Length > 0 ? Say(rest) : Usage("say"),
            "nick" => WithName("nick", rest, name => new ClientCommand.Rename(name)),
            "who" => Do(new ClientCommand.Who()),
            "whois" => WithName("whois", rest, name => new ClientCommand.Whois(name)),
            "verify" => Verify(rest),
            "ignore" => WithName("ignore", rest, name => new ClientCommand.Ignore(name, IsIgnored: true)),
            "unignore" => WithName("unignore", rest, name => new ClientCommand.Ignore(name, IsIgnored: false)),
            "inspect" => Inspect(rest),
            "suite" => Do(new ClientCommand.UseSuite(rest.Length == 0 ? null : rest)),
            "reconnect" => Do(new ClientCommand.Connect()),
            "quit" => Do(new ClientCommand.Leave()),
            _ => Wrong($"There is no command /{word}; nothing was sent. /help lists them; //{word} sends it as text."),
        };
    }

    private static LineCommand WithNameAndText(string rest)
    {
        var (name, text) = FirstWord(rest);
        return text.Length > 0 ? SayTo(name, text) : Usage("msg");
    }

    private static LineCommand WithName(string command, string rest, Func<string, ClientCommand> make) =>
        FirstWord(rest) is ({ Length: > 0 } name, "") ? Do(make(name)) : Usage(command);

    private static LineCommand Verify(string rest)
    {
        var words = rest.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return words switch
        {
            [var name] => Do(new ClientCommand.Verify(name, VerifyAnswer.Show)),
            [var name, var answer] when AnswerOf(answer) is { } said => Do(new ClientCommand.Verify(name, said)),
            [var answer, var name] when AnswerOf(answer) is { } said => Do(new ClientCommand.Verify(name, said)),
            _ => Usage("verify"),
        };
    }

    private static VerifyAnswer? AnswerOf(string word) => word.ToUpperInvariant() switch
    {
        "YES" => VerifyAnswer.Same,
        "ACCEPT" => VerifyAnswer.Accept,
        _ => null,
    };

    private static LineCommand Inspect(string rest) =>
        rest.Length == 0 ? Do(new ClientCommand.Inspect(null))
        : int.TryParse(rest, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Do(new ClientCommand.Inspect(number))
        : Usage("inspect");

    private static (string Word, string After) FirstWord(string text)
    {
        var end = text.AsSpan().IndexOfAny(" \t\n");
        return end < 0 ? (text, "") : (text[..end], text[end..].Trim());
    }

    private static LineCommand.Do Say(string text) => Do(new ClientCommand.Say(new MessageBody(text)));

    private static LineCommand.Do SayTo(string name, string text) => Do(new ClientCommand.SayTo(name, new MessageBody(text)));

    private static LineCommand.Do Do(ClientCommand command) => new(command);

    private static LineCommand.Wrong Wrong(string sentence) => new(sentence);

    private static LineCommand.Wrong Usage(string command) => Wrong($"Write: {HelpText.Usage(CommandList.Find(command)!)}");
}
