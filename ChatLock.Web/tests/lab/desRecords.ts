/** DES as the vectors need it, twice, and what a CAVP record asks of it. */

import { fromBigInt, toBigInt } from "../../src/crypto/bytes";
import { traceDes } from "../../src/lab/des";
import type { Bytes } from "../../src/suites/contract";
import { blockCipher } from "../../src/suites/desEcb";
import type { CavpRecord } from "../vectors";

export type Direction = "encrypt" | "decrypt";
export type Cipher = (key: Bytes, block: Bytes, direction: Direction) => Bytes;

/** As messages are encrypted. */
export const library: Cipher = (key, block, direction) => blockCipher(direction, key)(block);

/** As the lab shows it. */
export const traced: Cipher = (key, block, direction) =>
    fromBigInt(traceDes(toBigInt(key), toBigInt(block), direction).output, 8);

export function directionOf(record: CavpRecord): { direction: Direction; from: string; to: string } {
    return record.section === "ENCRYPT"
        ? { direction: "encrypt", from: "PLAINTEXT", to: "CIPHERTEXT" }
        : { direction: "decrypt", from: "CIPHERTEXT", to: "PLAINTEXT" };
}

export function xor(a: Bytes, b: Bytes): Bytes {
    return a.map((value, i) => value ^ (b[i] ?? 0));
}
