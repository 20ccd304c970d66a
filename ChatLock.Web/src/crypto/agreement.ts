/** ECDH on P-256: session keys and HPKE's one-time keys (SP 800-56A rev. 3 section 5.7.1.2). */

import type { Bytes } from "../suites/contract";
import { fromBase64Url } from "./base64";
import { concat, copyOf, fromBigInt } from "./bytes";
import type { AgreementKey, AgreementPoint } from "./keys";
import { isPoint, isScalar } from "./p256";
import { subtle } from "./platform";

const P256 = { name: "ECDH", namedCurve: "P-256" };

// PrivateKeyInfo { 0, { ecPublicKey, prime256v1 }, ECPrivateKey { 1, the 32 bytes that follow } }
const BEFORE_SCALAR = fromBigInt(
    0x3041020100301306072a8648ce3d020106082a8648ce3d030107042730250201010420n,
    35,
);

/** A new pair; what was sealed to it is lost with it, on purpose: its private key can't be read out. */
export async function generateAgreementKey(): Promise<AgreementKey> {
    return agreementKeyOf(await subtle.generateKey(P256, false, ["deriveBits"]));
}

/** Takes anyone's point if it is one: 65 bytes, uncompressed, on the curve; undefined otherwise. Copies. */
export async function importAgreementPoint(point: Uint8Array): Promise<AgreementPoint | undefined> {
    if (!isPoint(point)) return undefined;
    const own = copyOf(point);
    return { point: own, publicKey: await subtle.importKey("raw", own, P256, true, []) };
}

/**
 * The pair of a known private key, for vectors; messages use generated ones.
 * @param scalar 32 bytes, 0 < d < n. @throws RangeError otherwise.
 */
export async function agreementKeyFromScalar(scalar: Bytes): Promise<AgreementKey> {
    const privateKey = await subtle.importKey("pkcs8", pkcs8Of(scalar), P256, true, ["deriveBits"]);
    const point = await pointOf(privateKey);
    return { point, privateKey, publicKey: await subtle.importKey("raw", point, P256, true, []) };
}

/** The shared x coordinate, 32 bytes. */
export async function agree(own: AgreementKey, peer: AgreementPoint): Promise<Bytes> {
    return new Uint8Array(
        await subtle.deriveBits({ name: "ECDH", public: peer.publicKey }, own.privateKey, 256),
    );
}

/** A private key as PKCS#8 without its public half, which the platform computes (RFC 5208, RFC 5915). */
export function pkcs8Of(scalar: Bytes): Bytes {
    if (!isScalar(scalar)) throw new RangeError("not a P-256 private key: 32 bytes, 0 < d < n");
    return concat(BEFORE_SCALAR, scalar);
}

/** The public point of an extractable private key, through the platform's JWK. */
export async function pointOf(privateKey: CryptoKey): Promise<Bytes> {
    const { x, y } = await subtle.exportKey("jwk", privateKey);
    return concat(Uint8Array.of(0x04), fromBase64Url(x), fromBase64Url(y));
}

async function agreementKeyOf(pair: CryptoKeyPair): Promise<AgreementKey> {
    const point = new Uint8Array(await subtle.exportKey("raw", pair.publicKey));
    return { point, publicKey: pair.publicKey, privateKey: pair.privateKey };
}
