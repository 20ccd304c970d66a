/**
 * What an uncompressed P-256 point must be (SEC 1 section 2.3.4, SP 800-186 section 3.2.1.3). Public data only: the
 * arithmetic isn't constant in time. Checked here and not left to the platform, because libraries differ in what they
 * accept. The cofactor is 1, so a point on the curve is in the group, and infinity has no encoding of this length.
 */

import { toBigInt } from "./bytes";

/** 0x04, X, Y; in bytes. */
export const POINT_LENGTH = 65;
/** Of a coordinate or a private key, in bytes. */
export const SCALAR_LENGTH = 32;

const UNCOMPRESSED = 0x04;

export const PRIME = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn;
export const B = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;
/** The order n of the group. */
export const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** 65 bytes, 0x04, both coordinates below p, on the curve. */
export function isPoint(bytes: Uint8Array): boolean {
    if (bytes.length !== POINT_LENGTH || bytes[0] !== UNCOMPRESSED) return false;
    const x = toBigInt(bytes.subarray(1, 33));
    const y = toBigInt(bytes.subarray(33));
    return x < PRIME && y < PRIME && isOnCurve(x, y);
}

/** Whether the bytes are a private key: 32 bytes, 0 < d < n. */
export function isScalar(bytes: Uint8Array): boolean {
    if (bytes.length !== SCALAR_LENGTH) return false;
    const d = toBigInt(bytes);
    return d > 0n && d < ORDER;
}

// y² = x³ - 3x + b
function isOnCurve(x: bigint, y: bigint): boolean {
    return (y * y - (x * x - 3n) * x - B) % PRIME === 0n;
}
