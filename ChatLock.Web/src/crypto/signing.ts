/** ECDSA on P-256 with SHA-256, signatures as P1363: 64 bytes, r then s (FIPS 186-5 section 6). */

import type { Bytes } from "../suites/contract";
import { copyOf } from "./bytes";
import type { SigningKey, VerifyingKey } from "./keys";
import { isPoint } from "./p256";
import { subtle } from "./platform";
import { sha256 } from "./sha256";

/** In bytes. */
export const SIGNATURE_LENGTH = 64;

const P256 = { name: "ECDSA", namedCurve: "P-256" };

/** A new identity; its private key can't be read out. */
export async function generateSigningKey(): Promise<SigningKey> {
    return signingKeyOf(await subtle.generateKey(P256, false, ["sign", "verify"]));
}

/** @param pair ECDSA on P-256; the private key may be non-extractable. */
export async function signingKeyOf(pair: CryptoKeyPair): Promise<SigningKey> {
    const point = new Uint8Array(await subtle.exportKey("raw", pair.publicKey));
    const sign = async (data: Bytes) =>
        new Uint8Array(await subtle.sign({ name: "ECDSA", hash: "SHA-256" }, pair.privateKey, data));
    return { ...(await verifyingKeyOf(point, pair.publicKey)), sign };
}

/** Takes anyone's point if it is one: 65 bytes, uncompressed, on the curve; undefined otherwise. Copies. */
export async function importVerifyingKey(point: Uint8Array): Promise<VerifyingKey | undefined> {
    if (!isPoint(point)) return undefined;
    const own = copyOf(point);
    return verifyingKeyOf(own, await subtle.importKey("raw", own, P256, true, ["verify"]));
}

export type SignedHash = "SHA-1" | "SHA-256" | "SHA-384" | "SHA-512";

/** Verification with any of the platform's hashes, as the vectors need it; ChatLock signs with SHA-256. */
export async function verifySignature(
    key: CryptoKey,
    hash: SignedHash,
    data: Bytes,
    signature: Bytes,
): Promise<boolean> {
    return (
        signature.length === SIGNATURE_LENGTH &&
        (await subtle.verify({ name: "ECDSA", hash }, key, signature, data))
    );
}

async function verifyingKeyOf(point: Bytes, key: CryptoKey): Promise<VerifyingKey> {
    return {
        point,
        fingerprint: await sha256(point),
        verify: (data, signature) => verifySignature(key, "SHA-256", data, signature),
    };
}
