/**
 * Points of a curve y² = x³ + ax + b modulo a prime: adding and multiplying by the formulas, keeping every step.
 * INSECURE: branches and divides on secret values, so the time taken tells the key. SEC 1 section 2.2.1.
 */

import { B, ORDER, PRIME } from "../crypto/p256";
import type { CurvePoint, Multiplication } from "./ecdsaTrace";
import { invert, reduce } from "./modular";

/** All points are multiples of g, n of them with infinity; n is odd, so none is its own negative. */
export interface Curve {
    readonly name: string;
    readonly p: bigint;
    readonly a: bigint;
    readonly b: bigint;
    readonly g: CurvePoint;
    /** The order of g, a prime. */
    readonly n: bigint;
}

/** A finite point, or infinity. */
export type Point = CurvePoint | undefined;

/** NIST P-256, SP 800-186 section 3.2.1.3. */
export const P256: Curve = {
    name: "P-256",
    p: PRIME,
    a: PRIME - 3n,
    b: B,
    g: {
        x: 0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296n,
        y: 0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5n,
    },
    n: ORDER,
};

/** y² = x³ + x + 4 over F23: 28 points and infinity, few enough to follow with a pencil. */
export const F23: Curve = { name: "F23", p: 23n, a: 1n, b: 4n, g: { x: 0n, y: 2n }, n: 29n };

/** Whether the coordinates are in range and satisfy the equation. */
export function isOn(curve: Curve, { x, y }: CurvePoint): boolean {
    const { p, a, b } = curve;
    const inField = (value: bigint) => value >= 0n && value < p;
    return inField(x) && inField(y) && reduce(y * y - (x * x + a) * x - b, p) === 0n;
}

/** The sum of two points of the curve. */
export function add(curve: Curve, first: Point, second: Point): Point {
    if (first === undefined || second === undefined) return first ?? second;
    if (first.x !== second.x) return line(curve, first, second, second.y - first.y, second.x - first.x);
    if (first.y !== second.y) return undefined;
    return line(curve, first, second, 3n * first.x * first.x + curve.a, 2n * first.y);
}

/** Double for every bit after the first, add for every one among them. @param scalar 0 or above; 0 gives infinity. */
export function multiply(curve: Curve, scalar: bigint, point: CurvePoint): Multiplication {
    const steps: Multiplication["steps"][number][] = [];
    let result: Point = scalar === 0n ? undefined : point;
    for (let bit = scalar.toString(2).length - 2; bit >= 0; bit--) {
        result = add(curve, result, result);
        steps.push({ bit, operation: "double", result });
        if (((scalar >> BigInt(bit)) & 1n) === 0n) continue;
        result = add(curve, result, point);
        steps.push({ bit, operation: "add", result });
    }
    return { scalar, result, steps };
}

/** Where the line of that slope through both points, or the tangent, meets the curve again, mirrored. */
function line(curve: Curve, first: CurvePoint, second: CurvePoint, rise: bigint, run: bigint): CurvePoint {
    const slope = reduce(rise * invert(run, curve.p), curve.p);
    const x = reduce(slope * slope - first.x - second.x, curve.p);
    return { x, y: reduce(slope * (first.x - x) - first.y, curve.p) };
}
