/** Senders' keys kept ready for verification: importing one costs more than a signature. */

import type { VerifyingKey } from "../crypto/keys";
import { importVerifyingKey } from "../crypto/signing";
import { toHex } from "../crypto/bytes";

/** Keys kept; then the oldest is let go. */
export const SENDERS_CACHED = 1_024;

export class SenderKeys {
    readonly #keys = new Map<string, Promise<VerifyingKey | undefined>>();

    /** Undefined for bytes that are no key. */
    get(point: Uint8Array): Promise<VerifyingKey | undefined> {
        const hex = toHex(point);
        const known = this.#keys.get(hex);
        if (known) return known;
        const key = importVerifyingKey(point);
        this.#keys.set(hex, key);
        if (this.#keys.size > SENDERS_CACHED) this.#keys.delete(this.#keys.keys().next().value!);
        return key;
    }
}
