/** AES-GCM with the 16-byte tag behind the ciphertext, and an answer instead of an exception (SP 800-38D). */

import type { Bytes } from "../suites/contract";
import { refused, subtle } from "./platform";

/** In bytes. */
export const TAG_LENGTH = 16;
export const NONCE_LENGTH = 12;

const TAG_BITS = 8 * TAG_LENGTH;

/** @param key 16 bytes for AES-128; the platform's other sizes work too. */
export function importGcmKey(key: Bytes): Promise<CryptoKey> {
    return subtle.importKey("raw", key, "AES-GCM", false, ["encrypt", "decrypt"]);
}

/**
 * @param nonce 12 bytes, never twice under one key.
 * @param aad authenticated and not sent, any length.
 * @returns ciphertext and tag, 16 bytes longer than the plaintext.
 */
export async function gcmSeal(key: CryptoKey, nonce: Bytes, aad: Bytes, plaintext: Bytes): Promise<Bytes> {
    return new Uint8Array(await subtle.encrypt(parameters(nonce, aad), key, plaintext));
}

/**
 * @param sealed ciphertext and tag, any bytes.
 * @returns the plaintext, or undefined when the tag doesn't fit or isn't there.
 */
export async function gcmOpen(
    key: CryptoKey,
    nonce: Bytes,
    aad: Bytes,
    sealed: Bytes,
): Promise<Bytes | undefined> {
    try {
        return new Uint8Array(await subtle.decrypt(parameters(nonce, aad), key, sealed));
    } catch (error) {
        if (refused(error, "OperationError")) return undefined;
        throw error;
    }
}

function parameters(nonce: Bytes, aad: Bytes): AesGcmParams {
    return { name: "AES-GCM", iv: nonce, additionalData: aad, tagLength: TAG_BITS };
}
