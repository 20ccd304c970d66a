/** What was typed → what is meant. What looks like a command and isn't one is never sent as text. */

import type { ActOnSomeone, ClientCommand, VerifyAnswer } from "../client/commands";
import { findCommand } from "./commandList";
import { spanOfTime } from "./spanOfTime";

export type Line =
    | { readonly kind: "nothing" }
    /** To all, or to whoever's conversation is open; `isToAll`: to all in any case. */
    | {
          readonly kind: "say";
          readonly text: string;
          readonly isAction: boolean;
          readonly isToAll: boolean;
      }
    | { readonly kind: "say-to"; readonly name: string; readonly text: string }
    | { readonly kind: "command"; readonly command: ClientCommand }
    /** About the room that is open, or another. */
    | { readonly kind: "room"; readonly wish: RoomWish }
    /** For the page itself. */
    | { readonly kind: "page"; readonly action: "help" | "clear" | "list" }
    /** `number` is undefined for the latest message. */
    | { readonly kind: "page"; readonly action: "inspect"; readonly number: number | undefined }
    /** Opens the conversation with someone. */
    | { readonly kind: "page"; readonly action: "query"; readonly name: string }
    /** It means nothing; nothing is sent. */
    | { readonly kind: "wrong"; readonly sentence: string };

export type RoomWish =
    | { readonly do: "join"; readonly target: string }
    | { readonly do: "create"; readonly name: string }
    | { readonly do: "go"; readonly name: string }
    /** Undefined: the open one. */
    | { readonly do: "part" | "invite"; readonly name: string | undefined }
    | { readonly do: "show-topic" }
    /** Empty: none. */
    | { readonly do: "topic"; readonly text: string }
    | { readonly do: "slow"; readonly seconds: number }
    | {
          readonly do: "act";
          readonly kind: ActOnSomeone;
          readonly name: string;
          /** Of a mute; 0 until unmuted. */
          readonly seconds: number;
      };

const PRIVATE_PREFIX = "private:";
const MESSAGE_NUMBER = /^\d{1,9}$/;

export function parseLine(line: string): Line {
    const trimmed = line.trim();
    if (trimmed === "") return { kind: "nothing" };
    if (trimmed.startsWith("//")) return say(trimmed.slice(1));
    if (trimmed.startsWith("/")) return parseCommand(trimmed.slice(1));
    return trimmed.slice(0, PRIVATE_PREFIX.length).toLowerCase() === PRIVATE_PREFIX
        ? parsePrivate(trimmed.slice(PRIVATE_PREFIX.length))
        : say(line);
}

/** The report's own form. One that is cut short might be a secret, so it isn't said to all. */
function parsePrivate(rest: string): Line {
    const colon = rest.indexOf(":");
    const [name, text] = [rest.slice(0, colon).trim(), rest.slice(colon + 1)];
    return colon >= 0 && name !== "" && text.trim() !== ""
        ? { kind: "say-to", name, text }
        : wrong("Nothing was sent. Write private:NAME:TEXT, or /say private:… to say it to all.");
}

function parseCommand(text: string): Line {
    const [word, rest] = firstWord(text);
    switch (findCommand(word)?.name) {
        case "help":
            return { kind: "page", action: "help" };
        case "clear":
            return rest === "" ? { kind: "page", action: "clear" } : usage("clear");
        case "msg":
            return withNameAndText("msg", rest);
        case "query":
            return firstWord(rest)[1] === ""
                ? withName("query", rest, name => ({ kind: "page", action: "query", name }))
                : withNameAndText("query", rest);
        case "me":
            return rest === "" ? usage("me") : { ...say(rest), isAction: true };
        case "say":
            return rest === "" ? usage("say") : { ...say(rest), isToAll: true };
        case "nick":
            return withName("nick", rest, name => act({ type: "rename", name }));
        case "who":
            return act({ type: "who" });
        case "whois":
            return withName("whois", rest, name => act({ type: "whois", receiver: { name } }));
        case "verify":
            return parseVerify(rest);
        case "ignore":
            return withName("ignore", rest, name => ignore(name, true));
        case "unignore":
            return withName("unignore", rest, name => ignore(name, false));
        case "inspect":
            return parseInspect(rest);
        case "join":
            return rest === "" ? usage("join") : room({ do: "join", target: rest });
        case "create":
            return rest === "" ? usage("create") : room({ do: "create", name: rest });
        case "room":
            return rest === "" ? usage("room") : room({ do: "go", name: rest });
        case "part":
        case "invite":
            return room({ do: findCommand(word)!.name as "part" | "invite", name: rest || undefined });
        case "list":
            return { kind: "page", action: "list" };
        case "topic":
            return rest === ""
                ? room({ do: "show-topic" })
                : room({ do: "topic", text: rest === "-" ? "" : rest });
        case "kick":
        case "ban":
        case "unban":
        case "unmute":
        case "op":
        case "deop":
            return parseAct(findCommand(word)!.name as ActOnSomeone, rest);
        case "mute":
            return parseMute(rest);
        case "slow":
            return parseSlow(rest);
        case "suite":
            return act(rest === "" ? { type: "use-suite" } : { type: "use-suite", name: rest });
        case "reconnect":
            return act({ type: "connect" });
        case "quit":
            return act({ type: "leave" });
        default:
            return wrong(
                `There is no command /${word}; nothing was sent. /help lists them; //${word} sends it as text.`,
            );
    }
}

function parseVerify(rest: string): Line {
    const words = rest.split(/\s+/).filter(word => word !== "");
    const answers = words.map(answerOf);
    const verify = (name: string, answer: VerifyAnswer) =>
        act({ type: "verify", receiver: { name }, answer });
    if (words.length === 1) return verify(words[0]!, "show");
    if (words.length === 2 && answers[1]) return verify(words[0]!, answers[1]);
    if (words.length === 2 && answers[0]) return verify(words[1]!, answers[0]);
    return usage("verify");
}

function answerOf(word: string): VerifyAnswer | undefined {
    const answer = word.toLowerCase();
    return answer === "yes" || answer === "accept" ? answer : undefined;
}

function parseInspect(rest: string): Line {
    if (rest === "") return { kind: "page", action: "inspect", number: undefined };
    return MESSAGE_NUMBER.test(rest)
        ? { kind: "page", action: "inspect", number: Number(rest) }
        : usage("inspect");
}

const parseAct = (kind: ActOnSomeone, rest: string): Line =>
    withName(kind, rest, name => room({ do: "act", kind, name, seconds: 0 }));

function parseMute(rest: string): Line {
    const [name, after] = firstWord(rest);
    const seconds = after === "" ? 0 : spanOfTime(after);
    return name === "" || seconds === undefined
        ? usage("mute")
        : room({ do: "act", kind: "mute", name, seconds });
}

function parseSlow(rest: string): Line {
    const seconds = spanOfTime(rest);
    return seconds === undefined ? usage("slow") : room({ do: "slow", seconds });
}

function withNameAndText(command: string, rest: string): Line {
    const [name, text] = firstWord(rest);
    return text === "" ? usage(command) : { kind: "say-to", name, text };
}

function withName(command: string, rest: string, make: (name: string) => Line): Line {
    const [name, after] = firstWord(rest);
    return name !== "" && after === "" ? make(name) : usage(command);
}

function firstWord(text: string): readonly [word: string, after: string] {
    const end = text.search(/[ \t\n]/);
    return end < 0 ? [text, ""] : [text.slice(0, end), text.slice(end).trim()];
}

const say = (text: string) => ({ kind: "say", text, isAction: false, isToAll: false }) as const;

const ignore = (name: string, isIgnored: boolean): Line =>
    act({ type: "ignore", receiver: { name }, isIgnored });

const room = (wish: RoomWish): Line => ({ kind: "room", wish });

const act = (command: ClientCommand): Line => ({ kind: "command", command });

const usage = (command: string): Line => wrong(`Write: ${findCommand(command)!.usage}`);

const wrong = (sentence: string): Line => ({ kind: "wrong", sentence });
