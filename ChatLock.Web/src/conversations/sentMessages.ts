/** Private messages of ours to one key that a receipt may name. Not a value: it belongs to its conversation. */

/** Messages remembered; a receipt for an older one says nothing. */
export const SENT_REMEMBERED = 1_024;

interface Sent {
    readonly localId: number;
    isAccepted: boolean;
    isReceipted: boolean;
}

export class SentMessages {
    readonly #sent = new Map<string, Sent>();

    /** It goes out; again, for one that was sent before. */
    add(id: string, localId: number): void {
        if (this.#sent.has(id)) return;
        this.#sent.set(id, { localId, isAccepted: false, isReceipted: false });
        if (this.#sent.size > SENT_REMEMBERED) this.#sent.delete(this.#sent.keys().next().value!);
    }

    /** The server took it. @returns the local id if its receipt was faster than the server's answer. */
    accept(id: string): number | undefined {
        const sent = this.#sent.get(id);
        if (!sent) return undefined;
        sent.isAccepted = true;
        return sent.isReceipted ? sent.localId : undefined;
    }

    /** A receipt names it. @returns the local id the first time, once the server has answered too. */
    receipt(id: string): number | undefined {
        const sent = this.#sent.get(id);
        if (!sent || sent.isReceipted) return undefined;
        sent.isReceipted = true;
        return sent.isAccepted ? sent.localId : undefined;
    }
}
