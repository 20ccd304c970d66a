import type { Clock } from "../../../src/connection/clock";

/** A clock that a test moves on. */
export class ManualClock implements Clock {
    #nowMs = 0;
    #timers: { readonly dueMs: number; readonly done: () => void }[] = [];

    nowMs(): number {
        return this.#nowMs;
    }

    unixMs(): number {
        return 1_764_000_000_000 + this.#nowMs;
    }

    after(delayMs: number, done: () => void): () => void {
        const timer = { dueMs: this.#nowMs + delayMs, done };
        this.#timers.push(timer);
        return () => (this.#timers = this.#timers.filter(other => other !== timer));
    }

    /** Lets time pass; what is due meanwhile is done in its order. */
    advance(ms: number): void {
        const untilMs = this.#nowMs + ms;
        for (;;) {
            const due = this.#timers
                .filter(timer => timer.dueMs <= untilMs)
                .sort((left, right) => left.dueMs - right.dueMs)[0];
            if (!due) break;
            this.#timers = this.#timers.filter(other => other !== due);
            this.#nowMs = Math.max(this.#nowMs, due.dueMs);
            due.done();
        }
        this.#nowMs = untilMs;
    }

    /** The page slept: time passed, and nothing was done in it. */
    sleep(ms: number): void {
        this.#nowMs += ms;
    }
}
