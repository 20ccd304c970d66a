/** Topics as text. */

import { utf8 } from "../crypto/bytes";
import { cleanText } from "../text/messageText";

/** Longest topic unless the server says otherwise, in bytes of UTF-8. */
export const DEFAULT_TOPIC_MAX_BYTES = 512;

/** UTF-16 units of somebody else's topic that are shown; an honest one is shorter. */
const SHOWN_UNITS_MAX = 512;

/** In one line, and not endless. */
export const shortTopic = (text: string): string =>
    text.slice(0, SHOWN_UNITS_MAX).replace(/\s+/g, " ").trim();

export type TypedTopic =
    { readonly ok: true; readonly text: string } | { readonly ok: false; readonly sentence: string };

/** What a user typed; empty takes the topic away. */
export function typedTopic(typed: string, maxBytes: number): TypedTopic {
    const text = typed.replace(/\s+/g, " ").trim();
    if (text === "") return { ok: true, text };
    if (utf8(text).length > maxBytes)
        return { ok: false, sentence: `A topic has at most ${maxBytes} bytes of text.` };
    return cleanText(text, maxBytes);
}
