/** Everything one DES block goes through (FIPS 46-3). INSECURE, for lessons; the trace contains the key. */

export interface DesTrace {
    readonly direction: "encrypt" | "decrypt";
    /** 64 bits, parity included. */
    readonly key: bigint;
    /** Halves of the key after PC-1, 28 bits each. */
    readonly c0: number;
    readonly d0: number;
    /** The sixteen steps of the key schedule, in enciphering order. */
    readonly keySteps: readonly DesKeyStep[];
    /** The block, 64 bits. */
    readonly input: bigint;
    /** Halves after IP, 32 bits each, unsigned. */
    readonly l0: number;
    readonly r0: number;
    /** The sixteen rounds in the order they ran. */
    readonly rounds: readonly DesRoundStep[];
    /** R16 then L16, 64 bits. */
    readonly preoutput: bigint;
    readonly output: bigint;
}

export interface DesKeyStep {
    /** 1 to 16. */
    readonly round: number;
    /** 1 or 2 places to the left. */
    readonly rotation: number;
    /** 28 bits each. */
    readonly c: number;
    readonly d: number;
    /** 48 bits. */
    readonly roundKey: bigint;
}

export interface DesRoundStep {
    /** 1 to 16. */
    readonly round: number;
    /** E(R), 48 bits. */
    readonly expanded: bigint;
    readonly roundKey: bigint;
    /** E(R) xor K, 48 bits. */
    readonly mixed: bigint;
    /** S1 to S8, 32 bits. */
    readonly substituted: number;
    /** P of that, 32 bits. */
    readonly permuted: number;
    /** P xor L, 32 bits. */
    readonly combined: number;
    readonly left: number;
    readonly right: number;
}
