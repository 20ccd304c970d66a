/** Sends one peer the receipts that it is owed: last of all, one at a time, and never twice. */

import type { Cancel, Clock } from "../connection/clock";
import type { Reach } from "./outboxMessages";
import {
    dropReceipts,
    noReceipts,
    owe,
    postponeReceipt,
    receiptDueIn,
    takeReceipt,
    type Owed,
    type ReceiptState,
} from "./receiptState";

/** What it needs of its conversation. */
export interface ReceiptDesk {
    readonly reach: Reach;
    /** Whether nothing of the user's waits to be sent. */
    readonly isOutboxSent: boolean;
    /** Calls when the connection has nothing else to send; whoever got the turn ends it. */
    awaitTurn(then: () => void): void;
    endTurn(): void;
    /** Finds out to whom: `reach` changes, and then `reached` is called. */
    find(): void;
    /** Seals and sends. @param done whatever became of it. */
    send(ids: readonly string[], suite: number, done: () => void): void;
}

type Stage = "none" | "awaiting-turn" | "finding" | "under-way";

export class ReceiptSender {
    #state: ReceiptState = noReceipts;
    #stage: Stage = "none";
    #resting: Cancel | undefined;

    /** @param post runs a timer's work where it belongs. */
    constructor(
        private readonly desk: ReceiptDesk,
        private readonly clock: Clock,
        private readonly post: (work: () => void) => void,
    ) {}

    owe(owed: Owed): void {
        this.#state = owe(this.#state, owed);
        this.#start();
    }

    /** The receiver is known now, or it isn't here. */
    reached(): void {
        if (this.#stage === "finding") this.#goOn();
    }

    /** The peer is gone or its key is stale. */
    drop(): void {
        this.#state = dropReceipts(this.#state);
        if (this.#stage === "finding") this.#end();
    }

    /** The connection ended, and every turn with it. */
    offline(): void {
        this.#state = dropReceipts(this.#state);
        this.#stage = "none";
    }

    #start(): void {
        if (this.#stage !== "none" || this.#resting) return;
        const dueMs = receiptDueIn(this.#state, this.clock.nowMs());
        if (dueMs === undefined) return;
        if (dueMs > 0) return this.#rest(dueMs);
        this.#stage = "awaiting-turn";
        this.desk.awaitTurn(() => this.#onTurn());
    }

    #rest(ms: number): void {
        this.#resting = this.clock.after(ms, () =>
            this.post(() => {
                this.#resting = undefined;
                this.#start();
            }),
        );
    }

    #onTurn(): void {
        if (this.#stage !== "awaiting-turn") return;
        this.#stage = "finding";
        if (this.desk.reach === "unknown" && this.#state.owed.length > 0) this.desk.find();
        else if (this.desk.reach !== "looking-up") this.#goOn();
    }

    #goOn(): void {
        const nowMs = this.clock.nowMs();
        if (this.desk.reach !== "ready") this.#state = dropReceipts(this.#state);
        else if (!this.desk.isOutboxSent) this.#state = postponeReceipt(this.#state, nowMs);
        else if (this.#state.owed.length > 0) return this.#send(nowMs);
        this.#end();
    }

    #send(nowMs: number): void {
        const { ids, suite, next } = takeReceipt(this.#state, nowMs);
        this.#state = next;
        this.#stage = "under-way";
        this.desk.send(ids, suite, () => {
            if (this.#stage === "under-way") this.#end();
        });
    }

    #end(): void {
        this.#stage = "none";
        this.desk.endTurn();
        this.#start();
    }
}
