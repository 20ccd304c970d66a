/** How much cryptography the platform has been asked for and hasn't answered. It works on threads of its own, so no number of turns of the
 * event loop says that it is done. */

let count = 0;

type Work = (...input: unknown[]) => Promise<unknown>;

const platform = Object.getPrototypeOf(crypto.subtle) as Record<string, Work>;
for (const name of Object.getOwnPropertyNames(platform)) {
    const work = Object.getOwnPropertyDescriptor(platform, name)?.value as unknown;
    if (name === "constructor" || typeof work !== "function") continue;
    platform[name] = function (this: SubtleCrypto, ...input: unknown[]) {
        count++;
        const done = (work as Work).apply(this, input);
        // Told in the same turn as whoever waits for it.
        void Promise.resolve(done)
            .catch(() => {})
            .finally(() => count--);
        return done;
    };
}

export const underWay = (): number => count;
