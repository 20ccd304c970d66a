/** What we do as owner or op of a room: one act after the other, since each has the number that follows the last one's. */

import type { Clock } from "../connection/clock";
import type { Answer } from "../connection/requestQueue";
import type { SigningKey } from "../crypto/keys";
import { refusalName } from "../codes/codeNames";
import { fromHex, toHex } from "../crypto/bytes";
import { actContext } from "../rooms/roomActs";
import { create } from "../wire/codec";
import { clientFrame } from "../wire/frames";
import { RefusalCode, RoomActKind, type RoomAct } from "../wire/generated/chatlock_pb";
import { BUSY, OFFLINE, type Desk } from "./lookUp";
import type { Mailbox } from "./mailbox";
import type { Room } from "./room";

/** Acts that may wait in one room. */
export const OWN_ACTS_MAX = 16;

/** Tries of one act while others are faster, or the server asks to wait. */
export const ACT_TRIES_MAX = 10;

/** Before the next try where somebody else was first: theirs is on its way. */
const STALE_RETRY_MS = 200;

export interface Wish {
    readonly kind: RoomActKind;
    /** 64 hexadecimal digits; undefined with topic and slow mode. */
    readonly target: string | undefined;
    readonly seconds: number;
    /** Of a topic; empty: none. */
    readonly text: string;
}

export interface OwnActsTools {
    readonly desk: Desk;
    readonly identity: SigningKey;
    readonly mailbox: Mailbox;
    readonly clock: Clock;
    readonly refused: (why: { readonly code: string; readonly sentence: string }) => void;
}

export class OwnActs {
    readonly #waiting: Wish[] = [];
    #tries = 0;

    constructor(
        private readonly tools: OwnActsTools,
        private readonly room: Room,
    ) {}

    /** Done, or refused in words. Whether we may is asked when its turn comes. */
    add(wish: Wish): void {
        if (this.#waiting.length >= OWN_ACTS_MAX) return this.tools.refused(BUSY);
        this.#waiting.push(wish);
        if (this.#waiting.length === 1) this.#try();
    }

    #try(): void {
        const wish = this.#waiting[0];
        if (!wish) return;
        if (!this.tools.desk.isOnline || !this.room.isIn) return this.#end(OFFLINE);
        // After what was done before it, as far as it has come.
        this.room.conversation.inOrder(() => {
            const you = toHex(this.tools.identity.fingerprint);
            if (!this.room.rules.mayDo(you, wish.kind, wish.target)) return this.#end(NOT_ALLOWED);
            this.tools.mailbox.pipe(this.#signed(wish), act => (act ? this.#send(act) : this.#end(OFFLINE)));
        });
    }

    async #signed(wish: Wish): Promise<RoomAct | undefined> {
        const { identity } = this.tools;
        const number = this.room.rules.lastAct + 1n;
        const isTopic = wish.kind === RoomActKind.TOPIC && wish.text !== "";
        const envelope = isTopic ? await this.room.conversation.sealTopic(wish.text) : new Uint8Array();
        if (!envelope) return undefined;
        const target = wish.target === undefined ? new Uint8Array() : fromHex(wish.target)!;
        const { kind, seconds } = wish;
        const act = create("RoomAct", { kind, number, target, seconds, envelope, by: identity.point });
        act.signature = await identity.sign(actContext(this.room.id, this.room.epoch, act));
        return act;
    }

    #send(act: RoomAct): void {
        const frame = clientFrame({ case: "moderate", value: { room: this.room.id, act } });
        this.tools.desk.ask(frame, answer => this.#onAnswer(act, answer));
    }

    #onAnswer(act: RoomAct, answer: Answer): void {
        if (answer.is === "not-sent") return this.#end(this.tools.desk.isOnline ? BUSY : OFFLINE);
        // It comes again with what is told at our return, if it was done.
        if (answer.is === "unknown") return this.#end(UNKNOWN);
        const { result } = answer.reply;
        if (result.case === "accepted") {
            this.room.did(act, result.value.timeUnixMs);
            return this.#end(undefined);
        }
        if (result.case !== "refused") return this.#end(SENSELESS);
        const { code, sentence, retryAfterMs } = result.value;
        const delayMs = code === RefusalCode.STALE_ACT ? STALE_RETRY_MS : retryAfterMs;
        if (delayMs === 0 || ++this.#tries >= ACT_TRIES_MAX)
            return this.#end({ code: refusalName(code), sentence });
        this.tools.clock.after(delayMs, () => this.tools.mailbox.post(() => this.#try()));
    }

    #end(why: { readonly code: string; readonly sentence: string } | undefined): void {
        this.#waiting.shift();
        this.#tries = 0;
        if (why) this.tools.refused(why);
        this.#try();
    }
}

const NOT_ALLOWED = { code: "not-allowed", sentence: "You may not do that in this room." };

const UNKNOWN = {
    code: "not-sent",
    sentence: "The connection ended before the server's answer; look whether it was done.",
};

const SENSELESS = { code: "internal", sentence: "The server's answer makes no sense." };
