/**
 * DES as FIPS 46-3 writes it, bit by bit, keeping every intermediate value. INSECURE: a 56-bit key is found by search
 * within a day. For reading and for lessons; messages go through suites/desEcb.ts, which computes the same blocks.
 */

import type { DesKeyStep, DesRoundStep, DesTrace } from "./desTrace";
import {
    EXPANSION,
    FINAL_PERMUTATION,
    INITIAL_PERMUTATION,
    permute,
    PERMUTATION,
    PERMUTED_CHOICE_1,
    PERMUTED_CHOICE_2,
    ROTATIONS,
    substitute,
} from "./desTables";

const HALF_KEY_MASK = 0x0fff_ffff;

/**
 * Runs one block through DES.
 * @param key 64 bits; the parity bits count for nothing, weak keys are computed too.
 * @param input plaintext or ciphertext, 64 bits.
 */
export function traceDes(key: bigint, input: bigint, direction: DesTrace["direction"]): DesTrace {
    const chosen = permute(key, 64, PERMUTED_CHOICE_1);
    const [c0, d0] = [Number(chosen >> 28n), Number(chosen & 0xfff_ffffn)];
    const keySteps = scheduleKeys(c0, d0);
    const roundKeys = keySteps.map(step => step.roundKey);
    if (direction === "decrypt") roundKeys.reverse();

    const [l0, r0] = halves(permute(input, 64, INITIAL_PERMUTATION));
    const rounds: DesRoundStep[] = [];
    let [left, right] = [l0, r0];
    for (const roundKey of roundKeys) {
        const step = runRound(rounds.length + 1, roundKey, left, right);
        ({ left, right } = step);
        rounds.push(step);
    }
    const preoutput = (BigInt(right) << 32n) | BigInt(left);
    const output = permute(preoutput, 64, FINAL_PERMUTATION);
    return { direction, key, c0, d0, keySteps, input, l0, r0, rounds, preoutput, output };
}

function scheduleKeys(c0: number, d0: number): DesKeyStep[] {
    let [c, d] = [c0, d0];
    return ROTATIONS.map((rotation, i) => {
        [c, d] = [rotateHalfKey(c, rotation), rotateHalfKey(d, rotation)];
        const roundKey = permute((BigInt(c) << 28n) | BigInt(d), 56, PERMUTED_CHOICE_2);
        return { round: i + 1, rotation, c, d, roundKey };
    });
}

function runRound(round: number, roundKey: bigint, left: number, right: number): DesRoundStep {
    const expanded = permute(BigInt(right), 32, EXPANSION);
    const mixed = expanded ^ roundKey;
    const substituted = substituteAll(mixed);
    const permuted = Number(permute(BigInt(substituted), 32, PERMUTATION));
    const combined = (left ^ permuted) >>> 0;
    return {
        round,
        expanded,
        roundKey,
        mixed,
        substituted,
        permuted,
        combined,
        left: right,
        right: combined,
    };
}

function substituteAll(fortyEightBits: bigint): number {
    let result = 0;
    for (let box = 0; box < 8; box++) {
        const sixBits = Number((fortyEightBits >> BigInt(42 - 6 * box)) & 0x3fn);
        result = (result << 4) | substitute(box, sixBits);
    }
    return result >>> 0;
}

function rotateHalfKey(half: number, bits: number): number {
    return ((half << bits) | (half >>> (28 - bits))) & HALF_KEY_MASK;
}

function halves(block: bigint): [number, number] {
    return [Number(block >> 32n), Number(block & 0xffff_ffffn)];
}
