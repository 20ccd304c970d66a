/** What comes from the server, and what the conversations made of it. */

import type { Incoming as Frame } from "../connection/connection";
import type { Came } from "../conversations/conversation";
import type { OpenResult } from "../conversations/conversationCipher";
import type { RoomConversation } from "../conversations/roomConversation";
import { suiteInfoOf } from "../conversations/suiteInfo";
import { unreadableSentence } from "../conversations/unreadable";
import { wireTimeMs } from "../conversations/wireTime";
import { POINT_LENGTH } from "../crypto/p256";
import { LOBBY } from "../rooms/roomId";
import { MAILBOX } from "../session/clientSessionPositions";
import { create } from "../wire/codec";
import type { Gap, Posted, PrivateMessage } from "../wire/generated/chatlock_pb";
import type { ClientEvent } from "./events";
import type { MailboxAcks } from "./mailboxAcks";
import { PeerBook } from "./peerBook";
import type { Presences } from "./presences";
import type { RecentMessages } from "./recentMessages";
import type { Rooms } from "./rooms";
import type { Talks } from "./talks";

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
    readonly rooms: Rooms;
    readonly presences: Presences;
    readonly acks: MailboxAcks;
}

/** Where a message came: a room's id, or undefined for a private one. */
export type Where = string | undefined;

export class Incoming {
    #pending = 0;
    #pendingBytes = 0;
    /** Posts that weren't taken in, by room, until that can be told in its place. */
    readonly #skipped = new Map<string, { readonly from: bigint; readonly to: bigint }>();
    #saidReplay = false;
    #saidDropped = false;

    constructor(private readonly tools: IncomingTools) {}

    came(frame: Frame): void {
        const { rooms, presences } = this.tools;
        switch (frame.type) {
            case "room-entered":
                return rooms.entered(frame.info);
            case "left-room":
                return rooms.onLeft(frame.left);
            case "posted":
                return frame.post.act ? rooms.acted(frame.post) : this.#onPosted(frame.post);
            case "private-came":
                return this.#onPrivate(frame.message);
            case "presence-came": {
                const { room } = frame.presence;
                const conversation = this.#conversationOf(room);
                return conversation && presences.came(frame.presence, then => inOrder(conversation, then));
            }
            case "gap-came":
                return this.#onGap(frame.gap);
        }
    }

    /** A conversation has opened a message, or couldn't. */
    opened(came: Came, result: OpenResult, where: Where): void {
        const { book, acks } = this.tools;
        this.#pending--;
        this.#pendingBytes -= came.envelope.length;
        const who = PeerBook.whoIs(came.from);
        if (!book.isIgnored(who.key)) this.#show(came, result, where);
        if (where === undefined) acks.handled(came.epoch, came.sequence);
        this.#tellSkipped();
    }

    #show(came: Came, opened: OpenResult, where: Where): void {
        const { emit, book, recent } = this.tools;
        const who = PeerBook.whoIs(came.from);
        const { timeMs } = came;
        const isPrivate = where === undefined;
        const room = where === LOBBY ? undefined : where;
        const result = this.#allowed(came, opened, where);
        switch (result.is) {
            case "read": {
                if (result.content.is !== "text") return; // a receipt, for the conversation itself
                book.remember(who);
                book.warnIfChanged(who);
                const to = isPrivate ? "you (private)" : this.#nameOf(where);
                const number = recent.add(`from ${who.name} to ${to}`, result.trace);
                const [body, suite] = [result.content.body, suiteInfoOf(result.trace.suite.id)];
                const [from, sequence] = [book.peerOf(who), isPrivate ? 0n : came.sequence];
                return emit({
                    type: "message",
                    number,
                    from,
                    isPrivate,
                    body,
                    suite,
                    timeMs,
                    sequence,
                    room,
                });
            }
            case "gap": {
                const number = recent.add(`from ${who.name}, not shown`, result.trace);
                const sentence = unreadableSentence(result.reason, isPrivate);
                const { reason } = result;
                const from = book.peerOf(who);
                return emit({ type: "unreadable", number, from, isPrivate, reason, sentence, timeMs, room });
            }
            case "replay":
                return this.#onReplay(who.name);
        }
    }

    /** Who is muted or banned says nothing, whatever the server lets through. */
    #allowed(came: Came, opened: OpenResult, where: Where): OpenResult {
        const room = where === undefined ? undefined : this.tools.rooms.find(where);
        if (opened.is !== "read" || !room) return opened;
        const { key } = PeerBook.whoIs(came.from);
        return room.mayPost(key, came.timeMs, came.sequence)
            ? opened
            : { is: "gap", reason: "not-allowed", trace: opened.trace };
    }

    #nameOf(room: string): string {
        return room === LOBBY ? "all" : `all in ${this.tools.rooms.find(room)?.displayName ?? room}`;
    }

    #onPosted(post: Posted): void {
        const from = post.from ?? create("Member");
        const { sequence = 0n, epoch = 0n, room = "" } = post.position ?? {};
        const { envelope, messageId, timeUnixMs } = post;
        const conversation = this.#conversationOf(room);
        if (!conversation) return;
        if (post.from) this.tools.book.heard(from);
        this.#tellSkipped();
        if (this.#skipped.has(room) || conversation.isFull || this.#isFull) return this.#skip(room, sequence);
        this.#take(envelope);
        conversation.open({ from, envelope, messageId, timeMs: wireTimeMs(timeUnixMs), sequence, epoch });
    }

    #onPrivate({ from, envelope, messageId, timeUnixMs, position }: PrivateMessage): void {
        const { sequence = 0n, epoch = 0n } = position ?? {};
        this.tools.acks.came(sequence);
        const conversation =
            from?.identityKey.length === POINT_LENGTH
                ? this.tools.talks.with(PeerBook.whoIs(from))
                : undefined;
        if (!from || !conversation || conversation.isFull || this.#isFull) {
            this.#dropPrivate();
            return this.tools.acks.handled(epoch, sequence);
        }
        this.#take(envelope);
        conversation.open({ from, envelope, messageId, timeMs: wireTimeMs(timeUnixMs), sequence, epoch });
    }

    #onGap({ room, fromSequence: from, toSequence: to }: Gap): void {
        const { emit, rooms } = this.tools;
        const isPrivate = room === MAILBOX;
        const conversation = this.#conversationOf(isPrivate ? LOBBY : room);
        const where = isPrivate || room === LOBBY ? undefined : room;
        const tell = () => {
            emit({ type: "missing", from, to, room: where, isPrivate });
            if (where !== undefined) rooms.find(where)?.missed();
        };
        if (conversation) inOrder(conversation, tell);
    }

    /** The lobby's, or that of a room that we are in. */
    #conversationOf(room: string): RoomConversation | undefined {
        return room === LOBBY ? this.tools.talks.lobby : this.tools.rooms.find(room)?.conversation;
    }

    get #isFull(): boolean {
        return this.#pending >= PENDING_MAX || this.#pendingBytes >= PENDING_MAX_BYTES;
    }

    #take(envelope: Uint8Array): void {
        this.#pending++;
        this.#pendingBytes += envelope.length;
    }

    #skip(room: string, sequence: bigint): void {
        this.#skipped.set(room, { from: this.#skipped.get(room)?.from ?? sequence, to: sequence });
    }

    #tellSkipped(): void {
        if (this.#skipped.size === 0 || this.#isFull) return;
        for (const [room, skipped] of this.#skipped) {
            const conversation = this.#conversationOf(room);
            if (conversation?.isFull) continue;
            this.#skipped.delete(room);
            const where = room === LOBBY ? undefined : room;
            const tell = () =>
                this.tools.emit({ type: "missing", ...skipped, room: where, isPrivate: false });
            conversation?.inOrder(tell);
        }
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
}

/** After the messages that came before it. */
function inOrder(conversation: RoomConversation, then: () => void): void {
    if (conversation.isFull) then();
    else conversation.inOrder(then);
}
