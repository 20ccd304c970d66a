/** Turns of the event loop that a test waits at most; cryptography takes some, nothing takes this many. */
const TURNS_MAX = 200_000;

const turn = (): Promise<void> => new Promise(resolve => setImmediate(resolve));

/** Waits, without a clock, until there is something. */
export async function until<T>(what: string, find: () => T | undefined | false): Promise<T> {
    for (let turns = 0; turns < TURNS_MAX; turns++) {
        const found = find();
        if (found !== undefined && found !== false) return found;
        await turn();
    }
    throw new Error(`waited in vain for ${what}`);
}

/** Lets everything that is under way come to rest. */
export async function rest(turns = 50): Promise<void> {
    for (let count = 0; count < turns; count++) await turn();
}
