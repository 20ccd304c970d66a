/** The private messages with one key, and the receipts for them. */

import type { Cancel } from "../connection/clock";
import { fromHex, toHex } from "../crypto/bytes";
import type { AgreementKey } from "../crypto/keys";
import type { Bytes } from "../suites/contract";
import { clientFrame } from "../wire/frames";
import { RefusalCode, type Accepted, type ClientFrame, type Reply } from "../wire/generated/chatlock_pb";
import { Conversation, type Came, type ConversationListener, type ConversationTools } from "./conversation";
import type { CipherTools, OpenResult } from "./conversationCipher";
import type { OutboxEntry, OutboxInput } from "./outboxMessages";
import { PeerCipher } from "./peerCipher";
import { MESSAGE_ID_BYTES, receiptOf } from "./receipt";
import { ReceiptSender, type ReceiptDesk } from "./receiptSender";
import { SentMessages } from "./sentMessages";

/** After our own reconnect, how long a receiver may take to be back too. */
export const GRACE_MS = 15_000;

export interface PeerListener extends ConversationListener {
    /** The receiver's client said that it shows the message with this local id. */
    delivered(localId: number): void;
    /** Whether its sender learns that this is shown. */
    mayReceipt(came: Came): boolean;
}

export class PeerConversation extends Conversation {
    readonly #cipher: PeerCipher;
    readonly #peer: Bytes;
    readonly #tell: PeerListener;
    readonly #random: (length: number) => Bytes;
    readonly #sent = new SentMessages();
    readonly #receipts: ReceiptSender;
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
        const post = (work: () => void) => tools.mailbox.post(work);
        this.#receipts = new ReceiptSender(this.#receiptDesk(), tools.clock, post);
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
        this.#receipts.offline();
        super.offline();
    }

    /** The peer came, went or connected anew. */
    stale(): void {
        this.#lookUp++;
        this.#receipts.drop();
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
        this.feed(input);
        this.#receipts.reached();
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
        if (this.#tell.mayReceipt(came))
            this.#receipts.owe({ id: toHex(came.messageId), suite: result.trace.suite.id });
    }

    // ---- receipts ----

    #onReceipt(ids: readonly string[]): void {
        for (const id of ids) {
            const localId = this.#sent.receipt(id);
            if (localId !== undefined) this.#tell.delivered(localId);
        }
    }

    #receiptDesk(): ReceiptDesk {
        const reach = () => this.reach;
        const isOutboxSent = () => this.isOutboxSent;
        return {
            get reach() {
                return reach();
            },
            get isOutboxSent() {
                return isOutboxSent();
            },
            awaitTurn: then => this.tools.connection.awaitTurn(then),
            endTurn: () => this.tools.connection.endTurn(),
            find: () => this.feed({ type: "wanted" }),
            send: (ids, suite, done) => this.#sendReceipt(ids, suite, done),
        };
    }

    #sendReceipt(ids: readonly string[], suite: number, done: () => void): void {
        this.sealAside(receiptOf(ids), suite, trace => {
            if (!trace) return done();
            const frame = this.frameOf(this.#random(MESSAGE_ID_BYTES), trace.envelope);
            this.tools.connection.ask(frame, answer => {
                if (answer.is === "replied" && isNotHere(answer.reply)) this.stale();
                done();
            });
        });
    }
}

const isNotHere = ({ result }: Reply): boolean =>
    result.case === "refused" && result.value.code === RefusalCode.NOT_HERE;

const NOBODY = "The receiver isn't here.";

const NO_LOOK_UP = "Too much waits to be sent already; try again when some has gone.";

const NOT_VOUCHED_FOR = "The server gave a key that its owner didn't sign, or an old one; nothing was sent.";
