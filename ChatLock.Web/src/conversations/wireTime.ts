/** A server's times: any number is answered with one that a Date can hold. */

const MOST_MS = 8_640_000_000_000_000n;

export function wireTimeMs(unixMs: bigint): number {
    if (unixMs > MOST_MS) return Number(MOST_MS);
    return Number(unixMs < -MOST_MS ? -MOST_MS : unixMs);
}
