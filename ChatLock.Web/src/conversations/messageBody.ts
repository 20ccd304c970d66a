/** What a message says, before encryption and after decryption. docs/PROTOCOL.md section 6. */

import type { MessageBody } from "../client/events";
import { concat, utf8 } from "../crypto/bytes";
import type { Bytes } from "../suites/contract";
import { readReceipt, RECEIPT_MARK } from "./receipt";

const ACTION_MARK = 0x01;
const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export type Content =
    | { readonly is: "text"; readonly body: MessageBody }
    /** The receiver's client shows the messages with these ids, in hexadecimal. */
    | { readonly is: "receipt"; readonly ids: readonly string[] }
    | { readonly is: "not-text" }
    | { readonly is: "malformed" };

export function toPlaintext({ text, isAction }: MessageBody): Bytes {
    const bytes = utf8(text);
    return isAction ? concat(Uint8Array.of(ACTION_MARK), bytes) : bytes;
}

/** Any bytes are answered. */
export function readContent(plaintext: Uint8Array): Content {
    if (plaintext[0] === RECEIPT_MARK) {
        const ids = readReceipt(plaintext);
        return ids ? { is: "receipt", ids } : { is: "malformed" };
    }
    const isAction = plaintext[0] === ACTION_MARK;
    const text = decode(isAction ? plaintext.subarray(1) : plaintext);
    return text === undefined ? { is: "not-text" } : { is: "text", body: { text, isAction } };
}

function decode(bytes: Uint8Array): string | undefined {
    try {
        return strict.decode(bytes);
    } catch {
        return undefined;
    }
}
