/** Encrypts, signs, verifies and decrypts one conversation's messages: its salt, counter and replay marks.
 * Work begins when it is asked for and with what is known then; its answers may take a while. */

import type { Unreadable } from "../client/events";
import { toHex } from "../crypto/bytes";
import type { SigningKey, VerifyingKey } from "../crypto/keys";
import type { Bytes, MessageHeader, MessageKind, MessageTrace, Opened, Suite } from "../suites/contract";
import { suiteById } from "../suites/list";
import { ReplayGuard } from "../suites/replayGuard";
import type { Member } from "../wire/generated/chatlock_pb";
import { readContent, type Content } from "./messageBody";
import { MESSAGE_ID_BYTES } from "./receipt";
import { readEnvelope, type SealedEnvelope } from "./sealedEnvelope";
import type { SenderKeys } from "./senderKeys";

/** Message ids of the latest genuine messages, for those that were encrypted a second time after a connection broke
 * between sending and answer: their counter is new, their id is not. */
export const IDS_REMEMBERED = 1_024;

export const SALT_BYTES = 16;

/** A message as it came. */
export interface Received {
    readonly from: Member;
    readonly envelope: Uint8Array;
    readonly messageId: Uint8Array;
}

/** Verified and decrypted, or not; whether it is new is asked afterwards. */
export type Attempt =
    | { readonly is: "gap"; readonly reason: Unreadable }
    | { readonly is: "opened"; readonly opened: Opened; readonly trace: MessageTrace };

export type OpenResult =
    /** Genuine, new and readable. */
    | {
          readonly is: "read";
          readonly content: Extract<Content, { is: "text" | "receipt" }>;
          readonly trace: MessageTrace;
      }
    /** A named gap, with what the inspector can tell about it. */
    | { readonly is: "gap"; readonly reason: Unreadable; readonly trace: MessageTrace | undefined }
    /** Seen before: dropped, and counted. */
    | { readonly is: "replay" };

export interface CipherTools {
    readonly identity: SigningKey;
    readonly senders: SenderKeys;
    readonly randomBytes: (length: number) => Bytes;
}

export abstract class ConversationCipher {
    readonly #guard = new ReplayGuard();
    readonly #ids = new Set<string>();
    #salt: Bytes;
    #counter = 0n;

    constructor(protected readonly tools: CipherTools) {
        this.#salt = tools.randomBytes(SALT_BYTES);
    }

    protected abstract readonly kind: MessageKind;
    protected abstract readonly targetToSend: Bytes;
    protected abstract readonly targetToReceive: Bytes;

    /** A new session: a new salt, and the count from 1 again. */
    protected startSession(): void {
        this.#salt = this.tools.randomBytes(SALT_BYTES);
        this.#counter = 0n;
    }

    /** Encrypts and signs under the next counter.
     * @param suite the one that the sender wants; a room's own outranks it. */
    seal(plaintext: Bytes, suite: number): Promise<MessageTrace> {
        const header: MessageHeader = {
            kind: this.kind,
            target: this.targetToSend,
            sender: this.tools.identity.fingerprint,
            salt: this.#salt,
            counter: ++this.#counter,
        };
        return this.encrypt(suite, header, plaintext);
    }

    /** What is to be done for a message, with the keys of now. Any bytes are answered. */
    opening({ from, envelope, messageId }: Received): () => Promise<Attempt> {
        return messageId.length === MESSAGE_ID_BYTES
            ? this.openingAside(from.identityKey, envelope)
            : async () => gap("malformed");
    }

    /** The same for one without an id of its own. */
    openingAside(from: Uint8Array, envelope: Uint8Array): () => Promise<Attempt> {
        const decrypt = this.decrypting();
        return async () => {
            const sender = await this.tools.senders.get(from);
            if (!sender) return gap("malformed");
            const sealed = readEnvelope(envelope, this.kind, this.targetToReceive, sender.fingerprint);
            if (!sealed) return gap("malformed");
            const suite = suiteById(sealed.suite);
            if (!suite) return gap("unknown-suite");
            return decrypt(suite, sender, sealed);
        };
    }

    /** Whether it is new, and what it says. To be asked in the order in which the messages came. */
    judge(attempt: Attempt, { from, messageId }: Received): OpenResult {
        if (attempt.is === "gap") return { ...attempt, trace: undefined };
        const { trace } = attempt;
        const opened = this.#guard.admitOpened(attempt.opened, trace.header);
        if (!opened.ok)
            return opened.failure === "replayed"
                ? { is: "replay" }
                : { is: "gap", reason: opened.failure, trace };
        return this.#remember(from, messageId) ? this.#read(opened.plaintext, trace) : { is: "replay" };
    }

    /** A text that isn't a message of its own and may come again, like a topic. It is seen from now on: passed off as a message
     * it would be a replay. @param isLive whether it comes in its place among the messages. */
    judgeAside(attempt: Attempt, isLive: boolean): OpenResult {
        if (attempt.is === "gap") return { ...attempt, trace: undefined };
        const { opened, trace } = attempt;
        if (isLive) this.#guard.admitOpened(opened, trace.header);
        return opened.ok ? this.#read(opened.plaintext, trace) : { is: "gap", reason: opened.failure, trace };
    }

    protected abstract encrypt(suite: number, header: MessageHeader, plaintext: Bytes): Promise<MessageTrace>;

    /** Decrypts with the keys as they are now, whenever it is called. */
    protected abstract decrypting(): (
        suite: Suite,
        sender: VerifyingKey,
        sealed: SealedEnvelope,
    ) => Promise<Attempt>;

    #read(plaintext: Uint8Array, trace: MessageTrace): OpenResult {
        const content = readContent(plaintext);
        switch (content.is) {
            case "text":
                return { is: "read", content, trace };
            case "receipt":
                return this.kind === "private"
                    ? { is: "read", content, trace }
                    : { is: "gap", reason: "malformed", trace };
            default:
                return { is: "gap", reason: content.is, trace };
        }
    }

    #remember(from: Member, messageId: Uint8Array): boolean {
        const id = `${toHex(from.identityKey)} ${toHex(messageId)}`;
        if (this.#ids.has(id)) return false;
        this.#ids.add(id);
        if (this.#ids.size > IDS_REMEMBERED) this.#ids.delete(this.#ids.keys().next().value!);
        return true;
    }
}

export const gap = (reason: Unreadable): Attempt => ({ is: "gap", reason });
