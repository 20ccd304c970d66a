import { underWay } from "./underWay";

/** A guard against hanging, not an assertion about speed. Not a number of turns: turns are quick while cryptography, which is done on
 * threads beside the event loop, is slow on a busy machine. */
const PATIENCE_MS = 60_000;

const turn = (): Promise<void> => new Promise(resolve => setImmediate(resolve));

/** Waits until there is something. */
export async function until<T>(what: string, find: () => T | undefined | false): Promise<T> {
    for (const deadlineMs = performance.now() + PATIENCE_MS; performance.now() < deadlineMs;) {
        const found = find();
        if (found !== undefined && found !== false) return found;
        await turn();
    }
    throw new Error(`waited in vain for ${what}`);
}

/** Lets everything that is under way come to rest: so many turns of the event loop in a row without any cryptography under way. */
export async function rest(turns = 50): Promise<void> {
    for (let quiet = 0; quiet < turns; quiet = underWay() === 0 ? quiet + 1 : 0) await turn();
}
