/** How long to wait before the next try to connect: doubling, bounded, with jitter from outside.
 * Jitter spreads a thousand clients that lost the same server: each waits 50% to 100% of the delay. */

/** After the first failure, before jitter. */
export const BACKOFF_FIRST_MS = 500;

/** Never longer than this. */
export const BACKOFF_LONGEST_MS = 30_000;

/** @param failures tries that failed in a row, from 1.
 * @param random from 0 to below 1. */
export const backoffMs = (failures: number, random: number): number =>
    Math.min(BACKOFF_FIRST_MS * 2 ** (failures - 1), BACKOFF_LONGEST_MS) * (0.5 + random / 2);
