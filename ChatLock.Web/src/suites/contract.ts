/** What a suite is: how messages are encrypted and signed. docs/PROTOCOL.md section 6. */

import type { AgreementKey, AgreementPoint, SigningKey, VerifyingKey } from "../crypto/keys";
import type { Secret } from "../crypto/hkdf";
import type { Explanation } from "./explanation";

/** Bytes with a buffer of their own, as WebCrypto takes them. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** What a user is told of a suite. */
export interface SuiteInfo {
    /** The number on the wire: 1 `classic`, 2 `sealed`. */
    readonly id: number;
    /** Lower-case word for commands and settings. */
    readonly name: string;
    /** What stands beside each message. */
    readonly label: string;
    /** Whether its encryption keeps nothing secret from anyone who tries. */
    readonly insecure: boolean;
}

export type MessageKind = "post" | "private";

/** What is signed and authenticated beside a message's ciphertext. */
export interface MessageHeader {
    readonly kind: MessageKind;
    /** 32 bytes. post: SHA-256 of the room's name in UTF-8; private: the recipient's identity fingerprint. */
    readonly target: Bytes;
    /** 32 bytes: the sender's identity fingerprint. */
    readonly sender: Bytes;
    /** 16 random bytes, new in each session of the sender. */
    readonly salt: Bytes;
    /** The sender's count under this salt, from 1, below 2^64. */
    readonly counter: bigint;
}

/** What a suite makes of a plaintext; from a peer, any bytes of any length. */
export interface SealedMessage {
    readonly ciphertext: Bytes;
    /** 64 bytes, P1363, over header and ciphertext. */
    readonly signature: Bytes;
}

export type OpenFailure = "bad-signature" | "cannot-decrypt" | "malformed";

export type Opened =
    { readonly ok: true; readonly plaintext: Bytes } | { readonly ok: false; readonly failure: OpenFailure };

/** Holds no state; a signature that doesn't verify is an answer, never an exception. */
export interface Suite extends SuiteInfo {
    /** @param secret the room's 32 bytes, or the key that they became. */
    sealForRoom(
        secret: Secret,
        sender: SigningKey,
        header: MessageHeader,
        plaintext: Bytes,
    ): Promise<SealedMessage>;
    openFromRoom(
        secret: Secret,
        sender: VerifyingKey,
        header: MessageHeader,
        message: SealedMessage,
    ): Promise<Opened>;
    /** @param recipient the recipient's session key, vouched for by its identity key. */
    sealForPeer(
        recipient: AgreementPoint,
        sender: SigningKey,
        header: MessageHeader,
        plaintext: Bytes,
    ): Promise<SealedMessage>;
    openFromPeer(
        own: AgreementKey,
        sender: VerifyingKey,
        header: MessageHeader,
        message: SealedMessage,
    ): Promise<Opened>;
    explain(trace: MessageTrace): Promise<Explanation>;
}

/** What the inspector needs of a message that was sent or received. */
export type MessageTrace = {
    readonly suite: Suite;
    readonly header: MessageHeader;
    readonly message: SealedMessage;
    /** The encoded `Envelope`, exactly as the server had it. */
    readonly envelope: Bytes;
    readonly sender: VerifyingKey;
} & (
    | { readonly way: "room"; readonly secret: Secret }
    /** Sent by us: only the recipient's session can open it again. */
    | { readonly way: "to-peer"; readonly recipient: AgreementPoint; readonly plaintext: Bytes }
    | { readonly way: "from-peer"; readonly own: AgreementKey }
);
