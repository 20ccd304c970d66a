/**
 * Keys fit for DES messages: odd parity, neither weak nor semi-weak. INSECURE: 56 bits are found by search within a day.
 * FIPS 46-3 for the parity bit, the lowest of each byte; SP 800-67 section 3.3.2 for the 4 weak and 12 semi-weak keys.
 */

import { toHex } from "../crypto/bytes";
import type { Bytes } from "./contract";

/** In bytes; one bit of each is parity. */
export const DES_KEY_LENGTH = 8;
/** Candidates tried before giving up: of 2^56 keys 16 are refused. */
export const ATTEMPTS_MAX = 16;

export type DesKeyFlaw = "wrong-length" | "weak" | "semi-weak" | "even-parity";

const WEAK = new Set(["0101010101010101", "fefefefefefefefe", "e0e0e0e0f1f1f1f1", "1f1f1f1f0e0e0e0e"]);
const SEMI_WEAK = new Set([
    ...["011f011f010e010e", "1f011f010e010e01", "01e001e001f101f1", "e001e001f101f101"],
    ...["01fe01fe01fe01fe", "fe01fe01fe01fe01", "1fe01fe00ef10ef1", "e01fe01ff10ef10e"],
    ...["1ffe1ffe0efe0efe", "fe1ffe1ffe0efe0e", "e0fee0fef1fef1fe", "fee0fee0fef1fef1"],
]);

/**
 * Makes a message key of arbitrary bytes: sets odd parity, and asks for the next candidate while the result is weak or
 * semi-weak.
 * @param candidate gives 8 bytes, the same ones for the same attempt if both ends are to get the same key.
 * @throws RangeError when all 16 candidates were weak: the source doesn't vary.
 */
export async function deriveDesKey(candidate: (attempt: number) => Promise<Bytes>): Promise<Bytes> {
    for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
        const key = withOddParity(await candidate(attempt));
        if (flawOf(key) === undefined) return key;
    }
    throw new RangeError(`all of ${ATTEMPTS_MAX} candidates are weak DES keys`);
}

/** What is wrong with bytes as a message key, weakness before parity; undefined when nothing is. */
export function flawOf(key: Uint8Array): DesKeyFlaw | undefined {
    if (key.length !== DES_KEY_LENGTH) return "wrong-length";
    const normal = toHex(withOddParity(key));
    if (WEAK.has(normal)) return "weak";
    if (SEMI_WEAK.has(normal)) return "semi-weak";
    return normal === toHex(key) ? undefined : "even-parity";
}

/** The key with every byte's lowest bit set so that the byte has an odd number of ones; a copy. */
export function withOddParity(key: Uint8Array): Bytes {
    return Uint8Array.from(key, value => (value & 0xfe) | (hasOddParity(value & 0xfe) ? 0 : 1));
}

function hasOddParity(value: number): boolean {
    let parity = 0;
    for (let rest = value; rest !== 0; rest >>= 1) parity ^= rest & 1;
    return parity === 1;
}
