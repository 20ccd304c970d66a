/** What a message's header must be, and the bytes that are signed (docs/PROTOCOL.md section 6). */

import { concat, uint16, uint64, utf8 } from "../crypto/bytes";
import type { Bytes, MessageHeader } from "./contract";

/** In bytes. */
export const TARGET_LENGTH = 32;
export const SENDER_LENGTH = 32;
export const SALT_LENGTH = 16;
export const COUNTER_MAX = (1n << 64n) - 1n;

/** Whether every field has its length and the counter counts: what comes from a peer may be anything. */
export function isWellFormed(header: MessageHeader): boolean {
    return (
        header.target.length === TARGET_LENGTH &&
        header.sender.length === SENDER_LENGTH &&
        header.salt.length === SALT_LENGTH &&
        header.counter > 0n &&
        header.counter <= COUNTER_MAX
    );
}

/**
 * The header's bytes: "ChatLock v1 " kind 00, suite (2), target, sender, salt, counter (8). Every field after the kind
 * has a fixed length and the kinds differ before their end, so no two messages have the same signed bytes.
 * @param header well-formed.
 */
export function headerBytes(suiteId: number, header: MessageHeader): Bytes {
    const context = utf8(`ChatLock v1 ${header.kind}\0`);
    const { target, sender, salt, counter } = header;
    return concat(context, uint16(suiteId), target, sender, salt, uint64(counter));
}

/** What the signature covers: header, then ciphertext. */
export function signedBytes(header: Bytes, ciphertext: Bytes): Bytes {
    return concat(header, ciphertext);
}
