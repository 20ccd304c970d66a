namespace ChatLock.ConsoleClient.Input;

/// <summary>What a command's first word is, for Tab.</summary>
internal enum FirstWord
{
    Anything,
    Name,
    Room,
}

/// <summary>A slash command as /help shows it.</summary>
/// <param name="Name">In lower case, without the slash.</param>
/// <param name="Aliases">Other names.</param>
/// <param name="Usage">What follows the name.</param>
/// <param name="Summary">A sentence.</param>
/// <param name="Takes">What its first word is.</param>
internal sealed record CommandHelp(string Name, string[] Aliases, string Usage, string Summary, FirstWord Takes = FirstWord.Anything);

/// <summary>Every slash command.</summary>
internal static class CommandList
{
    public static IReadOnlyList<CommandHelp> All { get; } =
    [
        new("help", ["?"], "[command]", "Tells what can be typed."),
        new("msg", ["query"], "NAME TEXT", "Says something to one person only; the same as private:NAME:TEXT.", FirstWord.Name),
        new("me", [], "TEXT", "Tells all in the room what you do: \"* alice waves\"."),
        new("say", ["all"], "TEXT", "Says TEXT to all in the room, whatever it begins with."),
        new("join", ["j"], "#NAME|INVITE", "Enters a room, by its name or by an invite's link or code; a room by name is made if it isn't there.", FirstWord.Room),
        new("create", [], "TITLE", "Makes a sealed room and shows the invite to it; the server never learns its key or title."),
        new("part", ["leave"], "[ROOM]", "Leaves this room, or ROOM.", FirstWord.Room),
        new("room", ["r"], "[N|ROOM]", "Goes to a room you are in: 1 is the lobby. Alt-1 to Alt-9 do too. Without one, lists them.", FirstWord.Room),
        new("rooms", [], "", "Lists the rooms you are in."),
        new("list", [], "", "Lists the open rooms."),
        new("topic", [], "[TEXT|-]", "Shows the room's topic, or sets it; - takes it away."),
        new("invite", [], "[ROOM]", "Shows the links that lead into this room, or into ROOM.", FirstWord.Room),
        new("kick", [], "NAME", "Sends someone out of the room.", FirstWord.Name),
        new("ban", [], "NAME", "Sends someone out, and keeps that key out.", FirstWord.Name),
        new("unban", [], "NAME", "Lets someone in again.", FirstWord.Name),
        new("mute", [], "NAME [TIME]", "Lets someone not speak in the room, for TIME (30s, 10m, 2h, 1d) or until unmuted.", FirstWord.Name),
        new("unmute", [], "NAME", "Lets someone speak again.", FirstWord.Name),
        new("op", [], "NAME", "Gives someone the right to do these, in a room that is yours.", FirstWord.Name),
        new("deop", [], "NAME", "Takes that right away.", FirstWord.Name),
        new("slow", [], "TIME|off", "Lets each speak once in TIME in the room."),
        new("nick", ["name"], "NAME", "Takes another name."),
        new("who", ["names"], "[all]", "Tells who is in the room; all: who is here at all."),
        new("whois", [], "NAME", "Tells what is known of someone.", FirstWord.Name),
        new("verify", [], "NAME [yes|accept]",
            "Shows both key fingerprints for comparing, as digits and as words; yes: they are the same; accept: take a changed key without comparing.",
            FirstWord.Name),
        new("ignore", [], "NAME", "Shows nothing of someone's any more, whatever they call themselves.", FirstWord.Name),
        new("unignore", [], "NAME", "Shows it again.", FirstWord.Name),
        new("inspect", [], "[NUMBER]", "Shows how the last message, or message NUMBER, was encrypted and signed."),
        new("suite", [], "[sealed|classic]", "Tells or sets how your private messages are encrypted; classic is INSECURE."),
        new("reconnect", ["retry"], "", "Tries to connect now instead of waiting."),
        new("quit", ["exit"], "", "Leaves."),
    ];

    public static CommandHelp? Find(string word) => All.FirstOrDefault(command =>
        command.Name.Equals(word, StringComparison.OrdinalIgnoreCase)
        || command.Aliases.Contains(word, StringComparer.OrdinalIgnoreCase));
}
