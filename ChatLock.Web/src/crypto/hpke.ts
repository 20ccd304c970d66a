/**
 * Encryption to the holder of a key, without a word from it: HPKE in mode base (RFC 9180), DHKEM(P-256, HKDF-SHA256),
 * HKDF-SHA256, AES-128-GCM. Mode base says nothing about the sender; the suites sign for that.
 */

import { Aes128Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256, OpenError } from "@hpke/core";
import type { RecipientContext, SenderContext } from "@hpke/core";
import type { Bytes } from "../suites/contract";
import { TAG_LENGTH } from "./aesGcm";
import { concat } from "./bytes";
import type { AgreementKey, AgreementPoint } from "./keys";
import { isPoint, POINT_LENGTH } from "./p256";

/** Length of the encapsulated key `enc`, in bytes: an uncompressed point. */
export const ENCAPSULATED_LENGTH = POINT_LENGTH;
/** What a single-shot message is longer than its plaintext, in bytes: enc and tag. */
export const HPKE_OVERHEAD = ENCAPSULATED_LENGTH + TAG_LENGTH;

export const hpkeSuite = new CipherSuite({
    kem: new DhkemP256HkdfSha256(),
    kdf: new HkdfSha256(),
    aead: new Aes128Gcm(),
});

/**
 * Starts a context to a key (section 5.1.1, SetupBaseS). Its `enc` is for the receiver.
 * @param oneTime a known one-time key, for vectors; messages get a fresh one.
 */
export function hpkeSender(
    recipient: AgreementPoint,
    info: Bytes,
    oneTime?: AgreementKey,
): Promise<SenderContext> {
    const known = oneTime && { ekm: { publicKey: oneTime.publicKey, privateKey: oneTime.privateKey } };
    return hpkeSuite.createSenderContext({ recipientPublicKey: recipient.publicKey, info, ...known });
}

/** The receiver's side (SetupBaseR); undefined when `encapsulated` isn't a point on the curve. */
export async function hpkeReceiver(
    own: AgreementKey,
    encapsulated: Uint8Array,
    info: Bytes,
): Promise<RecipientContext | undefined> {
    if (!isPoint(encapsulated)) return undefined;
    const recipientKey = { publicKey: own.publicKey, privateKey: own.privateKey };
    return hpkeSuite.createRecipientContext({ recipientKey, enc: encapsulated, info });
}

/** Single shot (section 6.1, SealBase): enc, ciphertext, tag. `info` and `aad` are not sent; the receiver gives the same. */
export async function hpkeSeal(
    recipient: AgreementPoint,
    info: Bytes,
    aad: Bytes,
    plaintext: Bytes,
    oneTime?: AgreementKey,
): Promise<Bytes> {
    const context = await hpkeSender(recipient, info, oneTime);
    return concat(new Uint8Array(context.enc), new Uint8Array(await context.seal(plaintext, aad)));
}

/** Single shot (OpenBase); undefined when it is too short, enc isn't a point, or the tag doesn't fit. */
export async function hpkeOpen(
    own: AgreementKey,
    info: Bytes,
    aad: Bytes,
    sealed: Bytes,
): Promise<Bytes | undefined> {
    if (sealed.length < HPKE_OVERHEAD) return undefined;
    const context = await hpkeReceiver(own, sealed.subarray(0, ENCAPSULATED_LENGTH), info);
    if (context === undefined) return undefined;
    try {
        return new Uint8Array(await context.open(sealed.subarray(ENCAPSULATED_LENGTH), aad));
    } catch (error) {
        if (error instanceof OpenError) return undefined;
        throw error;
    }
}
