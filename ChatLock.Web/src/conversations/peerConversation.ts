/** The private messages with one key, and the receipts for them. */

import type { Cancel } from "../connection/clock";
import { fromHex, toHex } from "../crypto/bytes";
import type { AgreementKey } from "../crypto/keys";
import type { Bytes } from "../suites/contract";
import { clientFrame } from "../wire/frames";
import type { Accepted, ClientFrame, Reply } from "../wire/generated/chatlock_pb";
import { Conversation, type Came, type ConversationListener, type ConversationTools } from "./conversation";
import type { CipherTools, OpenResult } from "./conversationCipher";
import type { OutboxEntry, OutboxInput } from "./outboxMessages";
import { PeerCipher } from "./peerCipher";
import { MESSAGE_ID_BYTES, receiptOf } from "./receipt";
import {
    dropReceipts,
    noReceipts,
    owe,
    postponeReceipt,
    receiptDueIn,
    takeReceipt,
    type ReceiptState,
} from "./receiptState";
import { SentMessages } from "./sentMessages";

/** After our own reconnect, how long a receiver may take to be back too. */
export const GRACE_MS = 15_000;

export interface PeerListener extends ConversationListener {
    /** The receiver's client said that it shows the message with this local id. */
    delivered(localId: number): void;
    /** Whether this peer learns what we have read. */
    mayReceipt(): boolean;
}

export class PeerConversation extends Conversation {
    readonly #cipher: PeerCipher;
    readonly #peer: Bytes;
    readonly #tell: PeerListener;
    readonly #random: (length: number) => Bytes;
    readonly #sent = new SentMessages();
    #receipts: ReceiptState = noReceipts;
    #receipting: Cancel | undefined;
    #grace: Cancel = () => {};
    /** The latest look-up; the answer to an older one says nothing. */
    #lookUp = 0;

    /** @param key 64 hexadecimal digits. */
    constructor(
        tools: ConversationTools,
        cipherTools: CipherTools,
        listener: PeerListener,
        readonly key: string,
    ) {
        const cipher = new PeerCipher(cipherTools, key);
        super(tools, cipher, listener);
        this.#cipher = cipher;
        this.#peer = fromHex(key)!;
        this.#tell = listener;
        this.#random = cipherTools.randomBytes;
    }

    enter(sessionKeys: readonly AgreementKey[], isAgain: boolean): void {
        this.#cipher.enter(sessionKeys);
        this.#grace();
        this.feed({ type: "online", isAgain });
        if (isAgain) this.#grace = this.after(GRACE_MS, () => this.feed({ type: "grace-over" }));
    }

    override offline(): void {
        this.#grace();
        this.#lookUp++;
        this.#dropReceipts();
        super.offline();
    }

    /** The peer came, went or connected anew. */
    stale(): void {
        this.#dropReceipts();
        this.feed({ type: "stale" });
    }

    // ---- to whom ----

    protected lookUp(): void {
        const lookUp = ++this.#lookUp;
        const frame = clientFrame({ case: "who", value: { fingerprint: this.#peer } });
        this.tools.connection.ask(frame, answer => {
            if (lookUp !== this.#lookUp) return;
            if (answer.is === "replied") this.#onLookedUp(lookUp, answer.reply);
            else if (answer.is === "not-sent") this.#found({ type: "not-found", sentence: NO_LOOK_UP });
        });
    }

    #onLookedUp(lookUp: number, { result }: Reply): void {
        const member = result.case === "roster" ? result.value.members[0] : undefined;
        if (!member) {
            const sentence = result.case === "refused" ? result.value.sentence : NOBODY;
            return this.#found({ type: "not-found", sentence });
        }
        this.tools.mailbox.pipe(this.#cipher.check(member), theirs => {
            if (lookUp !== this.#lookUp) return;
            this.#found(
                theirs
                    ? { type: "found", sameKey: this.#cipher.meet(theirs) }
                    : { type: "not-found", sentence: NOT_VOUCHED_FOR },
            );
        });
    }

    #found(input: OutboxInput): void {
        if (input.type === "not-found") this.#dropReceipts();
        this.feed(input);
        this.#receiptLater();
    }

    // ---- messages ----

    protected get sealedFor(): unknown {
        return this.#cipher.theirs;
    }

    protected frameOf(messageId: Bytes, envelope: Bytes): ClientFrame {
        return clientFrame({ case: "private", value: { recipient: this.#peer, messageId, envelope } });
    }

    protected override onSending(entry: OutboxEntry): void {
        this.#sent.add(entry.id, entry.localId);
    }

    protected override onAccepted(entry: OutboxEntry, accepted: Accepted): void {
        super.onAccepted(entry, accepted);
        const delivered = this.#sent.accept(entry.id);
        if (delivered !== undefined) this.#tell.delivered(delivered);
    }

    protected override onOpened(came: Came, result: OpenResult): void {
        super.onOpened(came, result);
        if (result.is !== "read") return;
        if (result.content.is === "receipt") return this.#onReceipt(result.content.ids);
        if (!this.#tell.mayReceipt()) return;
        this.#receipts = owe(this.#receipts, { id: toHex(came.messageId), suite: result.trace.suite.id });
        this.#receiptLater();
    }

    // ---- receipts ----

    #onReceipt(ids: readonly string[]): void {
        for (const id of ids) {
            const localId = this.#sent.receipt(id);
            if (localId !== undefined) this.#tell.delivered(localId);
        }
    }

    /** Receipts come last: behind what waits here, and only while the connection has nothing else to send. */
    #receiptLater(): void {
        const dueMs = receiptDueIn(this.#receipts, this.tools.clock.nowMs());
        if (dueMs === undefined || this.#receipting) return;
        if (dueMs > 0) {
            this.#receipting = this.after(dueMs, () => {
                this.#receipting = undefined;
                this.#receiptLater();
            });
            return;
        }
        if (this.reach === "unknown") this.feed({ type: "wanted" });
        else if (this.reach === "ready") this.#receiptNow();
        else if (this.reach !== "looking-up") this.#dropReceipts();
    }

    #receiptNow(): void {
        const nowMs = this.tools.clock.nowMs();
        if (!this.isOutboxSent || !this.tools.connection.isIdle) {
            this.#receipts = postponeReceipt(this.#receipts, nowMs);
            return this.#receiptLater();
        }
        const { ids, suite, next } = takeReceipt(this.#receipts, nowMs);
        this.#receipts = next;
        this.sealAside(receiptOf(ids), suite, trace =>
            this.tools.connection.ask(
                this.frameOf(this.#random(MESSAGE_ID_BYTES), trace.envelope),
                () => {}, // whatever becomes of it
            ),
        );
        this.#receiptLater();
    }

    #dropReceipts(): void {
        this.#receipts = dropReceipts(this.#receipts);
    }
}

const NOBODY = "The receiver isn't here.";

const NO_LOOK_UP = "Too much waits to be sent already; try again when some has gone.";

const NOT_VOUCHED_FOR = "The server gave a key that its owner didn't sign; nothing was sent.";
