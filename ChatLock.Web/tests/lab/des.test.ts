import { expect, test } from "vitest";
import { traceDes } from "../../src/lab/des";

const KEY = 0x133457799bbcdff1n;

/** Grabbe's worked example, as it is taught. */
test("the textbook's block goes through its textbook values", () => {
    const trace = traceDes(KEY, 0x0123456789abcdefn, "encrypt");
    expect([trace.c0, trace.d0]).toEqual([0xf0ccaaf, 0x556678f]);
    expect([trace.l0, trace.r0]).toEqual([0xcc00ccff, 0xf0aaf0aa]);
    expect(trace.rounds[0]).toEqual({
        round: 1,
        expanded: 0x7a15557a1555n,
        roundKey: 0x1b02effc7072n,
        mixed: 0x6117ba866527n,
        substituted: 0x5c82b597,
        permuted: 0x234aa9bb,
        combined: 0xef4a6544,
        left: 0xf0aaf0aa,
        right: 0xef4a6544,
    });
    expect(trace.keySteps[15]?.roundKey).toBe(0xcb3d8b0e17f5n);
    expect(trace.preoutput).toBe(0x0a4cd99543423234n);
    expect(trace.output).toBe(0x85e813540f0ab405n);
});

test("deciphering takes the sixteenth key first and ends at the plaintext", () => {
    const trace = traceDes(KEY, 0x85e813540f0ab405n, "decrypt");
    expect(trace.output).toBe(0x0123456789abcdefn);
    expect(trace.rounds[0]?.roundKey).toBe(trace.keySteps[15]?.roundKey);
});

test.each(["encrypt", "decrypt"] as const)("every round follows from the one before, %s", direction => {
    for (const [key, block] of samples()) {
        const trace = traceDes(key, block, direction);
        let [left, right] = [trace.l0, trace.r0];
        expect(trace.rounds).toHaveLength(16);
        trace.rounds.forEach((step, i) => {
            expect(step.round).toBe(i + 1);
            expect(step.roundKey).toBe(trace.keySteps[direction === "encrypt" ? i : 15 - i]?.roundKey);
            expect(step.mixed).toBe(step.expanded ^ step.roundKey);
            expect(step.combined).toBe((step.permuted ^ left) >>> 0);
            expect([step.left, step.right]).toEqual([right, step.combined]);
            for (const half of [step.substituted, step.permuted, step.left, step.right])
                expect(half >= 0 && half < 2 ** 32).toBe(true);
            [left, right] = [step.left, step.right];
        });
        expect(trace.preoutput).toBe((BigInt(right) << 32n) | BigInt(left));
    }
});

test("the halves of the key are back where they were after the last rotation", () => {
    for (const [key] of samples()) {
        const { c0, d0, keySteps } = traceDes(key, 0n, "encrypt");
        expect([keySteps[15]?.c, keySteps[15]?.d]).toEqual([c0, d0]);
        expect(keySteps.map(step => step.round)).toEqual(Array.from({ length: 16 }, (_, i) => i + 1));
        expect(keySteps.reduce((sum, step) => sum + step.rotation, 0)).toBe(28);
    }
});

test("parity bits make no difference but are shown", () => {
    const flipped = KEY ^ 0x0101010101010101n;
    const [one, other] = [traceDes(KEY, 7n, "encrypt"), traceDes(flipped, 7n, "encrypt")];
    expect(other.output).toBe(one.output);
    expect(other.key).toBe(flipped);
});

function samples(): [bigint, bigint][] {
    const ends: [bigint, bigint][] = [
        [0n, 0n],
        [2n ** 64n - 1n, 2n ** 64n - 1n],
        [KEY, 1n << 63n],
    ];
    const [a = 0n, b = 0n, c = 0n, d = 0n] = crypto.getRandomValues(new BigUint64Array(4));
    return [...ends, [a, b], [c, d]];
}
