/** What the user says: cleaned, addressed by key, queued; and what couldn't be sent, kept for another try. */

import type { RoomConversation } from "../conversations/roomConversation";
import { suiteInfoNamed, suiteInfoOf } from "../conversations/suiteInfo";
import { MESSAGE_ID_BYTES } from "../conversations/receipt";
import type { OutboxEntry } from "../conversations/outboxMessages";
import { wireTimeMs } from "../conversations/wireTime";
import { refusalName } from "../codes/codeNames";
import { toHex } from "../crypto/bytes";
import type { Bytes, SuiteInfo } from "../suites/contract";
import { cleanText } from "../text/messageText";
import { RefusalCode, type Accepted } from "../wire/generated/chatlock_pb";
import type { Receiver } from "./commands";
import type { ClientEvent, MessageBody, Target } from "./events";
import type { LookUp } from "./lookUp";
import type { PeerBook, Who } from "./peerBook";
import type { RecentMessages } from "./recentMessages";
import type { Talks } from "./talks";

/** Messages to names that can't be looked up while offline. */
export const HELD_MAX = 100;

/** Messages that couldn't be sent, kept for `retry`; then the oldest isn't. */
export const UNSENT_MAX = 500;

/** A message on its way to the conversation that it belongs to. */
interface Draft {
    readonly id: string;
    readonly localId: number;
    readonly body: MessageBody;
    readonly suite: number;
}

interface HeldDraft {
    readonly draft: Draft;
    readonly name: string;
}

type FailedTarget = Extract<ClientEvent, { type: "failed" }>["target"];

interface Unsent {
    readonly draft: Draft;
    readonly target: FailedTarget;
}

export interface OutgoingTools {
    readonly emit: (event: ClientEvent) => void;
    readonly randomBytes: (length: number) => Bytes;
    readonly book: PeerBook;
    readonly lookUp: LookUp;
    readonly talks: Talks;
    readonly recent: RecentMessages;
    readonly textMaxBytes: () => number;
    /** @param room undefined: the lobby. */
    readonly suiteOf: (room: string | undefined) => SuiteInfo;
    /** Whom one speaks to there: "all", "all in Garden". */
    readonly nameOfRoom: (room: string | undefined) => string;
    /** Undefined for a room that we aren't in. */
    readonly roomToSay: (room: string | undefined) => RoomConversation | undefined;
}

export class Outgoing {
    readonly #held: HeldDraft[] = [];
    readonly #unsent = new Map<number, Unsent>();

    constructor(private readonly tools: OutgoingTools) {}

    /** @param room undefined: the lobby. */
    say(localId: number, typed: MessageBody, room: string | undefined): void {
        const target = { to: "all", room } as const;
        const draft = this.#draft(localId, typed, this.tools.suiteOf(room).id, target);
        if (draft) this.#sayIn(target, draft);
    }

    /** @param suite the chosen one; `named` outranks it. */
    sayTo(localId: number, receiver: Receiver, typed: MessageBody, suite: SuiteInfo, named?: string): void {
        const used = named === undefined ? suite : suiteInfoNamed(named);
        const target = this.#targetOf(receiver);
        if (!used) {
            this.#fail({ localId, body: typed }, target, "text-invalid", "There is no such suite.");
            return;
        }
        const draft = this.#draft(localId, typed, used.id, target);
        if (draft) this.#sayTo(receiver, draft, target);
    }

    /** Tries a failed message again, under the same message id: whoever got it after all knows it. */
    retry(localId: number): void {
        const unsent = this.#unsent.get(localId);
        this.#unsent.delete(localId);
        if (!unsent)
            this.tools.emit({
                type: "refused",
                code: "no-such-message",
                sentence: "That message can't be tried again; say it anew.",
            });
        else if (unsent.target.to === "all") this.#sayIn(unsent.target, unsent.draft);
        else this.#sayTo(receiverOf(unsent.target), unsent.draft, unsent.target);
    }

    /** Connected: names that waited can be looked up. */
    lookUpHeld(): void {
        for (const { draft, name } of this.#held.splice(0))
            this.#sayTo({ name }, draft, { to: "name", name });
    }

    /** The client stops: what waited for its name is handed back. */
    handBackHeld(sentence: string): void {
        for (const { draft, name } of this.#held.splice(0))
            this.#failAndKeep(draft, { to: "name", name }, "offline", sentence);
    }

    // ---- what the conversations say of it ----

    queued({ localId, body, suite }: OutboxEntry, target: Target, why: string | undefined): void {
        const info = target.to === "all" ? this.tools.suiteOf(target.room) : suiteInfoOf(suite);
        this.tools.emit({ type: "queued", localId, target, body, suite: info, why });
    }

    accepted({ localId, sealed, suite }: OutboxEntry, target: Target, accepted: Accepted): void {
        const whom =
            target.to === "peer" ? `${target.peer.name} (private)` : this.tools.nameOfRoom(target.room);
        this.tools.emit({
            type: "sent",
            localId,
            number: this.tools.recent.add(`from you to ${whom}`, sealed),
            suite: suiteInfoOf(sealed?.suite.id ?? suite),
            timeMs: wireTimeMs(accepted.timeUnixMs),
            sequence: accepted.sequence,
            isWaiting: accepted.waiting,
        });
    }

    failed(entry: OutboxEntry, target: Target, code: RefusalCode, sentence: string): void {
        const isGone = code === RefusalCode.NOT_HERE && target.to === "peer";
        this.#failAndKeep(
            entry,
            target,
            code === RefusalCode.UNSPECIFIED ? "not-sent" : refusalName(code),
            isGone ? `${target.peer.name} isn't here.` : sentence,
        );
    }

    #sayIn(target: Extract<Target, { to: "all" }>, draft: Draft): void {
        const conversation = this.tools.roomToSay(target.room);
        if (conversation) conversation.say(draft);
        else this.#failAndKeep(draft, target, "not-a-member", NOT_IN_ROOM);
    }

    /** @param target as it stands in `failed`: what was for a key stays for that key, however often it is tried. */
    #sayTo(receiver: Receiver, draft: Draft, target: FailedTarget): void {
        this.tools.lookUp.find(receiver, found => {
            switch (found.is) {
                case "found":
                    return this.#sayToKey(found.who, draft);
                case "missing":
                    return this.#failAndKeep(draft, target, found.code, found.sentence);
                case "offline":
                    return this.#hold(found.name, draft);
            }
        });
    }

    #sayToKey(who: Who, draft: Draft): void {
        const { book, talks } = this.tools;
        const target: Target = { to: "peer", peer: book.peerOf(who) };
        if (book.isYou(who.key)) return this.#fail(draft, target, "yourself", "That is you.");
        if (target.peer.standing === "changed") {
            book.warnIfChanged(who);
            return this.#failAndKeep(draft, target, "key-changed", keyChanged(who.name));
        }
        const conversation = talks.with(who);
        if (!conversation) return this.#failAndKeep(draft, target, "too-many", TOO_MANY);
        book.remember(who);
        conversation.say(draft);
    }

    #hold(name: string, draft: Draft): void {
        const target = { to: "name", name } as const;
        if (this.#held.length >= HELD_MAX) return this.#failAndKeep(draft, target, "offline", TOO_MUCH_HELD);
        this.#held.push({ draft, name });
        const { localId, body, suite } = draft;
        this.tools.emit({ type: "queued", localId, target, body, suite: suiteInfoOf(suite) });
    }

    #draft(localId: number, body: MessageBody, suite: number, target: FailedTarget): Draft | undefined {
        const cleaned = cleanText(body.text, this.tools.textMaxBytes());
        if (!cleaned.ok) {
            this.#fail({ localId, body }, target, "text-invalid", cleaned.sentence);
            return undefined;
        }
        const id = toHex(this.tools.randomBytes(MESSAGE_ID_BYTES));
        return { id, localId, body: { ...body, text: cleaned.text }, suite };
    }

    #targetOf(receiver: Receiver): FailedTarget {
        if ("name" in receiver) return { to: "name", name: receiver.name };
        const { key } = receiver;
        const { directory } = this.tools.book;
        const name = directory.nameOf(key) ?? this.tools.talks.nameOf(key) ?? `#${key.slice(0, 16)}`;
        return { to: "peer", peer: this.tools.book.peerOf({ name, key }) };
    }

    #failAndKeep(draft: Draft, target: FailedTarget, code: string, sentence: string): void {
        const { id, localId, body, suite } = draft;
        this.#unsent.set(localId, { draft: { id, localId, body, suite }, target });
        if (this.#unsent.size > UNSENT_MAX) this.#unsent.delete(this.#unsent.keys().next().value!);
        this.#fail(draft, target, code, sentence);
    }

    #fail(
        { localId, body }: Pick<Draft, "localId" | "body">,
        target: FailedTarget,
        code: string,
        sentence: string,
    ): void {
        this.tools.emit({ type: "failed", localId, target, body, code, sentence });
    }
}

const receiverOf = (target: Exclude<FailedTarget, { readonly to: "all" }>): Receiver =>
    target.to === "peer" ? { key: target.peer.key } : { name: target.name };

const keyChanged = (name: string): string =>
    `${name} has another key than before. Compare it: /verify ${name}. Nothing is sent until you have answered.`;

const NOT_IN_ROOM = "You are not in that room.";

const TOO_MANY = "You talk with too many people; reload the page.";

const TOO_MUCH_HELD = "You are offline, and too many messages wait already.";
