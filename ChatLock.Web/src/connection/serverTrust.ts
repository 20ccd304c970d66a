/** Whether the server is the one it was, or the one of the link. Its id is what a Hello's proof is bound to. */

import type { PinStore } from "../pins/pinStore";
import { anotherServer, notTheLinks } from "./serverSentences";

export type Trust =
    | { readonly isTrusted: true; readonly isNew: boolean }
    | { readonly isTrusted: false; readonly sentence: string };

export class ServerTrust {
    #expected: string | undefined;
    /** The one that wasn't trusted, as the user was told of it. */
    #shown: string | undefined;

    /** @param expected the link's, 64 hexadecimal digits; it outranks what is remembered. */
    constructor(
        private readonly pins: PinStore,
        private readonly host: string,
        private readonly origin: string,
        expected: string | undefined,
    ) {
        this.#expected = expected?.toLowerCase();
    }

    /** Takes what a server shows; one that is met for the first time is remembered. */
    check(serverId: string): Trust {
        const pinned = this.pins.serverOf(this.origin);
        const known = this.#expected ?? pinned;
        if (known !== undefined && known !== serverId) {
            this.#shown = serverId;
            const say = this.#expected === undefined ? anotherServer : notTheLinks;
            return { isTrusted: false, sentence: say(this.host, known, serverId) };
        }
        const isNew = pinned !== serverId;
        if (isNew) this.pins.setServer(this.origin, serverId);
        return { isTrusted: true, isNew };
    }

    /** The user trusts the server that was shown, and no other. */
    accept(): void {
        if (this.#shown === undefined) return;
        this.pins.setServer(this.origin, this.#shown);
        this.#expected = undefined;
        this.#shown = undefined;
    }
}
