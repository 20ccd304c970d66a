/** Alice talking to a room and to Bob's session. */

import { generateAgreementKey, generateSigningKey } from "../../src/crypto/keys";
import type { AgreementKey, SigningKey, VerifyingKey } from "../../src/crypto/keys";
import { sha256 } from "../../src/crypto/sha256";
import type {
    Bytes,
    MessageHeader,
    MessageKind,
    MessageTrace,
    Opened,
    SealedMessage,
    Suite,
} from "../../src/suites/contract";
import { suites } from "../../src/suites/list";
import { headerBytes, signedBytes } from "../../src/suites/signedBytes";

export const kinds: readonly MessageKind[] = ["post", "private"];

/** Each suite with each kind of message. */
export const each = suites.flatMap(suite => kinds.map(kind => ({ suite, kind, name: suite.name })));

export const text = (content: string): Bytes => new TextEncoder().encode(content);

export function random(length: number): Bytes {
    return crypto.getRandomValues(new Uint8Array(length));
}

export const room = (name: string): Promise<Bytes> => sha256(text(name));

export class Talk {
    readonly secret = random(32);
    readonly salt = random(16);

    private constructor(
        readonly suite: Suite,
        readonly alice: SigningKey,
        readonly bob: SigningKey,
        readonly bobSession: AgreementKey,
        readonly lobby: Bytes,
    ) {}

    static async of(suite: Suite): Promise<Talk> {
        const [alice, bob] = [await generateSigningKey(), await generateSigningKey()];
        return new Talk(suite, alice, bob, await generateAgreementKey(), await room("lobby"));
    }

    header(kind: MessageKind, counter = 7n): MessageHeader {
        const target = kind === "post" ? this.lobby : this.bob.fingerprint;
        return { kind, target, sender: this.alice.fingerprint, salt: this.salt, counter };
    }

    seal(header: MessageHeader, plaintext: Bytes): Promise<SealedMessage> {
        return header.kind === "post"
            ? this.suite.sealForRoom(this.secret, this.alice, header, plaintext)
            : this.suite.sealForPeer(this.bobSession, this.alice, header, plaintext);
    }

    open(
        header: MessageHeader,
        message: SealedMessage,
        sender: VerifyingKey = this.alice,
        suite = this.suite,
    ): Promise<Opened> {
        return header.kind === "post"
            ? suite.openFromRoom(this.secret, sender, header, message)
            : suite.openFromPeer(this.bobSession, sender, header, message);
    }

    /** As the receiver has it. */
    trace(header: MessageHeader, message: SealedMessage): MessageTrace {
        const { suite, alice: sender } = this;
        const seen = { suite, header, message, sender, envelope: new Uint8Array() };
        return header.kind === "post"
            ? { ...seen, way: "room", secret: this.secret }
            : { ...seen, way: "from-peer", own: this.bobSession };
    }

    /** What Alice could send if her client encrypted anything it liked, properly signed. */
    async signAnything(header: MessageHeader, ciphertext: Bytes): Promise<SealedMessage> {
        const signed = signedBytes(headerBytes(this.suite.id, header), ciphertext);
        return { ciphertext, signature: await this.alice.sign(signed) };
    }
}

/** The bytes with each of their bits flipped in turn. */
export function flips(bytes: Bytes): Bytes[] {
    return Array.from({ length: 8 * bytes.length }, (_, bit) => {
        const flipped = Uint8Array.from(bytes);
        flipped.set([bytes[bit >> 3]! ^ (1 << (bit & 7))], bit >> 3);
        return flipped;
    });
}
