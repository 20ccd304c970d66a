/** Whether a text names someone: as a whole word, in any case. */
export function mentions(text: string, name: string | undefined): boolean {
    if (!name) return false;
    const [where, what] = [text.normalize("NFC").toLowerCase(), name.normalize("NFC").toLowerCase()];
    for (let at = where.indexOf(what); at >= 0; at = where.indexOf(what, at + 1)) {
        if (!isWordAt(where, at - 1) && !isWordAt(where, at + what.length)) return true;
    }
    return false;
}

function isWordAt(text: string, index: number): boolean {
    return index >= 0 && index < text.length && /[\p{L}\p{N}_]/u.test(text.charAt(index));
}
