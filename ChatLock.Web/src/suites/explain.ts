/** How a message was encrypted and signed, step by step: what the suites share. docs/PROTOCOL.md section 6. */

import { sha256 } from "../crypto/sha256";
import { SIGNATURE_LENGTH } from "../crypto/signing";
import type { Bytes, MessageTrace, Opened } from "./contract";
import type { Explanation } from "./explanation";
import { ExplanationBuilder } from "./explanationBuilder";
import { checkMessage } from "./signed";
import { headerBytes, signedBytes } from "./signedBytes";

/** What the encryption's rows are made of: only for messages whose signature verified. */
export interface Readable {
    readonly lines: ExplanationBuilder;
    readonly signedHeader: Bytes;
    /** Undefined when it couldn't be decrypted. */
    readonly plaintext: Bytes | undefined;
}

/** Sections header, key and encryption (unless the signature is bad), signature. Keys are not shown. */
export async function explainMessage(
    trace: MessageTrace,
    explainEncryption: (readable: Readable) => Promise<void>,
    afterSignature?: (lines: ExplanationBuilder, hash: Bytes) => void,
): Promise<Explanation> {
    const lines = new ExplanationBuilder();
    const opened = await open(trace);
    const failure = opened.ok ? undefined : opened.failure;
    explainHeader(lines, trace);
    if (failure === "malformed") {
        lines.verdict(
            "MALFORMED: a field has a wrong length or the counter is 0. Nothing was computed.",
            false,
        );
        return lines.build();
    }
    const signedHeader = headerBytes(trace.suite.id, trace.header);
    if (failure !== "bad-signature")
        await explainEncryption({ lines, signedHeader, plaintext: opened.ok ? opened.plaintext : undefined });

    const signed = signedBytes(signedHeader, trace.message.ciphertext);
    const hash = await sha256(signed);
    explainSignature(lines, trace, signed.length, hash);
    if (trace.message.signature.length === SIGNATURE_LENGTH) afterSignature?.(lines, hash);
    explainVerdict(lines, failure !== "bad-signature");
    return lines.build();
}

async function open(trace: MessageTrace): Promise<Opened> {
    const { suite, header, message, sender } = trace;
    switch (trace.way) {
        case "room":
            return suite.openFromRoom(trace.secret, sender, header, message);
        case "from-peer":
            return suite.openFromPeer(trace.own, sender, header, message);
        case "to-peer": {
            const checked = await checkMessage(suite.id, sender, header, "private", message);
            return checked.ok ? { ok: true, plaintext: trace.plaintext } : checked;
        }
    }
}

function explainHeader(lines: ExplanationBuilder, { suite, header }: MessageTrace): void {
    const isPost = header.kind === "post";
    lines.step("Header: what is signed beside the ciphertext");
    lines.text("context", `"ChatLock v1 ${header.kind}" 00`);
    lines.text("suite", `${suite.id} (${suite.name}${suite.insecure ? ", INSECURE" : ""}), as 2 bytes`);
    lines.hex("target", header.target);
    lines.text("", isPost ? "(SHA-256 of the room's name)" : "(the recipient's identity fingerprint)");
    lines.hex("sender", header.sender);
    lines.text("", "(the sender's identity fingerprint)");
    lines.hex("salt", header.salt);
    lines.text("counter", `${header.counter}, as 8 bytes`);
}

function explainSignature(
    lines: ExplanationBuilder,
    { message: { signature }, sender }: MessageTrace,
    signedLength: number,
    hash: Bytes,
): void {
    lines.step("Signature: ECDSA on P-256, over header and ciphertext");
    lines.text("signed", `${signedLength} bytes: header, then ciphertext`);
    lines.hex("SHA-256", hash);
    if (signature.length === SIGNATURE_LENGTH) {
        lines.hex("r", signature.subarray(0, 32));
        lines.hex("s", signature.subarray(32));
    } else lines.hex("signature", signature);
    lines.point("public key", sender.point);
    lines.hex("fingerprint", sender.fingerprint);
}

function explainVerdict(lines: ExplanationBuilder, isGenuine: boolean): void {
    lines.verdict(
        isGenuine
            ? "verifies: the holder of this key signed exactly these bytes"
            : "DOES NOT VERIFY: this message is not its sender's. Nothing was decrypted.",
        isGenuine,
    );
}
