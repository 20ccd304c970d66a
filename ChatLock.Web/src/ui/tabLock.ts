/** One identity, one connection: of all tabs of this browser one holds the lock; a newer one may take it over. */

const lockName = "chatlock-identity";

export interface TabLock {
    /** Settles when another tab has taken over. */
    readonly lost: Promise<void>;
    release(): void;
}

/** Undefined when another tab holds it, unless `isTakingOver`. */
export function acquireTabLock(isTakingOver: boolean): Promise<TabLock | undefined> {
    return new Promise(resolve => {
        let release = () => {};
        const held = new Promise<void>(done => (release = done));
        const options: LockOptions = isTakingOver ? { steal: true } : { ifAvailable: true };
        let isHeld = false;
        const ended = navigator.locks.request(lockName, options, lock => {
            if (!lock) {
                resolve(undefined);
                return;
            }
            isHeld = true;
            // Only a lock that is still there resolves the request; a stolen one rejects it.
            resolve({ lost, release });
            return held;
        });
        const lost = new Promise<void>(settle => {
            ended.catch((stolen: unknown) => {
                if (!(stolen instanceof DOMException) || !isHeld) throw stolen;
                settle();
            });
        });
    });
}
