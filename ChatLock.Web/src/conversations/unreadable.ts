/** The named gaps in words: the reason, then what to do about it. */

import type { Unreadable } from "../client/events";

export function unreadableSentence(reason: Unreadable, isPrivate: boolean): string {
    switch (reason) {
        case "bad-signature":
            return "signature does not verify — not shown; it may be forged";
        case "cannot-decrypt":
            return isPrivate
                ? "signed, but sealed to a key of yours that is gone — not shown; ask for it to be sent again"
                : "signed, but not encrypted with this room's secret — not shown; ask for it to be sent again";
        case "malformed":
            return "the envelope is damaged — not shown; ask for it to be sent again";
        case "unknown-suite":
            return "encrypted in a way that this version doesn't know — not shown; a newer client can read it";
        case "wrong-suite":
            return "not encrypted the way this room is — not shown; nothing is read in another suite";
        case "not-text":
            return "decrypted, but not text — not shown";
        case "not-allowed":
            return "from someone who may not speak in this room — not shown; the server should have refused it";
    }
}
