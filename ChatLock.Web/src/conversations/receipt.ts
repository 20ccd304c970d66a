/** A receipt: the mark and the ids of messages that the receiver's client verified, decrypted and shows.
 * docs/PROTOCOL.md section 6. */

import { concat, fromHex, toHex } from "../crypto/bytes";
import type { Bytes } from "../suites/contract";

export const RECEIPT_MARK = 0x02;

export const MESSAGE_ID_BYTES = 16;

/** Ids that one receipt names at most; at least one. */
export const RECEIPT_IDS_MAX = 64;

/** @param ids in hexadecimal, 1 to RECEIPT_IDS_MAX. */
export const receiptOf = (ids: readonly string[]): Bytes =>
    concat(Uint8Array.of(RECEIPT_MARK), ...ids.map(id => fromHex(id)!));

/** The ids in hexadecimal; undefined for a wrong length. */
export function readReceipt(plaintext: Uint8Array): readonly string[] | undefined {
    const ids = plaintext.subarray(1);
    const count = ids.length / MESSAGE_ID_BYTES;
    if (!Number.isInteger(count) || count < 1 || count > RECEIPT_IDS_MAX) return undefined;
    return Array.from({ length: count }, (_, at) =>
        toHex(ids.subarray(at * MESSAGE_ID_BYTES, (at + 1) * MESSAGE_ID_BYTES)),
    );
}
