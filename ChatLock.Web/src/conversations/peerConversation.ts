/** The private messages with one key, and the receipts for them. */

import type { Cancel } from "../connection/clock";
import type { Answer } from "../connection/requestQueue";
import { fromHex, toHex } from "../crypto/bytes";
import type { AgreementKey } from "../crypto/keys";
import type { Bytes } from "../suites/contract";
import { clientFrame } from "../wire/frames";
import { RefusalCode, type Accepted, type ClientFrame, type Reply } from "../wire/generated/chatlock_pb";
import { Conversation, type Came, type ConversationListener, type ConversationTools } from "./conversation";
import type { CipherTools, OpenResult } from "./conversationCipher";
import type { OutboxEntry } from "./outboxMessages";
import { PeerCipher } from "./peerCipher";
import { MESSAGE_ID_BYTES, receiptOf } from "./receipt";
import { newReceiptState, onReceiptInput, type ReceiptEffect, type ReceiptInput } from "./receiptState";
import { SentMessages } from "./sentMessages";

/** After our own reconnect, how long a receiver may take to be back too. */
export const GRACE_MS = 15_000;

export interface PeerListener extends ConversationListener {
    /** The receiver's client said that it shows the message with this local id. */
    delivered(localId: number): void;
    /** Whether its sender learns that this is shown. */
    mayReceipt(came: Came): boolean;
    /** The server told an older session key of theirs than before. */
    olderKey(): void;
}

export class PeerConversation extends Conversation {
    readonly #cipher: PeerCipher;
    readonly #peer: Bytes;
    readonly #tell: PeerListener;
    readonly #random: (length: number) => Bytes;
    readonly #sent = new SentMessages();
    #receipts = newReceiptState;
    #isPeerAway = false;
    #grace: Cancel = () => {};
    /** Counts what makes older look-ups, or what they are for, void. */
    #lookUps = 0;

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
        this.#feedReceipts({ type: "online" });
        if (isAgain) this.#grace = this.after(GRACE_MS, () => this.feed({ type: "grace-over" }));
    }

    override offline(): void {
        this.#grace();
        this.#lookUps++;
        this.#feedReceipts({ type: "offline" });
        super.offline();
    }

    /** The peer came, went or connected anew. @param isHere it has a connection now. */
    stale(isHere: boolean): void {
        this.#lookUps++;
        this.feed({ type: "stale" });
        this.#feedReceipts({ type: "stale", isHere });
    }

    // ---- to whom ----

    protected lookUp(): void {
        this.#find(NO_LOOK_UP, problem => this.feed({ type: "not-found", sentence: problem }));
    }

    /** Asks for the peer's session key, and takes it. @param failed told why not; not where that is of no use any more. */
    #find(unsent: string, failed: (problem: string) => void): void {
        const lookUp = this.#lookUps;
        const frame = clientFrame({ case: "who", value: { fingerprint: this.#peer } });
        const whenOfUse = (then: () => void) => lookUp === this.#lookUps && then();
        this.tools.connection.ask(frame, answer =>
            whenOfUse(() => {
                if (answer.is === "replied") this.#onLookedUp(answer.reply, whenOfUse, failed);
                else if (answer.is === "not-sent") failed(unsent);
            }),
        );
    }

    #onLookedUp(
        { result }: Reply,
        whenOfUse: (then: () => void) => void,
        failed: (problem: string) => void,
    ): void {
        const member = result.case === "roster" ? result.value.members[0] : undefined;
        if (!member) {
            const isGone = result.case === "refused" && result.value.code === RefusalCode.NOT_HERE;
            if (isGone) this.#feedReceipts({ type: "gone" });
            return failed(result.case === "refused" ? result.value.sentence : NOBODY);
        }
        this.tools.mailbox.pipe(this.#cipher.check(member), checked =>
            whenOfUse(() => {
                if (checked.is === "good") return this.#meet(checked.theirs, member.away || member.absent);
                if (checked.is === "older") this.#tell.olderKey();
                failed(checked.is === "older" ? OLDER : NOT_VOUCHED_FOR);
            }),
        );
    }

    #meet(theirs: Parameters<PeerCipher["meet"]>[0], isAway: boolean): void {
        this.#isPeerAway = isAway;
        this.feed({ type: "found", sameKey: this.#cipher.meet(theirs) });
        this.#feedReceipts({ type: "met", isHere: !isAway });
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
        const shown = { id: toHex(came.messageId), suite: result.trace.suite.id };
        if (this.#tell.mayReceipt(came)) this.#feedReceipts({ type: "show", shown });
    }

    // ---- receipts ----

    #onReceipt(ids: readonly string[]): void {
        for (const id of ids) {
            const localId = this.#sent.receipt(id);
            if (localId !== undefined) this.#tell.delivered(localId);
        }
    }

    #feedReceipts(input: ReceiptInput): void {
        const [next, effects] = onReceiptInput(this.#receipts, input);
        this.#receipts = next;
        for (const effect of effects) this.#perform(effect);
    }

    #perform(effect: ReceiptEffect): void {
        const { connection } = this.tools;
        switch (effect.type) {
            case "await-turn":
                return connection.awaitTurn(() => this.#feedReceipts({ type: "turn" }));
            case "end-turn":
                return connection.endTurn();
            case "meet":
                return this.#meetForReceipt();
            case "send":
                return this.#sendReceipt(effect.ids, effect.suite);
            case "rest-for":
                this.after(effect.delayMs, () => this.#feedReceipts({ type: "rested" }));
                return;
        }
    }

    #meetForReceipt(): void {
        const notNow = () => this.#feedReceipts({ type: "met", isHere: false });
        if (this.reach === "ready") this.#feedReceipts({ type: "met", isHere: !this.#isPeerAway });
        else if (this.reach === "unknown" || this.reach === "looking-up") this.#find(NO_LOOK_UP, notNow);
        else notNow();
    }

    #sendReceipt(ids: readonly string[], suite: number): void {
        this.sealAside(receiptOf(ids), suite, trace => {
            if (!trace) return this.#feedReceipts({ type: "answered" });
            const frame = this.frameOf(this.#random(MESSAGE_ID_BYTES), trace.envelope);
            this.tools.connection.ask(frame, answer => this.#onReceiptAnswer(answer));
        });
    }

    #onReceiptAnswer(answer: Answer): void {
        if (answer.is === "unknown") return; // told again on the next connection
        if (answer.is === "replied" && isNotHere(answer.reply)) this.stale(false);
        this.#feedReceipts({ type: "answered" });
    }
}

const isNotHere = ({ result }: Reply): boolean =>
    result.case === "refused" && result.value.code === RefusalCode.NOT_HERE;

const NOBODY = "The receiver isn't here.";

const NO_LOOK_UP = "Too much waits to be sent already; try again when some has gone.";

const NOT_VOUCHED_FOR = "The server gave a key that its owner didn't sign; nothing was sent.";

const OLDER = "The server gave an older key of theirs than before; nothing was sent.";
