/**
 * ECDSA verification by the formulas, keeping every value (FIPS 186-5 section 6.4.2). INSECURE: for lessons; whether a
 * message is genuine is decided by the platform, in crypto/signing.ts.
 */

import { toBigInt } from "../crypto/bytes";
import { add, type Curve, isOn, multiply, P256 } from "./curve";
import type { CurvePoint, EcdsaTrace } from "./ecdsaTrace";
import { type EuclidStep, invert } from "./modular";

/**
 * The verification of a message's signature on P-256.
 * @param point 65 bytes, 0x04, X, Y; whether it is on the curve is part of the answer.
 * @param hash of the message, any length; its leftmost bits are used, as many as n has.
 * @param signature 64 bytes, r then s.
 */
export function traceSignature(point: Uint8Array, hash: Uint8Array, signature: Uint8Array): EcdsaTrace {
    const publicKey = { x: toBigInt(point.subarray(1, 33)), y: toBigInt(point.subarray(33, 65)) };
    const [r, s] = [toBigInt(signature.subarray(0, 32)), toBigInt(signature.subarray(32, 64))];
    return traceVerification(P256, publicKey, hash, r, s);
}

/** The same on any curve. Nothing here is trusted; whatever is out of range is a verdict. */
export function traceVerification(
    curve: Curve,
    publicKey: CurvePoint,
    hash: Uint8Array,
    r: bigint,
    s: bigint,
): EcdsaTrace {
    const given = { curve: curve.name, n: curve.n, publicKey, e: hashToInteger(curve, hash), r, s };
    if (!isOn(curve, publicKey)) return { ...given, verdict: "not-on-curve" };
    const isScalar = (value: bigint) => value > 0n && value < curve.n;
    if (!isScalar(r) || !isScalar(s)) return { ...given, verdict: "out-of-range" };
    const steps = check(curve, publicKey, given.e, r, s);
    return { ...given, verdict: steps.v === r ? "valid" : "mismatch", steps };
}

/** The leftmost bits of a hash as a number, as many as n has; it may be n or above (section 6.4.1 step 2). */
export function hashToInteger(curve: Curve, hash: Uint8Array): bigint {
    const excess = 8 * hash.length - curve.n.toString(2).length;
    return toBigInt(hash) >> BigInt(Math.max(0, excess));
}

function check(
    curve: Curve,
    publicKey: CurvePoint,
    e: bigint,
    r: bigint,
    s: bigint,
): NonNullable<EcdsaTrace["steps"]> {
    const euclid: EuclidStep[] = [];
    const w = invert(s, curve.n, step => euclid.push(step));
    const [u1, u2] = [(e * w) % curve.n, (r * w) % curve.n];
    const [u1G, u2Q] = [multiply(curve, u1, curve.g), multiply(curve, u2, publicKey)];
    const sum = add(curve, u1G.result, u2Q.result);
    return { w, euclid, u1, u2, u1G, u2Q, sum, v: sum && sum.x % curve.n };
}
