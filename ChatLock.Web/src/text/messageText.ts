/** What a client does to text before it is encrypted, and all that it does: nothing else is changed, so what was typed
 * arrives byte for byte. */

import { utf8 } from "../crypto/bytes";

/** Longest text unless the server says otherwise, in bytes of UTF-8. */
export const DEFAULT_TEXT_MAX_BYTES = 16 * 1024;

export type TextProblem = "empty" | "too-long" | "control-character" | "lone-surrogate";

export type CleanedText =
    | { readonly ok: true; readonly text: string }
    /** `sentence`: for people, complete, harmless anywhere. */
    | { readonly ok: false; readonly problem: TextProblem; readonly sentence: string };

// C0 without line feed and tab.
const REFUSED_CONTROL = /[\u0000-\u0008\u000b-\u001f]/;
const LONE_SURROGATE = /\p{Surrogate}/u;

/** CR LF becomes LF, NULs at the end go; what then holds another C0 control than LF and tab, isn't text, is empty or too
 * long is refused. */
export function cleanText(typed: string, maxBytes: number): CleanedText {
    const text = withoutNulsAtTheEnd(typed.replaceAll("\r\n", "\n"));
    if (text.length === 0) return no("empty", "There is nothing to send.");
    const control = REFUSED_CONTROL.exec(text);
    if (control) return no("control-character", `A text can't contain ${describe(control[0])}.`);
    const surrogate = LONE_SURROGATE.exec(text);
    if (surrogate)
        return no("lone-surrogate", `A text can't contain half a character (${describe(surrogate[0])}).`);
    return utf8(text).length <= maxBytes
        ? { ok: true, text }
        : no("too-long", `The text is longer than ${maxBytes} bytes of UTF-8; send it in parts.`);
}

function withoutNulsAtTheEnd(text: string): string {
    let end = text.length;
    while (end > 0 && text.charCodeAt(end - 1) === 0) end--;
    return text.slice(0, end);
}

function describe(character: string): string {
    const unit = character.charCodeAt(0);
    const kind = unit < 0x20 ? "a control character" : "a lone surrogate";
    return `U+${unit.toString(16).toUpperCase().padStart(4, "0")} (${kind})`;
}

const no = (problem: TextProblem, sentence: string): CleanedText => ({ ok: false, problem, sentence });
