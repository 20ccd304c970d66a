/** One identity talks from one tab of a browser: two would take the session from each other. */

import { toHex } from "../crypto/bytes";
import type { SigningKey } from "../crypto/keys";

export interface TabLock {
    /** @param isTaking takes it from the tab that has it.
     * @param lost called when another tab took it, later.
     * @returns false when another tab has it. */
    hold(isTaking: boolean, lost: () => void): Promise<boolean>;
    release(): void;
}

/** @param locks undefined where the browser has none: then every tab talks, and the server lets the latest one. */
export function tabLockOf(locks: LockManager | undefined, identity: SigningKey): TabLock {
    return locks ? new WebLock(locks, `chatlock ${toHex(identity.fingerprint)}`) : NO_LOCK;
}

export const NO_LOCK: TabLock = { hold: async () => true, release: () => {} };

class WebLock implements TabLock {
    /** The answer to the hold that is under way, or that holds. */
    #held: Promise<boolean> | undefined;
    #release: () => void = () => {};

    constructor(
        private readonly locks: LockManager,
        private readonly name: string,
    ) {}

    hold(isTaking: boolean, lost: () => void): Promise<boolean> {
        if (this.#held) return this.#held;
        const options: LockOptions = isTaking ? { steal: true } : { ifAvailable: true };
        const released = new Promise<void>(release => (this.#release = release));
        const held = new Promise<boolean>((answer, fail) => {
            const whileHeld = (lock: Lock | null) => {
                answer(lock !== null);
                return lock ? released : undefined;
            };
            this.locks.request(this.name, options, whileHeld).catch((ended: unknown) => {
                // The lock was stolen; whoever waits for the answer has it already.
                if (!(ended instanceof DOMException && ended.name === "AbortError")) return fail(ended);
                if (this.#forget(held)) lost();
            });
        });
        this.#held = held;
        held.then(
            isOurs => isOurs || this.#forget(held),
            () => this.#forget(held),
        );
        return held;
    }

    release(): void {
        this.#held = undefined;
        this.#release();
    }

    /** @returns whether it was held until now. */
    #forget(held: Promise<boolean>): boolean {
        const isHeld = this.#held === held;
        if (isHeld) this.#held = undefined;
        return isHeld;
    }
}
