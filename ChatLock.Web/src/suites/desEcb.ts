/**
 * DES in electronic codebook mode with the report's zero padding, on the library des.js: a message is filled up with 0x00
 * to whole blocks of 8 bytes, one that fills its blocks is not padded, and the empty message stays empty.
 *
 * INSECURE twice over: DES, and equal blocks of a message encrypt to equal blocks. Not authenticated; the classic suite
 * signs the ciphertext. FIPS 46-3, SP 800-38A section 6.1.
 */

import { DES } from "des.js";
import type { Bytes } from "./contract";

/** In bytes. */
export const DES_BLOCK_LENGTH = 8;

/**
 * Pads and encrypts.
 * @param key 8 bytes. @returns a multiple of 8 bytes.
 * @throws RangeError when the message ends with 0x00, which decrypting would take for padding.
 */
export function encryptEcb(key: Bytes, plaintext: Bytes): Bytes {
    if (plaintext.at(-1) === 0) throw new RangeError("a message can't end with 0x00: that is the padding");
    return encryptBlocks(key, padded(plaintext));
}

/** Decrypts and takes the trailing zeros off; undefined when the length isn't a multiple of 8. */
export function decryptEcb(key: Bytes, ciphertext: Bytes): Bytes | undefined {
    if (ciphertext.length % DES_BLOCK_LENGTH !== 0) return undefined;
    const blocks = decryptBlocks(key, ciphertext);
    return blocks.slice(0, blocks.findLastIndex(value => value !== 0) + 1);
}

/** The message filled up with 0x00 to whole blocks; a copy. */
export function padded(plaintext: Bytes): Bytes {
    const blocks = new Uint8Array(Math.ceil(plaintext.length / DES_BLOCK_LENGTH) * DES_BLOCK_LENGTH);
    blocks.set(plaintext);
    return blocks;
}

/** Whole blocks, each on its own. Takes every key, weak ones and wrong parity included, as NIST's tables need. */
export function encryptBlocks(key: Bytes, blocks: Bytes): Bytes {
    return blockCipher("encrypt", key)(blocks);
}

export function decryptBlocks(key: Bytes, blocks: Bytes): Bytes {
    return blockCipher("decrypt", key)(blocks);
}

/** The same for one key and any number of calls: the round keys are made once. */
export function blockCipher(type: "encrypt" | "decrypt", key: Bytes): (blocks: Bytes) => Bytes {
    const des = DES.create({ type, key, padding: false });
    return blocks => {
        if (blocks.length === 0) return new Uint8Array();
        const output = des.update(blocks);
        // Decrypting, the library holds the last block back until it is told that it is the last.
        return Uint8Array.from(type === "encrypt" ? output : output.concat(des.final()));
    };
}
