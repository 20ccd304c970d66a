/** Every slash command. */

export interface Command {
    /** In lower case, without the slash. */
    readonly name: string;
    readonly aliases: readonly string[];
    /** As it is written, with the slash. */
    readonly usage: string;
    /** A sentence without its full stop. */
    readonly means: string;
    /** Whether its first word is someone's name, for completion. */
    readonly takesName: boolean;
}

const command = (name: string, aliases: readonly string[], after: string, means: string): Command => ({
    name,
    aliases,
    usage: `/${name} ${after}`.trimEnd(),
    means,
    takesName: after.startsWith("NAME") && name !== "nick",
});

export const commands: readonly Command[] = [
    command("msg", [], "NAME TEXT", "says something to one person only"),
    command("query", [], "NAME", "opens the conversation with someone"),
    command("me", [], "TEXT", "tells what you do: * alice waves"),
    command("say", ["all"], "TEXT", "says TEXT to all, whatever it begins with"),
    command("nick", ["name"], "NAME", "takes another name"),
    command("who", ["names"], "", "asks who is here"),
    command("whois", [], "NAME", "tells what is known of someone"),
    command("verify", [], "NAME [yes|accept]", "compares keys; accept takes a changed key without comparing"),
    command("ignore", [], "NAME", "shows nothing of someone's any more, whatever they call themselves"),
    command("unignore", [], "NAME", "shows it again"),
    command(
        "inspect",
        [],
        "[NUMBER]",
        "shows how the last message, or message NUMBER, was encrypted and signed",
    ),
    command("suite", [], "[sealed|classic]", "how your private messages are encrypted; classic is INSECURE"),
    command("reconnect", ["retry"], "", "tries to connect now instead of waiting"),
    command("clear", [], "", "clears what is shown here"),
    command("quit", ["exit"], "", "leaves"),
    command("help", ["?"], "", "what can be typed"),
];

/** @param word in any case, without the slash. */
export function findCommand(word: string): Command | undefined {
    const wanted = word.toLowerCase();
    return commands.find(({ name, aliases }) => name === wanted || aliases.includes(wanted));
}
