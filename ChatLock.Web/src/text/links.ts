/** Which addresses become links, and where one ends in running text. */

/** UTF-16 units of an address; a longer one is text. */
const ADDRESS_MAX_UNITS = 2_048;

/** Parentheses that an address in parentheses may have open. */
const PARENTHESES_MAX = 8;

const SCHEME = /(?:https?:\/\/|mailto:)/iy;
/** What turns text around would show an address in another order than it is read. */
const ENDS_ADDRESS = /[\s<>"\u0000-\u001f\p{Bidi_Control}]/u;
/** A bracket may be the end of a link's text: that text must not look like another address than the link's. */
const ENDS_ADDRESS_IN_TEXT = /[\s<>"\u0000-\u001f\p{Bidi_Control}[\]]/u;
const ENDS_HOST = /[\s<>"\u0000-\u001f\p{Bidi_Control}[\]/?#]/u;
const AFTER_WORD = /[\p{L}\p{N}/]/u;
const TRAILING = new Set([...".,;:!?'*_~…"]);

/** The address as the platform writes it; undefined for one that isn't http, https or mailto, or that pretends: a name
 * before the host looks like the host. */
export function hrefOf(address: string): string | undefined {
    const url = parse(address);
    if (url?.protocol === "mailto:") return url.pathname.includes("@") ? url.href : undefined;
    const isWeb = url?.protocol === "https:" || url?.protocol === "http:";
    return isWeb && url.hostname !== "" && url.username === "" && url.password === "" ? url.href : undefined;
}

function parse(address: string): URL | undefined {
    try {
        return new URL(address);
    } catch {
        return undefined; // no address
    }
}

export interface Address {
    /** Undefined for one that is none or too long: text up to its end. */
    readonly href: string | undefined;
    /** Just behind it. */
    readonly end: number;
}

/** An address in running text that begins at `at`. */
export function addressAt(text: string, at: number): Address | undefined {
    SCHEME.lastIndex = at;
    if (!SCHEME.test(text) || (at > 0 && AFTER_WORD.test(text[at - 1]!))) return undefined;
    // What is read on to its end becomes a link or text as a whole, so that nothing is read twice.
    const host = text.slice(at, endOf(ENDS_HOST, text, SCHEME.lastIndex));
    if (!isMail(host) && hrefOf(host) === undefined) return undefined;
    const whole = endOf(ENDS_ADDRESS_IN_TEXT, text, at);
    const end = withoutTrailing(text, at, whole);
    return { href: end - at > ADDRESS_MAX_UNITS ? undefined : hrefOf(text.slice(at, end)), end };
}

/** An address in parentheses: `at` is the opening one. */
export function addressInParentheses(text: string, at: number): Address | undefined {
    let open = 0;
    for (let end = at; end < text.length && end - at <= ADDRESS_MAX_UNITS; end++) {
        const unit = text[end]!;
        if (ENDS_ADDRESS.test(unit)) return undefined;
        if (unit === "(" && ++open > PARENTHESES_MAX) return undefined;
        if (unit === ")" && --open === 0) {
            const href = hrefOf(text.slice(at + 1, end));
            return href === undefined ? undefined : { href, end: end + 1 };
        }
    }
    return undefined;
}

const isMail = (address: string): boolean => /^mailto:/i.test(address);

function endOf(ends: RegExp, text: string, from: number): number {
    let end = from;
    while (end < text.length && !ends.test(text[end]!)) end++;
    return end;
}

/** Punctuation at the end belongs to the sentence, and so does a parenthesis that wasn't opened in the address. */
function withoutTrailing(text: string, at: number, end: number): number {
    let open = 0;
    for (let index = at; index < end; index++) open += text[index] === "(" ? 1 : text[index] === ")" ? -1 : 0;
    for (; end > at; end--) {
        const last = text[end - 1]!;
        if (last === ")" && open < 0) open++;
        else if (!TRAILING.has(last)) break;
    }
    return end;
}
