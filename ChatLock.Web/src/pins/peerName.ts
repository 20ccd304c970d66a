/** Names as the client compares and shows them. The server holds them to PRECIS and UTS #39 (docs/PROTOCOL.md section 4);
 * this is only the guard against one that doesn't. */

/** Code points of a name, in NFC. */
export const NAME_MAX_CHARACTERS = 32;

/** UTF-16 units looked at; a longer text is too long unread. */
const TYPED_MAX_UNITS = 256;

/** Hexadecimal digits of a key that stand for a name. */
const SHORT_KEY_DIGITS = 16;

const FORBIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Z}\p{Default_Ignorable_Code_Point}:#@/]/u;
const BAD_START = /^[\p{M}\p{P}]/u;

/** What the chat itself speaks with. */
const RESERVED: ReadonlySet<string> = new Set([
    ...["server", "system", "administrator", "moderator", "gateway", "chatlock"],
    ...["me", "you", "all", "everyone", "nobody", "lobby"],
]);

export type ParsedName =
    | { readonly ok: true; readonly name: string }
    /** A sentence for people, without anything of the name. */
    | { readonly ok: false; readonly sentence: string };

/** @param text anything, from the user or the server. */
export function parseName(text: string): ParsedName {
    const parsed = parseWord(text, NAME_MAX_CHARACTERS);
    return parsed.ok && RESERVED.has(parsed.name.toLowerCase())
        ? no("This name is reserved, or looks like one that is.")
        : parsed;
}

/** What names of people and of rooms have in common. */
export function parseWord(text: string, charactersMax: number): ParsedName {
    if (text.length === 0) return no("A name needs at least one character.");
    if (text.length > TYPED_MAX_UNITS) return no(tooLong(charactersMax));
    const name = text.normalize("NFC");
    if ([...name].length > charactersMax) return no(tooLong(charactersMax));
    const forbidden = FORBIDDEN.exec(name);
    if (forbidden) return no(`A name can't contain ${describe(forbidden[0])}.`);
    return BAD_START.test(name) && !name.startsWith("_")
        ? no("A name starts with a letter, a digit or _.")
        : { ok: true, name };
}

/** The form under which two spellings of one name are the same. */
export const nameKey = (name: string): string => name.normalize("NFC").toLowerCase();

/** What a member is called here: its name, or its key's short form where the server calls it something that can't be a
 * name. The # can't be in a name, so nobody can pass for the other.
 * @param key 64 hexadecimal digits. */
export function shownName(name: string, key: string): string {
    const parsed = parseName(name);
    return parsed.ok ? parsed.name : `#${key.slice(0, SHORT_KEY_DIGITS)}`;
}

const tooLong = (charactersMax: number): string => `A name can't be longer than ${charactersMax} characters.`;

const no = (sentence: string): ParsedName => ({ ok: false, sentence });

const describe = (character: string): string => {
    const codePoint = character.codePointAt(0)!;
    const number = `U+${codePoint.toString(16).toUpperCase().padStart(4, "0")}`;
    if (codePoint === 0x20) return `${number} (a space)`;
    return codePoint > 0x20 && codePoint < 0x7f ? `${number} '${character}'` : number;
};
