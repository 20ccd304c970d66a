/** Keys as the suites take them. All points are uncompressed P-256 points, 65 bytes: 0x04, X, Y. */

import type { Bytes } from "../suites/contract";

/** Anyone's identity key. */
export interface VerifyingKey {
    readonly point: Bytes;
    /** SHA-256 of the point, 32 bytes. */
    readonly fingerprint: Bytes;
    /** @param signature any bytes; P1363, 64 bytes, or the answer is false. */
    verify(data: Bytes, signature: Bytes): Promise<boolean>;
}

/** One's own identity key. The private key can't be read out. */
export interface SigningKey extends VerifyingKey {
    /** ECDSA with SHA-256, P1363, 64 bytes. */
    sign(data: Bytes): Promise<Bytes>;
}

/** Someone's session key, checked to be on the curve. */
export interface AgreementPoint {
    readonly point: Bytes;
    readonly publicKey: CryptoKey;
}

/** One's own session key pair. */
export interface AgreementKey extends AgreementPoint {
    readonly privateKey: CryptoKey;
}

export { generateSigningKey, importVerifyingKey } from "./signing";
export { generateAgreementKey, importAgreementPoint } from "./agreement";
