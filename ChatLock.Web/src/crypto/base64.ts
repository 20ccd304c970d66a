/** Base64 (RFC 4648 section 4) and its URL form (section 5), for files and for the platform's JWK. */

import type { Bytes } from "../suites/contract";

export function toBase64(bytes: Uint8Array): string {
    let text = "";
    for (const value of bytes) text += String.fromCharCode(value);
    return btoa(text);
}

/** Undefined when the text isn't base64 with its padding. */
export function fromBase64(text: string): Bytes | undefined {
    if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
    return Uint8Array.from(atob(text), character => character.charCodeAt(0));
}

/** Without padding. */
export const toBase64Url = (bytes: Uint8Array): string =>
    toBase64(bytes).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");

/** The platform's own base64url, which has no padding. @throws TypeError when it isn't that. */
export function fromBase64Url(text: string | undefined): Bytes {
    const padded = text?.replaceAll("-", "+").replaceAll("_", "/");
    const bytes = padded && fromBase64(padded.padEnd(Math.ceil(padded.length / 4) * 4, "="));
    if (!bytes) throw new TypeError("not base64url");
    return bytes;
}
