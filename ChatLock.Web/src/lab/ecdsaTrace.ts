/** Every value of a textbook ECDSA verification (FIPS 186-5 section 6.4.2). INSECURE arithmetic, for lessons. */

export interface CurvePoint {
    readonly x: bigint;
    readonly y: bigint;
}

export interface EcdsaTrace {
    readonly curve: string;
    readonly n: bigint;
    readonly publicKey: CurvePoint;
    /** The leftmost bits of the hash, as many as n has. */
    readonly e: bigint;
    readonly r: bigint;
    readonly s: bigint;
    readonly verdict: "valid" | "mismatch" | "out-of-range" | "not-on-curve";
    /** Undefined when r, s or Q were refused before any arithmetic. */
    readonly steps?: {
        /** w = 1/s mod n, by Euclid. */
        readonly w: bigint;
        readonly euclid: readonly {
            readonly quotient: bigint;
            readonly remainder: bigint;
            readonly coefficient: bigint;
        }[];
        /** e·w and r·w mod n. */
        readonly u1: bigint;
        readonly u2: bigint;
        /** u1·G and u2·Q; undefined is infinity. */
        readonly u1G: Multiplication;
        readonly u2Q: Multiplication;
        readonly sum: CurvePoint | undefined;
        /** x of the sum mod n; undefined at infinity. */
        readonly v: bigint | undefined;
    };
}

/** Double and add, from the scalar's top bit down. */
export interface Multiplication {
    readonly scalar: bigint;
    readonly result: CurvePoint | undefined;
    readonly steps: readonly {
        readonly bit: number;
        readonly operation: "double" | "add";
        readonly result: CurvePoint | undefined;
    }[];
}
