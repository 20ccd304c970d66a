/** Who is here, or in a room, page after page. */

import type { Answer } from "../connection/requestQueue";
import { clientFrame } from "../wire/frames";
import type { Reply } from "../wire/generated/chatlock_pb";
import type { ClientEvent, Peer } from "./events";
import type { Desk } from "./lookUp";
import type { PeerBook } from "./peerBook";

/** People asked for at most. */
export const WHO_MAX = 1_000;

/** What was told so far. */
interface Listed {
    /** Undefined: of everyone. */
    readonly room: string | undefined;
    readonly people: Peer[];
    readonly away: string[];
}

export class Roster {
    constructor(
        private readonly desk: Desk,
        private readonly book: PeerBook,
        private readonly you: string,
        private readonly emit: (event: ClientEvent) => void,
    ) {}

    /** Asks from the beginning. @param room undefined: for everyone.
     * @param refused told when it can't be asked, or the server says no. */
    all(room: string | undefined, refused: (answer: Answer) => void): void {
        this.#page("", { room, people: [], away: [] }, refused);
    }

    /** Asks for those after the ones who are known already. */
    rest(room: string | undefined, known: readonly Peer[], away: readonly string[], after: string): void {
        this.#page(after, { room, people: [...known], away: [...away] }, () => {});
    }

    #page(after: string, soFar: Listed, refused: (answer: Answer) => void): void {
        const { room = "" } = soFar;
        this.desk.ask(clientFrame({ case: "who", value: { after, room } }), answer => {
            if (answer.is !== "replied" || answer.reply.result.case !== "roster") return refused(answer);
            this.#came(answer.reply.result, soFar, refused);
        });
    }

    #came(
        { value: { members, more } }: Extract<Reply["result"], { case: "roster" }>,
        soFar: Listed,
        refused: (answer: Answer) => void,
    ): void {
        const { room, people, away } = soFar;
        for (const member of members) {
            const peer = this.book.peerOf(this.book.meet(member));
            people.push(peer);
            if (member.away) away.push(peer.key);
        }
        const last = members.at(-1);
        if (more && last && people.length < WHO_MAX) return this.#page(last.name, soFar, refused);
        const told = { people, away, you: this.you, isComplete: !more };
        if (room === undefined) this.emit({ type: "who", ...told });
        else this.emit({ type: "members-listed", room, ...told });
    }
}
