/** Remembers the highest counter seen of each sender's sessions and admits only higher ones. */

import type { Bytes, MessageHeader, Opened } from "./contract";
import { SALT_LENGTH, SENDER_LENGTH } from "./signedBytes";

/** Senders remembered in one conversation. */
export const SENDERS_MAX = 16_384;
/** Sessions remembered of each sender. */
export const SALTS_PER_SENDER = 64;

export type Replayed = { readonly ok: false; readonly failure: "replayed" };

/**
 * One guard for each conversation (a room, or the private messages of one peer): within it a sender's messages keep their
 * order, between two they don't. Ask it only about messages whose signature verified.
 *
 * When a sender comes with more than 64 salts, its least recently used one is forgotten: only the sender itself can make
 * that happen. When there are 16,384 senders, new ones are refused and the known ones go on: forgetting would let a server
 * with keys of its own making replay the others. In full it takes some 90 MB.
 */
export class ReplayGuard {
    // By sender, then by salt; a sender's most recently used salt is last.
    readonly #marks = new Map<string, Map<string, bigint>>();

    /**
     * Whether this message is new; if so, it and all before it under its salt are seen from now on.
     * @param sender the sender's fingerprint, 32 bytes. @param salt 16 bytes. @throws TypeError for a wrong length.
     * @param counter from 1; 0 is never admitted.
     */
    admit(sender: Bytes, salt: Bytes, counter: bigint): boolean {
        if (sender.length !== SENDER_LENGTH || salt.length !== SALT_LENGTH)
            throw new TypeError("a sender has 32 bytes, a salt 16");
        if (counter <= 0n) return false;
        const marks = this.#marksOf(keyOf(sender));
        return marks !== undefined && raise(marks, keyOf(salt), counter);
    }

    /** The answer to a message, `replayed` if it was seen before. Without a verified signature it stays unseen. */
    admitOpened(opened: Opened, header: MessageHeader): Opened | Replayed {
        const isVerified = opened.ok || opened.failure === "cannot-decrypt";
        return !isVerified || this.admit(header.sender, header.salt, header.counter)
            ? opened
            : { ok: false, failure: "replayed" };
    }

    #marksOf(sender: string): Map<string, bigint> | undefined {
        const known = this.#marks.get(sender);
        if (known !== undefined || this.#marks.size === SENDERS_MAX) return known;
        const marks = new Map<string, bigint>();
        this.#marks.set(sender, marks);
        return marks;
    }
}

function raise(marks: Map<string, bigint>, salt: string, counter: bigint): boolean {
    const highest = marks.get(salt);
    if (highest !== undefined && counter <= highest) return false;
    if (highest !== undefined) marks.delete(salt);
    else if (marks.size === SALTS_PER_SENDER) marks.delete(leastRecent(marks));
    marks.set(salt, counter);
    return true;
}

function leastRecent(marks: Map<string, bigint>): string {
    for (const salt of marks.keys()) return salt;
    throw new Error("a full map has a first key");
}

/** One character a byte: half of what hex takes. */
function keyOf(bytes: Bytes): string {
    return String.fromCharCode(...bytes);
}
