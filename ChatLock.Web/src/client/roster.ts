/** Who is here, page after page. */

import type { Answer } from "../connection/requestQueue";
import { clientFrame } from "../wire/frames";
import type { Reply } from "../wire/generated/chatlock_pb";
import type { ClientEvent, Peer } from "./events";
import type { Desk } from "./lookUp";
import type { PeerBook } from "./peerBook";

/** People asked for at most. */
export const WHO_MAX = 1_000;

export class Roster {
    constructor(
        private readonly desk: Desk,
        private readonly book: PeerBook,
        private readonly you: string,
        private readonly emit: (event: ClientEvent) => void,
    ) {}

    /** Asks from the beginning. @param refused told when it can't be asked, or the server says no. */
    all(refused: (answer: Answer) => void): void {
        this.#page("", [], refused);
    }

    /** Asks for those after the ones who are known already. */
    rest(known: readonly Peer[], after: string): void {
        this.#page(after, [...known], () => {});
    }

    #page(after: string, soFar: Peer[], refused: (answer: Answer) => void): void {
        this.desk.ask(clientFrame({ case: "who", value: { after } }), answer => {
            if (answer.is !== "replied" || answer.reply.result.case !== "roster") return refused(answer);
            this.#came(answer.reply.result, soFar, refused);
        });
    }

    #came(
        { value: { members, more } }: Extract<Reply["result"], { case: "roster" }>,
        soFar: Peer[],
        refused: (answer: Answer) => void,
    ): void {
        for (const member of members) soFar.push(this.book.peerOf(this.book.meet(member)));
        const last = members.at(-1);
        if (more && last && soFar.length < WHO_MAX) this.#page(last.name, soFar, refused);
        else this.emit({ type: "who", people: soFar, you: this.you, isComplete: !more });
    }
}
