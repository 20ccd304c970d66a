/**
 * How a message of the classic suite was encrypted: its first block step by step, the others as plaintext and ciphertext.
 * INSECURE: DES in ECB mode, and the rows contain the key and the message.
 */

import { equal, toBigInt, toHex } from "../crypto/bytes";
import { traceDes } from "../lab/des";
import type { Bytes } from "./contract";
import { DES_BLOCK_LENGTH, encryptBlocks, padded } from "./desEcb";
import { count, type ExplanationBuilder } from "./explanationBuilder";

/** Blocks shown after the first; the rest is counted. */
export const FURTHER_BLOCKS_SHOWN = 64;

const BANNER =
    "INSECURE: a DES key has 56 bits and is found by search within a day. For lessons, never for secrets.";

/** A ciphertext that isn't the plaintext's is said so. @param plaintext without padding. */
export function explainBlocks(
    lines: ExplanationBuilder,
    key: Bytes,
    plaintext: Bytes,
    ciphertext: Bytes,
    furtherBlocksMax = FURTHER_BLOCKS_SHOWN,
): void {
    const blocks = padded(plaintext);
    lines.text("", BANNER);
    lines.text("", sizeOf(plaintext.length, blocks.length));
    if (ciphertext.length !== blocks.length)
        lines.text("", `MISMATCH: the ciphertext has ${count(ciphertext.length, "byte")}`);
    else if (blocks.length > 0) addBlocks(lines, key, blocks, ciphertext, furtherBlocksMax);
}

function sizeOf(bytes: number, paddedBytes: number): string {
    if (bytes === 0) return "Message of 0 bytes: no block, and an empty ciphertext";
    const padding =
        paddedBytes === bytes ? "no padding" : `padded with ${count(paddedBytes - bytes, "zero byte")}`;
    const blocks = count(paddedBytes / DES_BLOCK_LENGTH, "block");
    return `Message of ${count(bytes, "byte")}, ${padding}: ${blocks}, each on its own (ECB)`;
}

function addBlocks(
    lines: ExplanationBuilder,
    key: Bytes,
    blocks: Bytes,
    ciphertext: Bytes,
    furtherBlocksMax: number,
): void {
    const trace = traceDes(toBigInt(key), toBigInt(blockOf(blocks, 0)), "encrypt");
    lines.row({ kind: "des", label: "block 1", trace });

    const expected = encryptBlocks(key, blocks);
    const seen = new Map<string, number>();
    const total = blocks.length / DES_BLOCK_LENGTH;
    const shown = Math.min(total, 1 + furtherBlocksMax);
    for (let i = 0; i < shown; i++) {
        const [plain, cipher] = [blockOf(blocks, i), blockOf(ciphertext, i)];
        const note = noteOf(equal(blockOf(expected, i), cipher), toHex(plain), i, seen);
        lines.text(`block ${i + 1}`, `${upper(plain)} ${gutter(plain)} -> ${upper(cipher)}${note}`);
    }
    if (shown < total) lines.text("", `and ${total - shown} more`);
}

function noteOf(isRight: boolean, plain: string, index: number, seen: Map<string, number>): string {
    if (!isRight) return "  MISMATCH, not this key's ciphertext";
    const first = seen.get(plain);
    if (first !== undefined) return `  the same as block ${first}: ECB shows it`;
    seen.set(plain, index + 1);
    return "";
}

function blockOf(bytes: Bytes, index: number): Bytes {
    return bytes.subarray(DES_BLOCK_LENGTH * index, DES_BLOCK_LENGTH * (index + 1));
}

function upper(bytes: Bytes): string {
    return toHex(bytes).toUpperCase();
}

/** The bytes between bars as ASCII, with a dot for whatever isn't. */
function gutter(bytes: Bytes): string {
    const text = Array.from(bytes, value =>
        value >= 0x20 && value < 0x7f ? String.fromCharCode(value) : ".",
    );
    return `|${text.join("")}|`;
}
