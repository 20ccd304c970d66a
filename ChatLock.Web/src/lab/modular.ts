/**
 * Arithmetic modulo a prime: remainders, and inverses by the extended Euclidean algorithm. INSECURE: the number of steps
 * depends on the value, so the time taken tells about it.
 */

/** One division: its remainder is coefficient times the value, modulo the modulus. */
export interface EuclidStep {
    readonly quotient: bigint;
    readonly remainder: bigint;
    /** May be negative. */
    readonly coefficient: bigint;
}

/** The remainder 0 to m - 1, of negative values too. */
export function reduce(value: bigint, modulus: bigint): bigint {
    const remainder = value % modulus;
    return remainder < 0n ? remainder + modulus : remainder;
}

/**
 * 1/value modulo the modulus, 1 to m - 1.
 * @param onStep told each division, the last one with remainder 0.
 * @throws RangeError when the value and the modulus share a divisor.
 */
export function invert(value: bigint, modulus: bigint, onStep?: (step: EuclidStep) => void): bigint {
    let [upper, lower] = [modulus, reduce(value, modulus)];
    let [before, coefficient] = [0n, 1n];
    while (lower !== 0n) {
        const quotient = upper / lower;
        const remainder = upper - quotient * lower;
        const next = before - quotient * coefficient;
        onStep?.({ quotient, remainder, coefficient: next });
        [upper, lower] = [lower, remainder];
        [before, coefficient] = [coefficient, next];
    }
    if (upper !== 1n) throw new RangeError("the value and the modulus share a divisor");
    return reduce(before, modulus);
}
