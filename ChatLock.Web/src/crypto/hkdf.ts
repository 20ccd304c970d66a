/** HKDF with SHA-256, extract and expand in one (RFC 5869). */

import type { Bytes } from "../suites/contract";
import { subtle } from "./platform";

/** 255 hashes: all that HKDF gives, in bytes. */
export const HKDF_LENGTH_MAX = 255 * 32;

/** Input keying material: bytes, or a key that the platform keeps and doesn't hand out. */
export type Secret = Bytes | CryptoKey;

/** The bytes as a key that can't be read out: kept in IndexedDB, it can be used and not copied elsewhere. */
export const keptSecret = (secret: Bytes): Promise<CryptoKey> =>
    subtle.importKey("raw", secret, "HKDF", false, ["deriveBits"]);

/**
 * @param secret any length.
 * @param salt any length; none is the same as 32 zero bytes.
 * @param info what the key is for, any length.
 * @param length in bytes, 1 to 8160.
 * @throws RangeError for another length.
 */
export async function hkdf(secret: Secret, salt: Bytes, info: Bytes, length: number): Promise<Bytes> {
    if (!Number.isInteger(length) || length < 1 || length > HKDF_LENGTH_MAX)
        throw new RangeError(`HKDF-SHA256 gives 1 to ${HKDF_LENGTH_MAX} bytes, not ${length}`);
    const key = secret instanceof Uint8Array ? await keptSecret(secret) : secret;
    return new Uint8Array(
        await subtle.deriveBits({ name: "HKDF", hash: "SHA-256", salt, info }, key, 8 * length),
    );
}
