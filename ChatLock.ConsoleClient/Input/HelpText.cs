namespace ChatLock.ConsoleClient.Input;

/// <summary>What /help prints.</summary>
internal static class HelpText
{
    public static string Usage(CommandHelp command) => $"/{command.Name} {command.Usage}".TrimEnd();

    public static IReadOnlyList<string> Lines(string? command) => command is null ? Overview() : About(command);

    private static IReadOnlyList<string> Overview()
    {
        var width = CommandList.All.Max(command => Usage(command).Length);
        return
        [
            "Type a line to say it to all. private:NAME:TEXT says it to one. // at the start sends a slash.",
            .. CommandList.All.Select(command => $"  {Usage(command).PadRight(width)}  {command.Summary}"),
        ];
    }

    private static IReadOnlyList<string> About(string word) => CommandList.Find(word) is { } command
        ?
        [
            $"{Usage(command)}  {command.Summary}",
            .. command.Aliases.Select(alias => $"  also /{alias}"),
        ]
        : ["There is no such command. /help lists them."];
}
