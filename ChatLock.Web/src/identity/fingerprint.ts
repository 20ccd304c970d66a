/** How people see an identity key: SHA-256 of its 65-byte point, 32 bytes. docs/PROTOCOL.md section 5. */

import { toBigInt, toHex } from "../crypto/bytes";
import { sha256 } from "../crypto/sha256";
import type { Bytes } from "../suites/contract";

/** In bytes. */
export const FINGERPRINT_LENGTH = 32;
export const WORD_COUNT = 12;

const WORD_BITS = 11;

/** Doesn't check that the point is one. */
export function fingerprintOf(point: Bytes): Promise<Bytes> {
    return sha256(point);
}

/** 64 digits: how a key is named in commands and links. @throws RangeError unless 32 bytes. */
export function fingerprintHex(fingerprint: Uint8Array): string {
    requireLength(fingerprint);
    return toHex(fingerprint);
}

/** All 32 bytes in hexadecimal, in 16 groups of four: what two people compare. @throws RangeError unless 32 bytes. */
export function fingerprintGroups(fingerprint: Uint8Array): string {
    return fingerprintHex(fingerprint).replace(/.{4}(?!$)/g, "$& ");
}

/**
 * The first 132 bits as 12 words of BIP-39's English list, 11 bits each, the first bits first: what two people read to
 * each other. The list is loaded with the first call.
 * @throws RangeError unless 32 bytes.
 */
export async function fingerprintWords(fingerprint: Uint8Array): Promise<string[]> {
    requireLength(fingerprint);
    const { wordlist } = await import("@scure/bip39/wordlists/english.js");
    const bits = toBigInt(fingerprint);
    return Array.from({ length: WORD_COUNT }, (_, i) => {
        const below = BigInt(8 * FINGERPRINT_LENGTH - WORD_BITS * (i + 1));
        const word = wordlist[Number((bits >> below) & 0x7ffn)];
        if (word === undefined) throw new Error("the word list is shorter than 2048");
        return word;
    });
}

function requireLength(fingerprint: Uint8Array): void {
    if (fingerprint.length !== FINGERPRINT_LENGTH) throw new RangeError("a fingerprint has 32 bytes");
}
