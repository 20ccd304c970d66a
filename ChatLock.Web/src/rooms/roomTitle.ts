/** What a sealed room is called: its maker's words, which only its members see, and which anyone may have put into a link. */

/** Code points of a title. */
export const TITLE_MAX_CHARACTERS = 32;

/** UTF-16 units looked at. */
const LOOKED_AT_UNITS = 512;

/** Control and format characters (which turn writing around), half characters, and what nobody has defined. */
const NOT_SHOWN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}]+/gu;

/** @returns undefined where nothing is left, or too much. */
export function cleanTitle(text: string): string | undefined {
    const clean = cleaned(text);
    return clean === "" || [...clean].length > TITLE_MAX_CHARACTERS ? undefined : clean;
}

const cleaned = (text: string): string =>
    text.slice(0, LOOKED_AT_UNITS).normalize("NFC").replace(/\s+/g, " ").replace(NOT_SHOWN, "").trim();

/** @param room its id. */
export const titleOf = (room: string, name: string | undefined): string =>
    name ?? (room.startsWith("~") ? room.slice(0, 9) : room);

export type ParsedTitle =
    { readonly ok: true; readonly title: string } | { readonly ok: false; readonly sentence: string };

/** What the maker of a room typed. */
export function parseTitle(typed: string): ParsedTitle {
    const title = cleaned(typed);
    if (title === "") return { ok: false, sentence: "A room needs a name of at least one character." };
    return cleanTitle(typed) === undefined
        ? { ok: false, sentence: `A room's name has at most ${TITLE_MAX_CHARACTERS} characters.` }
        : { ok: true, title };
}
