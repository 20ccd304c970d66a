/** The lobby, or the private messages with one key. Encryption, signing, verification and decryption happen here, several
 * messages at once, but each way in order. */

import type { Mailbox } from "../client/mailbox";
import { OrderedJobs } from "../client/orderedJobs";
import type { Connection } from "../connection/connection";
import type { Clock, Cancel } from "../connection/clock";
import type { Answer } from "../connection/requestQueue";
import { fromHex } from "../crypto/bytes";
import type { Bytes, MessageTrace } from "../suites/contract";
import { create } from "../wire/codec";
import { RefusalCode, type Accepted, type ClientFrame } from "../wire/generated/chatlock_pb";
import type { ConversationCipher, OpenResult, Received } from "./conversationCipher";
import { newConversationState, onOutboxInput, WINDOW_MAX, type ConversationState } from "./conversationState";
import { toPlaintext } from "./messageBody";
import type { OutboxEffect, OutboxEntry, OutboxInput } from "./outboxMessages";

/** Signatures and verifications of one conversation that the platform works on at once. */
const PARALLEL_MAX = 8;

/** Received messages of one conversation that may wait for their verification. A page can't keep a WebSocket from
 * delivering, so what comes when it is full isn't read: `isFull` tells, and the caller says so to the user. */
export const OPENING_MAX = 1_024;

/** After a refusal of our own queue, before the next try. */
const FULL_RETRY_MS = 1_000;

export interface Came extends Received {
    readonly timeMs: number;
    /** Its number in the room's log, or in our mailbox. */
    readonly sequence: bigint;
    /** Of that log. */
    readonly epoch: bigint;
}

/** What a conversation tells its owner; in the mailbox. */
export interface ConversationListener {
    opened(came: Came, result: OpenResult): void;
    /** @param why what it waits for, where that isn't the connection. */
    queued(entry: OutboxEntry, why: string | undefined): void;
    accepted(entry: OutboxEntry, accepted: Accepted): void;
    failed(entry: OutboxEntry, code: RefusalCode, sentence: string): void;
}

export interface ConversationTools {
    readonly mailbox: Mailbox;
    readonly clock: Clock;
    readonly connection: Pick<Connection, "ask" | "awaitTurn" | "endTurn">;
}

export abstract class Conversation {
    readonly #sealing: OrderedJobs;
    readonly #opening: OrderedJobs;
    #state: ConversationState = newConversationState;
    /** Which of our sessions this is; work of an older one is of no use. */
    #session = 0;
    #resuming: Cancel = () => {};

    constructor(
        protected readonly tools: ConversationTools,
        private readonly cipher: ConversationCipher,
        private readonly listener: ConversationListener,
    ) {
        this.#sealing = new OrderedJobs(tools.mailbox, PARALLEL_MAX, 2 * WINDOW_MAX);
        this.#opening = new OrderedJobs(tools.mailbox, PARALLEL_MAX, OPENING_MAX);
    }

    /** Whether no further message can be taken in now. */
    get isFull(): boolean {
        return this.#opening.isFull;
    }

    protected get reach(): ConversationState["reach"] {
        return this.#state.reach;
    }

    say(entry: Omit<OutboxEntry, "inFlight" | "refusals">): void {
        this.feed({ type: "say", entry: { ...entry, inFlight: false, refusals: 0 } });
    }

    /** A message came in. */
    open(came: Came): void {
        this.#opening.add(this.cipher.opening(came), attempt =>
            this.onOpened(came, this.cipher.judge(attempt, came)),
        );
    }

    /** Puts in its order what happens without being opened. */
    inOrder(then: () => void): void {
        this.job(async () => {}, then);
    }

    /** Work that takes a while, in its order. @param done gets its result, before anything that came later. */
    job<T>(work: () => Promise<T>, done: (result: T) => void): void {
        this.#opening.add(work, done);
    }

    offline(): void {
        this.#session++;
        this.#resuming();
        this.feed({ type: "offline" });
    }

    /** The client stops, or the room is left: what waits is handed back. @param sentence why, if not that the client stops. */
    close(sentence?: string): void {
        this.feed({ type: "close", sentence });
    }

    protected abstract lookUp(): void;

    protected abstract frameOf(messageId: Bytes, envelope: Bytes): ClientFrame;

    /** Something that tells whether what was encrypted is still of use when it is ready. */
    protected abstract get sealedFor(): unknown;

    protected onOpened(came: Came, result: OpenResult): void {
        this.listener.opened(came, result);
    }

    protected onSending(_entry: OutboxEntry): void {}

    protected onAccepted(entry: OutboxEntry, accepted: Accepted): void {
        this.listener.accepted(entry, accepted);
    }

    protected feed(input: OutboxInput): void {
        const { next, effects } = onOutboxInput(this.#state, input);
        this.#state = next;
        for (const effect of effects) this.#perform(effect);
    }

    /** Seals something that isn't a message of the user's.
     * @param done without it when it is of no use any more. */
    protected sealAside(
        plaintext: Bytes,
        suite: number,
        done: (trace: MessageTrace | undefined) => void,
    ): void {
        const [session, target] = [this.#session, this.sealedFor];
        this.#sealing.add(
            () => this.cipher.seal(plaintext, suite),
            trace => {
                const isOfUse =
                    session === this.#session && target === this.sealedFor && this.reach === "ready";
                done(isOfUse ? trace : undefined);
            },
        );
    }

    #perform(effect: OutboxEffect): void {
        switch (effect.type) {
            case "send":
                return this.#seal(effect.entry);
            case "look-up":
                return this.lookUp();
            case "pause-for":
                this.#resuming();
                this.#resuming = this.after(effect.delayMs, () => this.feed({ type: "resume" }));
                return;
            case "queued":
                return this.listener.queued(effect.entry, effect.why);
            case "accepted":
                return this.onAccepted(effect.entry, effect.accepted);
            case "failed":
                return this.listener.failed(effect.entry, effect.code, effect.sentence);
        }
    }

    protected after(delayMs: number, then: () => void): Cancel {
        return this.tools.clock.after(delayMs, () => this.tools.mailbox.post(then));
    }

    #seal(entry: OutboxEntry): void {
        const [session, target] = [this.#session, this.sealedFor];
        const work = async () =>
            entry.sealed ?? (await this.cipher.seal(toPlaintext(entry.body), entry.suite));
        this.#sealing.add(work, trace => {
            if (session !== this.#session) return; // it waits for the next session already
            if (target === this.sealedFor && this.reach === "ready") this.#send(entry, trace);
            else this.feed({ type: "unsent", id: entry.id });
        });
    }

    #send(entry: OutboxEntry, trace: MessageTrace): void {
        this.feed({ type: "sealed", id: entry.id, trace });
        this.onSending(entry);
        const frame = this.frameOf(fromHex(entry.id)!, trace.envelope);
        const session = this.#session;
        this.tools.connection.ask(frame, answer => {
            if (session === this.#session) this.#onAnswer(entry.id, answer);
        });
    }

    #onAnswer(id: string, answer: Answer): void {
        if (answer.is === "replied") this.feed({ type: "replied", id, reply: answer.reply });
        else if (answer.is === "not-sent") this.feed({ type: "replied", id, reply: OWN_QUEUE_FULL });
        // Whatever has no answer waits for the next session: offline is on its way.
    }
}

/** Our own queue's refusal, which passes like the server's. */
export const OWN_QUEUE_FULL = create("Reply", {
    result: {
        case: "refused",
        value: {
            code: RefusalCode.TOO_FAST,
            sentence: "Too much waits to be sent already.",
            retryAfterMs: FULL_RETRY_MS,
        },
    },
});
