/** What the user wants to know of others, and says about them: comparing keys, accepting changed ones, ignoring. */

import type { Receiver, VerifyAnswer } from "./commands";
import type { ClientEvent } from "./events";
import { OFFLINE, type LookUp } from "./lookUp";
import type { PeerBook, Who } from "./peerBook";

interface Whereabouts {
    readonly isHere: boolean;
    readonly isAway: boolean;
}

export class Acquaintances {
    constructor(
        private readonly lookUp: LookUp,
        private readonly book: PeerBook,
        private readonly you: string,
        private readonly emit: (event: ClientEvent) => void,
    ) {}

    tell(receiver: Receiver): void {
        this.#find(receiver, (who, where) => this.#show(who, where, false));
    }

    verify(receiver: Receiver, answer: VerifyAnswer): void {
        this.#find(receiver, (who, where) => {
            if (answer === "show") this.#show(who, where, true);
            else this.#pin(who, where, answer === "yes");
        });
    }

    ignore(receiver: Receiver, isIgnored: boolean): void {
        this.#find(receiver, who => {
            this.book.ignore(who.key, isIgnored);
            this.emit({ type: "ignore", peer: this.book.peerOf(who), isIgnored });
        });
    }

    /** Someone who is here or was once; then the key is the remembered one. */
    #find(receiver: Receiver, then: (who: Who, where: Whereabouts) => void): void {
        this.lookUp.find(receiver, found => {
            if (found.is === "found") return then(found.who, found);
            const pinned = "name" in receiver ? this.book.pinned(receiver.name) : undefined;
            if (pinned !== undefined && "name" in receiver)
                return then({ name: receiver.name, key: pinned }, { isHere: false, isAway: false });
            const { code, sentence } = found.is === "missing" ? found : OFFLINE;
            this.emit({ type: "refused", code, sentence });
        });
    }

    #show(who: Who, { isHere, isAway }: Whereabouts, isVerifying: boolean): void {
        if (isVerifying) this.book.show(who);
        const pinned = this.book.pinned(who.name);
        this.emit({
            type: "peer",
            peer: this.book.peerOf(who),
            ...(pinned === undefined ? {} : { pinned }),
            you: this.you,
            isHere,
            isAway,
            isIgnored: this.book.isIgnored(who.key),
            isVerifying,
        });
    }

    /** Between showing a key and the user's answer the server could have given the name to another one. */
    #pin(who: Who, where: Whereabouts, isVerified: boolean): void {
        if (!this.book.wasShown(who)) {
            this.#show(who, where, true);
            const sentence = "Compare the fingerprints first; then answer again.";
            this.emit({ type: "refused", code: "compare-first", sentence });
            return;
        }
        this.book.accept(who, isVerified);
        this.emit({ type: "pinned", peer: this.book.peerOf(who) });
    }
}
