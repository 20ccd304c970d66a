/** Who comes, goes, loses the connection and has it again, in the lobby (where everyone is) and in rooms. */

import { closeReasonName } from "../codes/codeNames";
import { LOBBY } from "../rooms/roomId";
import type { Member, Presence } from "../wire/generated/chatlock_pb";
import type { ClientEvent, Peer } from "./events";
import { PeerBook } from "./peerBook";
import type { Talks } from "./talks";

export interface PresenceTools {
    readonly emit: (event: ClientEvent) => void;
    readonly book: PeerBook;
    readonly talks: Talks;
}

export class Presences {
    #session = 0;

    constructor(private readonly tools: PresenceTools) {}

    /** A new session: what of the last one's presence isn't told yet is of no use. */
    enter(): void {
        this.#session++;
    }

    /** @param inOrder runs after the room's messages that came before. */
    came(presence: Presence, inOrder: (then: () => void) => void): void {
        const room = presence.room === LOBBY ? undefined : presence.room;
        const left = presence.left
            .filter(({ member }) => this.#isOther(member))
            .map(departure => this.#onLeft(departure, room));
        const others = (members: readonly Member[]) => members.filter(this.#isOther);
        const joined = others(presence.joined).map(member => this.#onJoined(member, room));
        const renamed = presence.renamed.filter(({ to }) => this.#isOther(to)).map(this.#onRenamed);
        const away = others(presence.away).map(member => this.#onSeen(member, room, false));
        const back = others(presence.back).map(member => this.#onSeen(member, room, true));
        const { moreJoined, moreLeft, moreRenamed, moreAway, moreBack, online } = presence;
        const more = moreJoined + moreLeft + moreRenamed + moreAway + moreBack;
        const named = joined.length + left.length + renamed.length + away.length + back.length;
        if (named + more === 0) return;
        const session = this.#session;
        inOrder(() => {
            if (session !== this.#session) return;
            this.tools.emit({ type: "presence", room, joined, left, renamed, away, back, online, more });
        });
    }

    readonly #isOther = (member: Member | undefined): boolean =>
        member !== undefined && !this.tools.book.isYou(PeerBook.whoIs(member).key);

    /** Into the lobby: a new session, and with it perhaps a new session key. */
    #onJoined(member: Member, room: string | undefined): Peer {
        const { book, talks } = this.tools;
        const who = book.meet(member);
        if (room === undefined) talks.stale(who.key, true);
        book.warnIfChanged(who);
        return book.peerOf(who);
    }

    #onLeft({ member, reason }: Presence["left"][number], room: string | undefined) {
        const { book, talks } = this.tools;
        const who = PeerBook.whoIs(member);
        if (room === undefined) {
            book.directory.remove(who.key);
            talks.stale(who.key, false);
        }
        return { peer: book.peerOf(who), reason: closeReasonName(reason) };
    }

    readonly #onRenamed = ({ from, to }: Presence["renamed"][number]) => {
        const { book } = this.tools;
        const who = book.meet(to);
        book.warnIfChanged(who);
        return { before: PeerBook.whoIs({ ...to!, name: from }).name, peer: book.peerOf(who) };
    };

    #onSeen(member: Member, room: string | undefined, isHere: boolean): Peer {
        const { book, talks } = this.tools;
        const who = book.meet(member);
        if (room === undefined) talks.stale(who.key, isHere);
        return book.peerOf(who);
    }
}
