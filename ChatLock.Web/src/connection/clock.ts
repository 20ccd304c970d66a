/** Time as the client is handed it. */

export interface Clock {
    /** Milliseconds of one monotonic clock; as `performance.now()`. */
    nowMs(): number;
    /** Milliseconds since 1970; may be set back. */
    unixMs(): number;
    /** Calls `done` once after `delayMs`; the answer cancels it. */
    after(delayMs: number, done: () => void): Cancel;
}

export type Cancel = () => void;

/** The page's own. */
export const pageClock: Clock = {
    nowMs: () => performance.now(),
    unixMs: () => Date.now(),
    after(delayMs, done) {
        const timer = setTimeout(done, delayMs);
        return () => clearTimeout(timer);
    },
};
