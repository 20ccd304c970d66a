/** How the key of a private message comes about, which the suites share: HPKE to the recipient's session. */

import { ENCAPSULATED_LENGTH } from "../crypto/hpke";
import type { Bytes, MessageTrace } from "./contract";
import type { ExplanationBuilder } from "./explanationBuilder";

export type PeerTrace = Exclude<MessageTrace, { way: "room" }>;

/** @param info without its zero byte. */
export function explainPeerKey(lines: ExplanationBuilder, trace: PeerTrace, info: string): void {
    const { encapsulated } = splitPrivate(trace.message.ciphertext);
    lines.step("Key: HPKE mode base (RFC 9180), one for each message");
    lines.text("kem, kdf", "DHKEM(P-256, HKDF-SHA256), HKDF-SHA256");
    lines.point("session key", trace.way === "to-peer" ? trace.recipient.point : trace.own.point);
    if (encapsulated.length === ENCAPSULATED_LENGTH) lines.point("one-time key", encapsulated);
    else lines.hex("one-time key", encapsulated);
    lines.text("info", `"${info}" 00`);
}

/** What is said in the place of a key that isn't there: its sender had it, a receiver never will. */
export function explainMissingKey(lines: ExplanationBuilder, way: PeerTrace["way"]): void {
    lines.text(
        "key",
        way === "to-peer"
            ? "erased: it came from the one-time private key, which is gone since this was sent. " +
                  "Only the recipient's session can compute it again; not even the sender can."
            : "none: the one-time key is not a point on P-256",
    );
}

/** A private message's two parts; the second is empty when it is too short for both. */
export function splitPrivate(ciphertext: Bytes): { encapsulated: Bytes; text: Bytes } {
    return {
        encapsulated: ciphertext.subarray(0, ENCAPSULATED_LENGTH),
        text: ciphertext.subarray(ENCAPSULATED_LENGTH),
    };
}
