/** Private messages with one key: to its session key, from it to ours. */

import { importAgreementPoint } from "../crypto/agreement";
import { copyOf, equal, fromHex } from "../crypto/bytes";
import type { AgreementKey, AgreementPoint, VerifyingKey } from "../crypto/keys";
import { sessionKeyContext } from "../identity/keyProof";
import type { Bytes, MessageHeader, MessageTrace, Suite } from "../suites/contract";
import { suiteById } from "../suites/list";
import type { Member } from "../wire/generated/chatlock_pb";
import { ConversationCipher, type Attempt, type CipherTools } from "./conversationCipher";
import { envelopeBytes, type SealedEnvelope } from "./sealedEnvelope";

/** A session key that was vouched for. */
export interface TheirKey extends AgreementPoint {
    /** By its maker's clock, signed. */
    readonly madeUnixMs: bigint;
}

export type CheckedKey =
    | { readonly is: "good"; readonly theirs: TheirKey }
    /** Its owner's word doesn't stand for it. */
    | { readonly is: "unsigned" }
    /** Made before one that was told already. */
    | { readonly is: "older" };

export class PeerCipher extends ConversationCipher {
    protected readonly kind = "private";
    protected readonly targetToSend: Bytes;
    protected readonly targetToReceive: Bytes;
    #own: readonly AgreementKey[] = [];
    #theirs: TheirKey | undefined;

    /** @param peer 64 hexadecimal digits. */
    constructor(tools: CipherTools, peer: string) {
        super(tools);
        this.targetToSend = fromHex(peer)!;
        this.targetToReceive = tools.identity.fingerprint;
    }

    /** A new session of ours: its key first, then the one before. */
    enter(ownSessionKeys: readonly AgreementKey[]): void {
        this.startSession();
        this.#own = ownSessionKeys;
    }

    /** Whom messages are sealed to now; compared by reference to see whether it still is the same. */
    get theirs(): TheirKey | undefined {
        return this.#theirs;
    }

    /** The peer's session key if its identity key vouches for it, and it isn't older than one that was seen before: somebody
     * would pass an old one off as new.
     * @param member as the server tells it; any bytes. */
    async check(member: Member): Promise<CheckedKey> {
        const identity = await this.tools.senders.get(member.identityKey);
        const theirs = await importAgreementPoint(member.sessionKey);
        const madeUnixMs = member.sessionKeyMadeUnixMs;
        if (!identity || !theirs || !equal(identity.fingerprint, this.targetToSend))
            return { is: "unsigned" };
        const vouched = await identity.verify(
            sessionKeyContext(madeUnixMs, theirs.point),
            copyOf(member.sessionKeySignature),
        );
        if (!vouched) return { is: "unsigned" };
        return madeUnixMs < (this.#theirs?.madeUnixMs ?? madeUnixMs)
            ? { is: "older" }
            : { is: "good", theirs: { ...theirs, madeUnixMs } };
    }

    /** Takes a session key that was checked. @returns whether it is the one that was known already. */
    meet(theirs: TheirKey): boolean {
        const isSame = this.#theirs !== undefined && equal(this.#theirs.point, theirs.point);
        if (!isSame) this.#theirs = theirs;
        return isSame;
    }

    protected async encrypt(id: number, header: MessageHeader, plaintext: Bytes): Promise<MessageTrace> {
        const [suite, recipient] = [suiteById(id), this.#theirs];
        if (!suite || !recipient) throw new Error("there is no such suite, or nobody was met");
        const { identity } = this.tools;
        const message = await suite.sealForPeer(recipient, identity, header, plaintext);
        const envelope = envelopeBytes(id, header, message);
        return { way: "to-peer", suite, header, message, envelope, sender: identity, recipient, plaintext };
    }

    /** The last session's key still opens what was under way when the connection was lost. */
    protected decrypting() {
        const keys = this.#own;
        return async (suite: Suite, sender: VerifyingKey, sealed: SealedEnvelope): Promise<Attempt> => {
            const { header, message, bytes: envelope } = sealed;
            let own = keys[0]!;
            let opened = await suite.openFromPeer(own, sender, header, message);
            for (const older of keys.slice(1)) {
                if (opened.ok || opened.failure !== "cannot-decrypt") break;
                own = older;
                opened = await suite.openFromPeer(own, sender, header, message);
            }
            const trace = { way: "from-peer", suite, header, message, envelope, sender, own } as const;
            return { is: "opened", opened, trace };
        };
    }
}
