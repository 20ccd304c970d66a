/** A rate limit as a value: so many a second, so many at once after a pause. docs/PROTOCOL.md section 7. */

export interface TokenBucket {
    /** What is left, in thousandths of one. */
    readonly millitokens: number;
    /** When that was true, in milliseconds of the caller's monotonic clock. */
    readonly atMs: number;
}

export interface Taken {
    readonly isTaken: boolean;
    readonly next: TokenBucket;
    /** 0 when one was taken; else the milliseconds until there is one. */
    readonly retryAfterMs: number;
}

export const fullBucket = (burst: number, nowMs: number): TokenBucket => ({
    millitokens: burst * 1000,
    atMs: nowMs,
});

/** Takes one token if there is one; a clock that goes back counts as standing still. */
export function takeToken(bucket: TokenBucket, perSecond: number, burst: number, nowMs: number): Taken {
    const filled = filledBy(bucket, perSecond, burst, nowMs);
    const isTaken = filled >= 1000;
    return {
        isTaken,
        next: { millitokens: isTaken ? filled - 1000 : filled, atMs: Math.max(bucket.atMs, nowMs) },
        retryAfterMs: isTaken ? 0 : Math.ceil((1000 - filled) / perSecond),
    };
}

/** Milliseconds until so many tokens are there; 0 when they are. None is taken. */
export const msUntilTokens = (
    bucket: TokenBucket,
    tokens: number,
    perSecond: number,
    burst: number,
    nowMs: number,
): number => Math.max(0, Math.ceil((tokens * 1000 - filledBy(bucket, perSecond, burst, nowMs)) / perSecond));

/** A token a millisecond per thousand a second: milliseconds times a second's tokens are millitokens. */
const filledBy = (bucket: TokenBucket, perSecond: number, burst: number, nowMs: number): number =>
    Math.min(burst * 1000, bucket.millitokens + Math.max(0, nowMs - bucket.atMs) * perSecond);
