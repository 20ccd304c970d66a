/** Who is known to be here, by key and by name. What isn't in it may be here all the same: the server counts what it
 * doesn't list. Not a value: it belongs to the client. */

import { nameKey } from "../pins/peerName";

/** People remembered; further ones are looked up when they are needed. */
export const DIRECTORY_MAX = 20_000;

export class PeerDirectory {
    readonly #names = new Map<string, string>();
    readonly #keys = new Map<string, string>();

    keyOf(name: string): string | undefined {
        return this.#keys.get(nameKey(name));
    }

    nameOf(key: string): string | undefined {
        return this.#names.get(key);
    }

    add(name: string, key: string): void {
        this.remove(key);
        if (this.#names.size >= DIRECTORY_MAX) return;
        this.#names.set(key, name);
        this.#keys.set(nameKey(name), key);
    }

    remove(key: string): void {
        const name = this.#names.get(key);
        if (name === undefined) return;
        this.#names.delete(key);
        if (this.#keys.get(nameKey(name)) === key) this.#keys.delete(nameKey(name));
    }

    clear(): void {
        this.#names.clear();
        this.#keys.clear();
    }
}
