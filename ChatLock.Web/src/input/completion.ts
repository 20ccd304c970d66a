/** What could follow what is being typed: commands, names, rooms, emoji. */

import { commands, findCommand } from "./commandList";
import { emojiNames } from "./emoji";

/** Options offered at most. */
export const OPTIONS_MAX = 20;

/** Letters after the colon before emoji are offered unasked. */
const EMOJI_LETTERS_MIN = 2;

const PRIVATE_PREFIX = "private:";

export interface CompletionOption {
    /** What takes the word's place. */
    readonly insert: string;
    readonly label: string;
    readonly hint?: string;
}

export interface Completion {
    /** The word whose place is taken, in UTF-16 units of the text. */
    readonly start: number;
    readonly end: number;
    readonly options: readonly CompletionOption[];
    /** Whether Enter takes the chosen option instead of sending. */
    readonly isEnterTaken: boolean;
}

/** @param at the cursor. @param names of who is here. @param isAsked by a key, not only by typing on. @param rooms what those that
 * we are in are called. */
export function completionsFor(
    text: string,
    at: number,
    names: readonly string[],
    isAsked: boolean,
    rooms: readonly string[] = [],
): Completion | undefined {
    if (at === 0) return undefined;
    const start = Math.max(...[" ", "\n", "\t"].map(space => text.lastIndexOf(space, at - 1))) + 1;
    const word = text.slice(start, at);
    const offer = (options: readonly CompletionOption[], isEnterTaken: boolean): Completion | undefined =>
        options.length > 0
            ? { start, end: at, options: options.slice(0, OPTIONS_MAX), isEnterTaken }
            : undefined;

    if (start === 0 && word.startsWith("/")) return offer(commandOptions(word), false);
    if (start === 0 && word.toLowerCase().startsWith(PRIVATE_PREFIX))
        return offer(nameOptions(names, word.slice(PRIVATE_PREFIX.length), ":", PRIVATE_PREFIX), true);
    if (word.startsWith(":"))
        return word.length > EMOJI_LETTERS_MIN || (isAsked && word.length > 1)
            ? offer(emojiOptions(word), true)
            : undefined;
    const takes = takenBy(text.slice(0, start));
    if (takes === "room") return offer(roomOptions(rooms, word), true);
    if (takes === "name")
        return isAsked || !names.includes(word) ? offer(nameOptions(names, word, " "), true) : undefined;
    return isAsked && word !== ""
        ? offer(nameOptions(names, word, start === 0 ? ": " : " "), true)
        : undefined;
}

function commandOptions(word: string): CompletionOption[] {
    const begun = word.slice(1).toLowerCase();
    return commands
        .filter(({ name, aliases }) => [name, ...aliases].some(known => known.startsWith(begun)))
        .map(({ name, usage, means }) => ({ insert: `/${name} `, label: usage, hint: means }));
}

function nameOptions(
    names: readonly string[],
    begun: string,
    ending: string,
    prefix = "",
): CompletionOption[] {
    const wanted = begun.normalize("NFC").toLowerCase();
    return names
        .filter(name => name.normalize("NFC").toLowerCase().startsWith(wanted))
        .sort()
        .map(name => ({ insert: `${prefix}${name}${ending}`, label: name }));
}

/** Whole names, which may have more than one word; what is written whole already isn't offered. */
function roomOptions(rooms: readonly string[], begun: string): CompletionOption[] {
    const bare = (name: string) => name.normalize("NFC").toLowerCase().replace(/^#/, "");
    return rooms
        .filter(name => bare(name).startsWith(bare(begun)) && bare(name) !== bare(begun))
        .map(name => ({ insert: name, label: name }));
}

function emojiOptions(word: string): CompletionOption[] {
    const begun = word.slice(1).toLowerCase();
    return [...emojiNames]
        .filter(([name]) => name.startsWith(begun))
        .map(([name, emoji]) => ({ insert: `${emoji} `, label: emoji, hint: `:${name}:` }));
}

/** What the next word is after what was typed before. */
function takenBy(before: string): "name" | "room" | undefined {
    const command = before.trim();
    return before.startsWith("/") && !/\s/.test(command) ? findCommand(command.slice(1))?.takes : undefined;
}
