/** Every slash command. */

export interface Command {
    /** In lower case, without the slash. */
    readonly name: string;
    readonly aliases: readonly string[];
    /** As it is written, with the slash. */
    readonly usage: string;
    /** A sentence without its full stop. */
    readonly means: string;
    /** What its first word is, for completion: someone's name, or a room's. */
    readonly takes: "name" | "room" | undefined;
}

/** Whose NAME is a room's. */
const namesRoom = ["join", "room", "part", "invite"];
/** Whose NAME nobody and nothing has yet. */
const namesNew = ["nick", "create"];

const taken = (name: string, after: string): Command["takes"] => {
    if (namesRoom.includes(name)) return "room";
    return after.startsWith("NAME") && !namesNew.includes(name) ? "name" : undefined;
};

const command = (name: string, aliases: readonly string[], after: string, means: string): Command => ({
    name,
    aliases,
    usage: `/${name} ${after}`.trimEnd(),
    means,
    takes: taken(name, after),
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
    command(
        "join",
        ["j"],
        "NAME|LINK",
        "enters a room, or makes an open one; a sealed one is entered by its link",
    ),
    command("room", ["r"], "NAME", "goes to a room that you are in"),
    command("part", ["leave"], "[NAME]", "leaves this room, or another"),
    command("list", ["rooms"], "", "shows which rooms there are"),
    command("create", [], "NAME", "makes a sealed room: only those with its link can read it"),
    command("invite", [], "[NAME]", "shows the link that leads here, or into a room"),
    command("topic", [], "[TEXT|-]", "shows this room's topic, changes it, or takes it away"),
    command("kick", [], "NAME", "sends someone out of this room; they may come back"),
    command("ban", [], "NAME", "sends someone out who can't come back"),
    command("unban", [], "NAME", "lets them come back"),
    command(
        "mute",
        [],
        "NAME [TIME]",
        "lets someone say nothing in this room for TIME (30s, 10m, 2h, 1d), or until unmuted",
    ),
    command("unmute", [], "NAME", "lets them speak again"),
    command("op", [], "NAME", "lets someone send out, ban and mute here"),
    command("deop", [], "NAME", "takes that right back"),
    command("slow", [], "TIME|off", "lets each say one thing in TIME in this room"),
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
