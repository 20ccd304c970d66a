namespace ChatLock.ConsoleClient.Input;

/// <summary>A slash command as /help shows it.</summary>
/// <param name="Name">In lower case, without the slash.</param>
/// <param name="Aliases">Other names.</param>
/// <param name="Usage">What follows the name.</param>
/// <param name="Summary">A sentence.</param>
/// <param name="TakesName">Whether its first word is someone's name, for Tab.</param>
internal sealed record CommandHelp(string Name, string[] Aliases, string Usage, string Summary, bool TakesName = false);

/// <summary>Every slash command.</summary>
internal static class CommandList
{
    public static IReadOnlyList<CommandHelp> All { get; } =
    [
        new("help", ["?"], "[command]", "Tells what can be typed."),
        new("msg", ["query"], "NAME TEXT", "Says something to one person only; the same as private:NAME:TEXT.", TakesName: true),
        new("me", [], "TEXT", "Tells all what you do: \"* alice waves\"."),
        new("say", ["all"], "TEXT", "Says TEXT to all, whatever it begins with."),
        new("nick", ["name"], "NAME", "Takes another name."),
        new("who", ["names"], "", "Tells who is here."),
        new("whois", [], "NAME", "Tells what is known of someone.", TakesName: true),
        new("verify", [], "NAME [yes|accept]",
            "Shows both key fingerprints for comparing, as digits and as words; yes: they are the same; accept: take a changed key without comparing.",
            TakesName: true),
        new("ignore", [], "NAME", "Shows nothing of someone's any more, whatever they call themselves.", TakesName: true),
        new("unignore", [], "NAME", "Shows it again.", TakesName: true),
        new("inspect", [], "[NUMBER]", "Shows how the last message, or message NUMBER, was encrypted and signed."),
        new("suite", [], "[sealed|classic]", "Tells or sets how your private messages are encrypted; classic is INSECURE."),
        new("reconnect", ["retry"], "", "Tries to connect now instead of waiting."),
        new("quit", ["exit"], "", "Leaves."),
    ];

    public static CommandHelp? Find(string word) => All.FirstOrDefault(command =>
        command.Name.Equals(word, StringComparison.OrdinalIgnoreCase)
        || command.Aliases.Contains(word, StringComparer.OrdinalIgnoreCase));
}
