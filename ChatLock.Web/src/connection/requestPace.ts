/** Keeps this client below the server's limits, so that it is never refused for being too fast.
 * The server counts when frames arrive and the network bunches them, so a share of the burst and of the rate stays
 * unused. Without this, a refused message could be overtaken by the one behind it. */

import type { Limits } from "../wire/generated/chatlock_pb";
import { fullBucket, msUntilTokens, takeToken, type TokenBucket } from "./tokenBucket";

const SHARE_PERCENT = 80;
const SHARE_MOST = 1_000_000;

export interface RequestPace {
    /** Requests of which the answer isn't there yet. */
    readonly inFlight: number;
    readonly inFlightMax: number;
    readonly perSecond: number;
    readonly burst: number;
    /** Messages and other requests are counted apart. */
    readonly messages: TokenBucket;
    readonly others: TokenBucket;
}

export interface PaceAnswer {
    readonly mayGo: boolean;
    readonly next: RequestPace;
    /** 0 if it may go, or if an answer must come first; else when to ask again. */
    readonly waitMs: number;
}

/** A new session's pace. */
export function paceUnder(limits: Limits, nowMs: number): RequestPace {
    const burst = share(limits.postsBurst);
    return {
        inFlight: 0,
        inFlightMax: share(limits.inFlightMax),
        perSecond: share(limits.postsPerSecond),
        burst,
        messages: fullBucket(burst, nowMs),
        others: fullBucket(burst, nowMs),
    };
}

/** Whether a request may go out now. */
export function takeTurn(pace: RequestPace, isMessage: boolean, nowMs: number): PaceAnswer {
    if (pace.inFlight >= pace.inFlightMax) return { mayGo: false, next: pace, waitMs: 0 };
    const bucket = isMessage ? pace.messages : pace.others;
    const { isTaken, next, retryAfterMs } = takeToken(bucket, pace.perSecond, pace.burst, nowMs);
    return {
        mayGo: isTaken,
        next: {
            ...pace,
            ...(isMessage ? { messages: next } : { others: next }),
            inFlight: pace.inFlight + (isTaken ? 1 : 0),
        },
        waitMs: retryAfterMs,
    };
}

/** When a request that nobody waits for may go: half of what may go at once stays for the others.
 * @returns milliseconds; 0 for now, undefined if an answer must come first. */
export function msUntilRoom(pace: RequestPace, nowMs: number): number | undefined {
    if (pace.inFlight * 2 >= pace.inFlightMax) return undefined;
    const least = Math.floor(pace.burst / 2) + 1;
    const until = (bucket: TokenBucket) => msUntilTokens(bucket, least, pace.perSecond, pace.burst, nowMs);
    return Math.max(until(pace.messages), until(pace.others));
}

/** An answer came. */
export const turnOver = (pace: RequestPace): RequestPace => ({
    ...pace,
    inFlight: Math.max(0, pace.inFlight - 1),
});

const share = (limit: number): number =>
    Math.min(Math.max(Math.floor((limit * SHARE_PERCENT) / 100), 1), SHARE_MOST);
