/** The sealed suite, step by step: neither the room's secret nor a key is shown. */

import { TAG_LENGTH } from "../crypto/aesGcm";
import { hpkeSchedule } from "../crypto/hpkeSchedule";
import type { Bytes, MessageTrace } from "./contract";
import { explainMessage, type Readable } from "./explain";
import type { Explanation } from "./explanation";
import type { ExplanationBuilder } from "./explanationBuilder";
import { explainMissingKey, explainPeerKey, type PeerTrace, splitPrivate } from "./explainPeerKey";
import { roomNonce, SEALED_PRIVATE_INFO, sealedRoomKey } from "./sealed";

export function explainSealed(trace: MessageTrace): Promise<Explanation> {
    return explainMessage(trace, readable =>
        trace.way === "room" ? explainRoom(readable, trace) : explainPeer(readable, trace),
    );
}

async function explainRoom(
    { lines, signedHeader, plaintext }: Readable,
    trace: MessageTrace & { way: "room" },
): Promise<void> {
    lines.step("Key: HKDF-SHA256 (RFC 5869), one for each sender's session in the room");
    await lines.roomSecret(trace.secret);
    lines.text("salt", "the header's salt");
    lines.text("info", '"ChatLock v1 sealed room" 00, target, sender');
    await lines.secret("key", await sealedRoomKey(trace.secret, trace.header), "");
    explainCipher(lines, signedHeader, roomNonce(trace.header), "4 zero bytes, then the counter");
    explainText(lines, trace.message.ciphertext, plaintext, verdict(plaintext));
}

async function explainPeer({ lines, signedHeader, plaintext }: Readable, trace: PeerTrace): Promise<void> {
    const { encapsulated, text } = splitPrivate(trace.message.ciphertext);
    explainPeerKey(lines, trace, "ChatLock v1 sealed private");
    const schedule =
        trace.way === "from-peer"
            ? await hpkeSchedule(trace.own, encapsulated, SEALED_PRIVATE_INFO)
            : undefined;
    if (schedule === undefined) explainMissingKey(lines, trace.way);
    else await lines.secret("key", schedule.key, "");
    explainCipher(lines, signedHeader, schedule?.baseNonce, "from the key schedule");
    explainText(lines, text, plaintext, trace.way === "to-peer" ? UNKNOWN : verdict(plaintext));
}

function explainCipher(
    lines: ExplanationBuilder,
    signedHeader: Bytes,
    nonce: Bytes | undefined,
    nonceOrigin: string,
): void {
    lines.step("Encryption: AES-128-GCM (SP 800-38D)");
    if (nonce !== undefined) {
        lines.hex("nonce", nonce);
        lines.text("", `(${nonceOrigin})`);
    }
    lines.text("aad", `the header, ${signedHeader.length} bytes: authenticated, not encrypted`);
}

interface Verdict {
    readonly text: string;
    /** Undefined where nobody can tell. */
    readonly good: boolean | undefined;
}

function explainText(
    lines: ExplanationBuilder,
    ciphertext: Bytes,
    plaintext: Bytes | undefined,
    { text, good }: Verdict,
): void {
    const tagAt = Math.max(0, ciphertext.length - TAG_LENGTH);
    if (plaintext !== undefined) {
        lines.size("plaintext", plaintext.length);
        lines.dump("", plaintext);
    }
    lines.size("ciphertext", tagAt);
    lines.hex("", ciphertext.subarray(0, tagAt));
    lines.hex("tag", ciphertext.subarray(tagAt));
    if (good === undefined) lines.text("verdict", text);
    else lines.verdict(text, good);
}

const UNKNOWN: Verdict = { text: "only the recipient can tell whether the tag fits", good: undefined };

function verdict(plaintext: Bytes | undefined): Verdict {
    return plaintext === undefined
        ? { text: "CANNOT BE READ: the tag doesn't fit the key at hand", good: false }
        : { text: "the tag fits: nothing of header or ciphertext was changed", good: true };
}
