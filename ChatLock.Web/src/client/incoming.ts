/** What comes from the server, and what the conversations made of it. */

import { closeReasonName } from "../codes/codeNames";
import type { Incoming as Frame } from "../connection/connection";
import type { Came } from "../conversations/conversation";
import type { OpenResult } from "../conversations/conversationCipher";
import { suiteInfoOf } from "../conversations/suiteInfo";
import { unreadableSentence } from "../conversations/unreadable";
import { wireTimeMs } from "../conversations/wireTime";
import { POINT_LENGTH } from "../crypto/p256";
import { create } from "../wire/codec";
import type { Member, Posted, Presence, PrivateMessage } from "../wire/generated/chatlock_pb";
import type { ClientEvent, Peer } from "./events";
import { PeerBook } from "./peerBook";
import type { RecentMessages } from "./recentMessages";
import { LOBBY, type Talks } from "./talks";

/** Received messages that wait for their verification, of all conversations together. A page can't keep a WebSocket from
 * delivering: beyond it posts are told as missing, and private messages as dropped. */
export const PENDING_MAX = 4_096;

/** The same in bytes of envelopes. */
export const PENDING_MAX_BYTES = 32 * 1024 * 1024;

export interface IncomingTools {
    readonly emit: (event: ClientEvent) => void;
    readonly book: PeerBook;
    readonly talks: Talks;
    readonly recent: RecentMessages;
}

export class Incoming {
    #pending = 0;
    #pendingBytes = 0;
    /** Posts that weren't taken in, until that can be told in its place. */
    #skipped: { from: bigint; to: bigint } | undefined;
    #session = 0;
    #saidReplay = false;
    #saidDropped = false;

    constructor(private readonly tools: IncomingTools) {}

    /** A new session: what of the last one's presence isn't told yet is of no use. */
    enter(): void {
        this.#session++;
    }

    came(frame: Frame): void {
        switch (frame.type) {
            case "room-entered":
            case "left-room":
                return; // TODO rooms
            case "posted":
                return this.#onPosted(frame.post);
            case "private-came":
                return this.#onPrivate(frame.message);
            case "presence-came":
                return this.#onPresence(frame.presence);
            case "gap-came": {
                const { room, fromSequence: from, toSequence: to } = frame.gap;
                if (room === LOBBY) this.#inLobbyOrder(() => this.tools.emit({ type: "missing", from, to }));
            }
        }
    }

    /** A conversation has opened a message, or couldn't. */
    opened(came: Came, result: OpenResult, isPrivate: boolean): void {
        this.#pending--;
        this.#pendingBytes -= came.envelope.length;
        const who = PeerBook.whoIs(came.from);
        if (!this.tools.book.isIgnored(who.key)) this.#show(came, result, isPrivate);
        this.#tellSkipped();
    }

    #show(came: Came, result: OpenResult, isPrivate: boolean): void {
        const { emit, book, recent } = this.tools;
        const who = PeerBook.whoIs(came.from);
        const { timeMs, sequence } = came;
        switch (result.is) {
            case "read": {
                if (result.content.is !== "text") return; // a receipt, for the conversation itself
                book.remember(who);
                book.warnIfChanged(who);
                const number = recent.add(
                    `from ${who.name} to ${isPrivate ? "you (private)" : "all"}`,
                    result.trace,
                );
                const [body, suite] = [result.content.body, suiteInfoOf(result.trace.suite.id)];
                const from = book.peerOf(who);
                return emit({ type: "message", number, from, isPrivate, body, suite, timeMs, sequence });
            }
            case "gap": {
                const number = recent.add(`from ${who.name}, not shown`, result.trace);
                const sentence = unreadableSentence(result.reason, isPrivate);
                const { reason } = result;
                const from = book.peerOf(who);
                return emit({ type: "unreadable", number, from, isPrivate, reason, sentence, timeMs });
            }
            case "replay":
                return this.#onReplay(who.name);
        }
    }

    #onPosted(post: Posted): void {
        const from = post.from ?? create("Member");
        const sequence = post.position?.sequence ?? 0n;
        const { envelope, messageId, timeUnixMs } = post;
        if (post.position?.room !== LOBBY) return;
        if (post.from) this.tools.book.meet(from);
        const { lobby } = this.tools.talks;
        this.#tellSkipped();
        if (this.#skipped || lobby.isFull || this.#isFull) return this.#skip(sequence);
        this.#take(envelope);
        lobby.open({ from, envelope, messageId, timeMs: wireTimeMs(timeUnixMs), sequence });
    }

    #onPrivate({ from, envelope, messageId, timeUnixMs }: PrivateMessage): void {
        const conversation =
            from?.identityKey.length === POINT_LENGTH
                ? this.tools.talks.with(PeerBook.whoIs(from))
                : undefined;
        if (!from || !conversation || conversation.isFull || this.#isFull) return this.#dropPrivate();
        this.#take(envelope);
        conversation.open({ from, envelope, messageId, timeMs: wireTimeMs(timeUnixMs), sequence: 0n });
    }

    get #isFull(): boolean {
        return this.#pending >= PENDING_MAX || this.#pendingBytes >= PENDING_MAX_BYTES;
    }

    #take(envelope: Uint8Array): void {
        this.#pending++;
        this.#pendingBytes += envelope.length;
    }

    #skip(sequence: bigint): void {
        this.#skipped = { from: this.#skipped?.from ?? sequence, to: sequence };
    }

    #tellSkipped(): void {
        const skipped = this.#skipped;
        if (!skipped || this.tools.talks.lobby.isFull || this.#isFull) return;
        this.#skipped = undefined;
        this.tools.talks.lobby.inOrder(() => this.tools.emit({ type: "missing", ...skipped }));
    }

    #dropPrivate(): void {
        if (!this.#saidDropped)
            this.tools.emit({
                type: "notice",
                code: "private-dropped",
                sentence:
                    "A private message without a valid sender, or one too many at once, was dropped. Further ones are dropped without a word.",
                isWarning: true,
            });
        this.#saidDropped = true;
    }

    #onReplay(name: string): void {
        if (!this.#saidReplay)
            this.tools.emit({
                type: "notice",
                code: "replay-dropped",
                sentence: `A message from ${name} came a second time and was dropped. Further ones are dropped without a word.`,
                isWarning: false,
            });
        this.#saidReplay = true;
    }

    // ---- who comes and goes ----

    #onPresence(presence: Presence): void {
        const left = presence.left.filter(({ member }) => this.#isOther(member)).map(this.#onLeft);
        const joined = presence.joined.filter(this.#isOther).map(this.#onJoined);
        const renamed = presence.renamed.filter(({ to }) => this.#isOther(to)).map(this.#onRenamed);
        const more = presence.moreJoined + presence.moreLeft + presence.moreRenamed;
        if (joined.length + left.length + renamed.length + more === 0) return;
        const { online } = presence;
        const session = this.#session;
        this.#inLobbyOrder(() => {
            if (session === this.#session)
                this.tools.emit({ type: "presence", joined, left, renamed, online, more });
        });
    }

    readonly #isOther = (member: Member | undefined): boolean =>
        member !== undefined && !this.tools.book.isYou(PeerBook.whoIs(member).key);

    readonly #onJoined = (member: Member): Peer => {
        const { book, talks } = this.tools;
        const who = book.meet(member);
        talks.stale(who.key);
        book.warnIfChanged(who);
        return book.peerOf(who);
    };

    readonly #onLeft = ({ member, reason }: Presence["left"][number]) => {
        const { book, talks } = this.tools;
        const who = PeerBook.whoIs(member);
        book.directory.remove(who.key);
        talks.stale(who.key);
        return { peer: book.peerOf(who), reason: closeReasonName(reason) };
    };

    readonly #onRenamed = ({ from, to }: Presence["renamed"][number]) => {
        const { book } = this.tools;
        const who = book.meet(to);
        book.warnIfChanged(who);
        return { before: PeerBook.whoIs({ ...to!, name: from }).name, peer: book.peerOf(who) };
    };

    /** After the lobby's messages that came before it. */
    #inLobbyOrder(then: () => void): void {
        const { lobby } = this.tools.talks;
        if (lobby.isFull) then();
        else lobby.inOrder(then);
    }
}
