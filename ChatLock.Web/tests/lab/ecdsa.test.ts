import { describe, expect, test } from "vitest";
import { concat, toBigInt, utf8 } from "../../src/crypto/bytes";
import { generateSigningKey } from "../../src/crypto/keys";
import { sha256 } from "../../src/crypto/sha256";
import { add, F23, isOn, multiply, P256, type Point } from "../../src/lab/curve";
import { hashToInteger, traceSignature, traceVerification } from "../../src/lab/ecdsa";
import { invert, reduce } from "../../src/lab/modular";

describe("the small curve", () => {
    const times = (scalar: number): Point => multiply(F23, BigInt(scalar), F23.g).result;

    test("has 28 points and infinity, and G makes them all", () => {
        const all: string[] = [];
        for (let x = 0n; x < 23n; x++)
            for (let y = 0n; y < 23n; y++) if (isOn(F23, { x, y })) all.push(`${x},${y}`);
        const multiples = Array.from({ length: 28 }, (_, i) => times(i + 1));
        expect(all).toHaveLength(28);
        expect(multiples.map(point => `${point?.x},${point?.y}`).sort()).toEqual(all.sort());
        expect(times(29)).toBeUndefined();
        expect(times(0)).toBeUndefined();
    });

    test("adds points as it adds their multiples", () => {
        for (let a = 0; a < 29; a++)
            for (let b = 0; b < 29; b++) expect(add(F23, times(a), times(b))).toEqual(times((a + b) % 29));
    });

    // Whoever has d knows k = (e + r d) / s, so what the right answer is for any r and s.
    test("judges every key, r and s as whoever has the key does", () => {
        const hash = Uint8Array.of(0b1011_0000, 7);
        const e = hashToInteger(F23, hash);
        const counts = { valid: 0, mismatch: 0 };
        for (let d = 1; d < 29; d++) {
            const q = times(d);
            if (q === undefined) throw new Error("d is below n");
            for (let r = 1n; r < 29n; r++) {
                for (let s = 1n; s < 29n; s++) {
                    const k = reduce((e + r * BigInt(d)) * invert(s, 29n), 29n);
                    const x = times(Number(k))?.x;
                    const expected = x !== undefined && x % 29n === r ? "valid" : "mismatch";
                    expect(traceVerification(F23, q, hash, r, s).verdict).toBe(expected);
                    counts[expected]++;
                }
            }
        }
        expect(counts.valid).toBeGreaterThan(500);
        expect(counts.valid + counts.mismatch).toBe(28 ** 3);
    });

    test("has no v when the sum is infinity, and that is a mismatch", () => {
        // With Q = G the sum is (e + r) w G: infinity for r = n - e.
        const trace = traceVerification(F23, F23.g, Uint8Array.of(0b0101_0000), 19n, 3n);
        expect(trace.e).toBe(10n);
        expect(trace.steps?.sum).toBeUndefined();
        expect(trace.steps?.v).toBeUndefined();
        expect(trace.verdict).toBe("mismatch");
    });

    test("refuses a point off the curve and numbers out of range before any arithmetic", () => {
        const hash = Uint8Array.of(1);
        for (const [q, r, s, verdict] of [
            [{ x: 1n, y: 1n }, 1n, 1n, "not-on-curve"],
            [{ x: 23n, y: 2n }, 1n, 1n, "not-on-curve"],
            [F23.g, 0n, 1n, "out-of-range"],
            [F23.g, 1n, 0n, "out-of-range"],
            [F23.g, 29n, 1n, "out-of-range"],
            [F23.g, 1n, 29n, "out-of-range"],
        ] as const) {
            const trace = traceVerification(F23, q, hash, r, s);
            expect([trace.verdict, trace.steps]).toEqual([verdict, undefined]);
        }
    });
});

describe("P-256", () => {
    test("the lab follows the platform's signatures to their verdict", async () => {
        const key = await generateSigningKey();
        for (let length = 0; length < 5; length++) {
            const data = utf8("x".repeat(length));
            const [hash, signature] = [await sha256(data), await key.sign(data)];
            expect(traceSignature(key.point, hash, signature).verdict).toBe("valid");
            hash.set([hash[0]! ^ 1]);
            expect(traceSignature(key.point, hash, signature).verdict).toBe("mismatch");
        }
    });

    test("every value of a trace follows from the others", async () => {
        const key = await generateSigningKey();
        const data = utf8("hello");
        const hash = await sha256(data);
        const { n, e, r, s, publicKey, steps } = traceSignature(key.point, hash, await key.sign(data));
        if (steps === undefined) throw new Error("no steps");
        expect(e).toBe(toBigInt(hash));
        expect((steps.w * s) % n).toBe(1n);
        expect(steps.u1).toBe((e * steps.w) % n);
        expect(steps.u2).toBe((r * steps.w) % n);
        expect(add(P256, steps.u1G.result, steps.u2Q.result)).toEqual(steps.sum);
        expect(steps.v).toBe(r);
        expect(steps.euclid.at(-1)?.remainder).toBe(0n);
        expect(steps.euclid.at(-2)?.remainder).toBe(1n);
        for (const { remainder, coefficient } of steps.euclid)
            expect(reduce(coefficient * s - remainder, n)).toBe(0n);
        for (const [point, { scalar, result, steps: taken }] of [
            [P256.g, steps.u1G],
            [publicKey, steps.u2Q],
        ] as const) {
            expect(taken.at(-1)?.result).toEqual(result);
            expect(taken.every(step => step.result !== undefined && isOn(P256, step.result))).toBe(true);
            expect(scalarOf(taken)).toBe(scalar);
            expect(multiply(P256, scalar, point).result).toEqual(result);
        }
    });

    test("n times G is infinity, and one less is G mirrored", () => {
        expect(multiply(P256, P256.n, P256.g).result).toBeUndefined();
        const mirrored = { x: P256.g.x, y: P256.p - P256.g.y };
        expect(multiply(P256, P256.n - 1n, P256.g).result).toEqual(mirrored);
    });

    test("a short hash counts whole, of a long one its left 256 bits", () => {
        expect(hashToInteger(P256, Uint8Array.of(0xab, 0xcd))).toBe(0xabcdn);
        const long = concat(new Uint8Array(32).fill(1), new Uint8Array(32).fill(0xff));
        expect(hashToInteger(P256, long)).toBe(toBigInt(long.slice(0, 32)));
        expect(hashToInteger(F23, Uint8Array.of(0b1011_0111, 0xff))).toBe(0b10110n);
    });
});

test("an inverse times its number is one, and where there is none that is misuse", () => {
    for (let value = 1n; value < 29n; value++) expect((invert(value, 29n) * value) % 29n).toBe(1n);
    expect(() => invert(0n, 29n)).toThrow(RangeError);
    expect(() => invert(6n, 9n)).toThrow(RangeError);
});

/** The scalar that doubling and adding, in that order, multiply by. */
function scalarOf(steps: readonly { operation: "double" | "add" }[]): bigint {
    return steps.reduce((scalar, step) => (step.operation === "double" ? 2n * scalar : scalar + 1n), 1n);
}
