/** The latest messages of this run, numbered, as the inspector needs them. Not a value: it belongs to the client. */

import type { MessageTrace } from "../suites/contract";

/** Messages kept for the inspector. */
export const RECENT_MAX = 10_000;

/** Bytes of envelopes kept for it. */
export const RECENT_MAX_BYTES = 32 * 1024 * 1024;

export interface RecentMessage {
    /** "Message 7, from alice to all". */
    readonly title: string;
    /** Undefined where not even the envelope could be read. */
    readonly trace: MessageTrace | undefined;
}

export class RecentMessages {
    readonly #messages = new Map<number, RecentMessage>();
    #last = 0;
    #bytes = 0;

    /** @param what "from alice to all". @returns its number, from 1. */
    add(what: string, trace: MessageTrace | undefined): number {
        const number = ++this.#last;
        this.#messages.set(number, { title: `Message ${number}, ${what}`, trace });
        this.#bytes += trace?.envelope.length ?? 0;
        while (this.#messages.size > RECENT_MAX || this.#bytes > RECENT_MAX_BYTES) this.#forgetOldest();
        return number;
    }

    find(number: number): RecentMessage | undefined {
        return this.#messages.get(number);
    }

    #forgetOldest(): void {
        const [number, { trace }] = this.#messages.entries().next().value!;
        this.#messages.delete(number);
        this.#bytes -= trace?.envelope.length ?? 0;
    }
}
