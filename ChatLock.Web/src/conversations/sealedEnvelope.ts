/** A message as it travels: the encoded Envelope, and what a receiver makes of it. docs/PROTOCOL.md section 6. */

import { copyOf } from "../crypto/bytes";
import type { Bytes, MessageHeader, MessageKind, SealedMessage } from "../suites/contract";
import { create } from "../wire/codec";
import { decodeEnvelope, encodeEnvelope } from "../wire/frames";

export interface SealedEnvelope {
    readonly suite: number;
    readonly header: MessageHeader;
    readonly message: SealedMessage;
    readonly bytes: Bytes;
}

export const envelopeBytes = (suite: number, header: MessageHeader, message: SealedMessage): Bytes =>
    encodeEnvelope(create("Envelope", { suite, salt: header.salt, counter: header.counter, ...message }));

/** Kind, target and sender are the receiver's own knowledge. Fields of any length: the suite answers them.
 * @returns undefined for bytes that are no envelope. */
export function readEnvelope(
    bytes: Uint8Array,
    kind: MessageKind,
    target: Bytes,
    sender: Bytes,
): SealedEnvelope | undefined {
    const envelope = decodeEnvelope(bytes);
    return (
        envelope && {
            suite: envelope.suite,
            header: { kind, target, sender, salt: copyOf(envelope.salt), counter: envelope.counter },
            message: {
                ciphertext: copyOf(envelope.ciphertext),
                signature: copyOf(envelope.signature),
            },
            bytes: copyOf(bytes),
        }
    );
}
