import { create } from "@bufbuild/protobuf";
import type { ConversationCipher, OpenResult } from "../../../src/conversations/conversationCipher";
import { toPlaintext } from "../../../src/conversations/messageBody";
import { PeerCipher } from "../../../src/conversations/peerCipher";
import { RoomCipher } from "../../../src/conversations/roomCipher";
import { SenderKeys } from "../../../src/conversations/senderKeys";
import { SEALED } from "../../../src/conversations/suiteInfo";
import { generateAgreementKey } from "../../../src/crypto/agreement";
import { toHex } from "../../../src/crypto/bytes";
import type { AgreementKey, SigningKey } from "../../../src/crypto/keys";
import { generateSigningKey } from "../../../src/crypto/signing";
import { sessionKeyContext } from "../../../src/identity/keyProof";
import { peerKeyOf } from "../../../src/pins/peerKey";
import type { Bytes } from "../../../src/suites/contract";
import { MemberSchema, type Member, type RoomInfo } from "../../../src/wire/generated/chatlock_pb";

export const randomBytes = (length: number): Bytes => crypto.getRandomValues(new Uint8Array(length));

/** Somebody else in the chat, with real keys. */
export class ScriptedPerson {
    private constructor(
        public name: string,
        readonly identity: SigningKey,
        readonly session: AgreementKey,
        private readonly vouching: Bytes,
        private readonly lobby: RoomCipher,
        private readonly madeUnixMs = 1n,
    ) {}

    static async called(name: string, room: RoomInfo): Promise<ScriptedPerson> {
        const [identity, session] = [await generateSigningKey(), await generateAgreementKey()];
        const vouching = await identity.sign(sessionKeyContext(1n, session.point));
        const lobby = new RoomCipher(toolsOf(identity), "lobby");
        lobby.enter(room);
        return new ScriptedPerson(name, identity, session, vouching, lobby);
    }

    /** The same person, connected anew. */
    async reconnected(room: RoomInfo): Promise<ScriptedPerson> {
        const session = await generateAgreementKey();
        const vouching = await this.identity.sign(sessionKeyContext(this.madeUnixMs + 1n, session.point));
        const lobby = new RoomCipher(toolsOf(this.identity), "lobby");
        lobby.enter(room);
        return new ScriptedPerson(this.name, this.identity, session, vouching, lobby, this.madeUnixMs + 1n);
    }

    get key(): string {
        return toHex(this.identity.fingerprint);
    }

    /** As frames show them. */
    get public(): Member {
        return create(MemberSchema, { name: this.name, identityKey: this.identity.point });
    }

    /** As a look-up shows them. */
    get whole(): Member {
        return create(MemberSchema, {
            name: this.name,
            identityKey: this.identity.point,
            sessionKey: this.session.point,
            sessionKeySignature: this.vouching,
            sessionKeyMadeUnixMs: this.madeUnixMs,
        });
    }

    async toLobby(text: string): Promise<Bytes> {
        return (await this.lobby.seal(toPlaintext({ text, isAction: false }), SEALED)).envelope;
    }

    #peers = new Map<string, PeerCipher>();

    /** An envelope to someone whom a Hello described. */
    async to(member: Member, plaintext: string | Bytes, suite = SEALED): Promise<Bytes> {
        const cipher = await this.#with(member);
        const bytes =
            typeof plaintext === "string" ? toPlaintext({ text: plaintext, isAction: false }) : plaintext;
        return (await cipher.seal(bytes, suite)).envelope;
    }

    /** What somebody's envelope says to this person. */
    async open(from: Member, envelope: Uint8Array, messageId: Uint8Array): Promise<OpenResult> {
        return opened(await this.#with(from), from, envelope, messageId);
    }

    async read(from: Member, frame: { envelope: Uint8Array; messageId: Uint8Array }): Promise<string> {
        const result = await this.open(from, frame.envelope, frame.messageId);
        if (result.is !== "read" || result.content.is !== "text") throw new Error(JSON.stringify(result.is));
        return result.content.body.text;
    }

    async #with(member: Member): Promise<PeerCipher> {
        const key = peerKeyOf(member.identityKey);
        const cipher = this.#peers.get(key) ?? new PeerCipher(toolsOf(this.identity), key);
        if (!this.#peers.has(key)) cipher.enter([this.session]);
        this.#peers.set(key, cipher);
        const checked = await cipher.check(member);
        if (checked.is === "good") cipher.meet(checked.theirs);
        return cipher;
    }
}

export const toolsOf = (identity: SigningKey) => ({ identity, senders: new SenderKeys(), randomBytes });

export async function opened(
    cipher: ConversationCipher,
    from: Member,
    envelope: Uint8Array,
    messageId: Uint8Array = randomBytes(16),
): Promise<OpenResult> {
    const received = { from, envelope, messageId };
    return cipher.judge(await cipher.opening(received)(), received);
}
