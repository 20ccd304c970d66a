/** INSECURE: the classic suite, step by step, with its DES key, one block through DES and its signature by the textbook. */

import { hpkeReceiver } from "../crypto/hpke";
import { traceSignature } from "../lab/ecdsa";
import { CLASSIC_PRIVATE_INFO, classicPeerKey, classicRoomKey } from "./classic";
import type { Bytes, MessageTrace } from "./contract";
import { explainMessage, type Readable } from "./explain";
import { explainBlocks } from "./explainBlocks";
import type { Explanation } from "./explanation";
import type { ExplanationBuilder } from "./explanationBuilder";
import { explainMissingKey, explainPeerKey, type PeerTrace, splitPrivate } from "./explainPeerKey";

const TITLE = "Encryption: DES in ECB mode (FIPS 46-3)";

export function explainClassic(trace: MessageTrace): Promise<Explanation> {
    return explainMessage(
        trace,
        readable => (trace.way === "room" ? explainRoom(readable, trace) : explainPeer(readable, trace)),
        (lines, hash) => {
            const label = "by the textbook, on INSECURE arithmetic";
            const steps = traceSignature(trace.sender.point, hash, trace.message.signature);
            lines.row({ kind: "ecdsa", label, trace: steps });
        },
    );
}

async function explainRoom(
    { lines, plaintext }: Readable,
    { secret, header, message }: MessageTrace & { way: "room" },
): Promise<void> {
    lines.step("Key: HKDF-SHA256 (RFC 5869), one for the room");
    await lines.roomSecret(secret);
    lines.text("salt", "none");
    lines.text("info", '"ChatLock v1 classic room" 00, target, attempt (00; the next one after a weak key)');
    explainKeyAndText(lines, await classicRoomKey(secret, header.target), message.ciphertext, plaintext);
}

async function explainPeer({ lines, plaintext }: Readable, trace: PeerTrace): Promise<void> {
    const { encapsulated, text } = splitPrivate(trace.message.ciphertext);
    explainPeerKey(lines, trace, "ChatLock v1 classic private");
    lines.text("export", '8 bytes for "des key", attempt (00; the next one after a weak key)');
    const context =
        trace.way === "from-peer"
            ? await hpkeReceiver(trace.own, encapsulated, CLASSIC_PRIVATE_INFO)
            : undefined;
    if (context !== undefined) {
        explainKeyAndText(lines, await classicPeerKey(context), text, plaintext);
        return;
    }
    explainMissingKey(lines, trace.way);
    lines.step(TITLE, true);
    if (plaintext !== undefined) explainPlaintext(lines, plaintext);
    explainCiphertext(lines, text);
}

function explainKeyAndText(
    lines: ExplanationBuilder,
    key: Bytes,
    ciphertext: Bytes,
    plaintext: Bytes | undefined,
): void {
    lines.hex("DES key", key);
    lines.text("", "(shown because it protects nothing; the lowest bit of each byte is parity)");
    lines.step(TITLE, true);
    if (plaintext === undefined) {
        explainCiphertext(lines, ciphertext);
        lines.verdict("CANNOT BE READ: the ciphertext isn't whole blocks of 8 bytes", false);
        return;
    }
    explainPlaintext(lines, plaintext);
    explainCiphertext(lines, ciphertext);
    explainBlocks(lines, key, plaintext, ciphertext);
}

function explainPlaintext(lines: ExplanationBuilder, plaintext: Bytes): void {
    lines.size("plaintext", plaintext.length);
    lines.dump("", plaintext);
}

function explainCiphertext(lines: ExplanationBuilder, ciphertext: Bytes): void {
    lines.size("ciphertext", ciphertext.length);
    lines.hex("", ciphertext);
}
