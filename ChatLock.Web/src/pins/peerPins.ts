/** Which key each name had: pinned at the first meeting, changed by the user's word only. */

import type { Standing } from "../client/events";
import { nameKey } from "./peerName";

/** Names remembered; then the oldest that isn't verified is forgotten. */
export const PEERS_MAX = 10_000;

export interface PeerPin {
    /** 64 hexadecimal digits. */
    readonly key: string;
    /** Whether the user compared it. */
    readonly isVerified: boolean;
}

/** Names under which they are pinned, in the order of their pinning. */
export type StoredPeers = readonly (readonly [name: string, pin: PeerPin])[];

export class PeerPins {
    readonly #pins: Map<string, PeerPin>;

    constructor(stored: StoredPeers = []) {
        this.#pins = new Map(stored.slice(-PEERS_MAX));
    }

    get all(): StoredPeers {
        return [...this.#pins];
    }

    find(name: string): PeerPin | undefined {
        return this.#pins.get(nameKey(name));
    }

    /** A name under which this key is pinned; for keys that aren't here now. */
    nameOf(key: string): string | undefined {
        return [...this.#pins].find(([, pin]) => pin.key === key)?.[0];
    }

    standing(name: string, key: string): Standing {
        const pin = this.find(name);
        if (!pin) return "new";
        if (pin.key !== key) return "changed";
        return pin.isVerified ? "verified" : "known";
    }

    /** The user says that the name has this key from now on; or it was never met before.
     * @returns what was forgotten for it, under its mapped name. */
    set(name: string, pin: PeerPin): string | undefined {
        this.#pins.set(nameKey(name), pin);
        return this.#pins.size > PEERS_MAX ? this.#forgetOne() : undefined;
    }

    #forgetOne(): string {
        const names = [...this.#pins.keys()];
        const forgotten = names.find(name => !this.#pins.get(name)!.isVerified) ?? names[0]!;
        this.#pins.delete(forgotten);
        return forgotten;
    }
}
