/** Session keys: signed prekeys that private messages are sealed to. One is made at each start of the page and once a day; the
 * ones before are kept for a while, to open what was sent while nobody was here. docs/PROTOCOL.md section 5. */

import { generateAgreementKey } from "../crypto/agreement";
import type { AgreementKey, SigningKey } from "../crypto/keys";
import type { Bytes } from "../suites/contract";
import { sessionKeyContext } from "./keyProof";

const DAY_MS = 24 * 3600 * 1000;

/** A key that is older is not used for a new session. */
export const SESSION_KEY_DAY_MS = DAY_MS;

/** How long one is kept after another took its place: a day more than mailboxes keep messages. */
export const SESSION_KEY_KEPT_MS = 8 * DAY_MS;

/** Keys kept, whatever their age: someone who reloads all day makes many, and each is tried. */
export const SESSION_KEYS_MAX = 256;

export interface SessionKey extends AgreementKey {
    /** Unix ms by this machine's clock; rises from key to key. */
    readonly madeUnixMs: number;
    /** By the identity key, over key and time. */
    readonly signature: Bytes;
}

/** Where they outlive the page. What fails throws DOMException. */
export interface SessionKeyShelf {
    /** @param identity whose: the fingerprint, 64 hexadecimal digits. In no order. */
    load(identity: string): Promise<readonly SessionKey[]>;
    /** Adds one and takes others out, both or neither. */
    replace(identity: string, added: SessionKey, removed: readonly SessionKey[]): Promise<void>;
}

/** Keeps them as long as the page. */
export const noShelf: SessionKeyShelf = { load: async () => [], replace: async () => {} };

export class SessionKeys {
    #known: readonly SessionKey[] = [];
    /** The one that this run made last. */
    #own: SessionKey | undefined;
    #isTold = false;

    /** @param whose the identity's fingerprint, 64 hexadecimal digits. @param now Unix ms.
     * @param failed told once when they can't be kept. */
    constructor(
        private readonly identity: SigningKey,
        private readonly whose: string,
        private readonly shelf: SessionKeyShelf,
        private readonly now: () => number,
        private readonly failed: (thrown: DOMException) => void,
    ) {}

    /** For a new connection: the present one first, then those before it, the latest first. A new one is on the shelf before
     * anyone hears of it. One call at a time. */
    async present(): Promise<readonly SessionKey[]> {
        const kept = this.#sorted([...this.#known, ...(await this.#load())]);
        const latest = kept[0];
        const isFresh = latest !== undefined && this.now() - latest.madeUnixMs < SESSION_KEY_DAY_MS;
        // Another tab's is not ours to go on with: it was made at that tab's start.
        if (isFresh && latest.madeUnixMs === this.#own?.madeUnixMs) this.#known = kept;
        else await this.#renew(kept);
        return this.#known;
    }

    async #renew(before: readonly SessionKey[]): Promise<void> {
        // A clock that was set back must not make a key that others take for an old one.
        const madeUnixMs = Math.max(this.now(), (before[0]?.madeUnixMs ?? 0) + 1);
        const key = await generateAgreementKey();
        const signature = await this.identity.sign(sessionKeyContext(BigInt(madeUnixMs), key.point));
        const made = { ...key, madeUnixMs, signature };
        const all = [made, ...before];
        this.#own = made;
        this.#known = all.filter((_, at) => this.#isOfUse(all, at));
        const removed = before.filter(key => !this.#known.includes(key));
        await this.#tolerant(() => this.shelf.replace(this.whose, made, removed), undefined);
    }

    /** @param all the latest first: each was replaced when the one before it in the list was made. */
    #isOfUse(all: readonly SessionKey[], at: number): boolean {
        const replacedMs = all[at - 1]?.madeUnixMs;
        if (replacedMs === undefined) return true;
        return at < SESSION_KEYS_MAX && this.now() - replacedMs < SESSION_KEY_KEPT_MS;
    }

    #load(): Promise<readonly SessionKey[]> {
        return this.#tolerant(() => this.shelf.load(this.whose), []);
    }

    #sorted(keys: readonly SessionKey[]): SessionKey[] {
        const once = new Map(keys.map(key => [key.madeUnixMs, key]));
        return [...once.values()].sort((left, right) => right.madeUnixMs - left.madeUnixMs);
    }

    /** A browser that keeps nothing is no reason not to talk. */
    async #tolerant<T>(act: () => Promise<T>, otherwise: T): Promise<T> {
        try {
            return await act();
        } catch (thrown) {
            if (!(thrown instanceof DOMException)) throw thrown;
            if (!this.#isTold) this.failed(thrown);
            this.#isTold = true;
            return otherwise;
        }
    }
}
