/**
 * A suite around a cipher: the signature is made and verified here, once for all suites, over header and ciphertext.
 * Nothing is decrypted before its signature verified. Replays are another matter: replayGuard.ts. docs/PROTOCOL.md section 6.
 */

import { equal } from "../crypto/bytes";
import type { Secret } from "../crypto/hkdf";
import type { AgreementKey, AgreementPoint, SigningKey, VerifyingKey } from "../crypto/keys";
import type { Bytes, MessageHeader, MessageKind, Opened, SealedMessage, Suite, SuiteInfo } from "./contract";
import { headerBytes, isWellFormed, signedBytes } from "./signedBytes";

/** What only encrypts. Decrypting answers undefined when it can't be read with the secret or key at hand. */
export interface Cipher {
    encryptForRoom(secret: Secret, header: MessageHeader, aad: Bytes, plaintext: Bytes): Promise<Bytes>;
    decryptFromRoom(
        secret: Secret,
        header: MessageHeader,
        aad: Bytes,
        ciphertext: Bytes,
    ): Promise<Bytes | undefined>;
    /** @param oneTime HPKE's one-time key, for vectors; messages get a fresh one. */
    encryptForPeer(
        recipient: AgreementPoint,
        aad: Bytes,
        plaintext: Bytes,
        oneTime?: AgreementKey,
    ): Promise<Bytes>;
    decryptFromPeer(own: AgreementKey, aad: Bytes, ciphertext: Bytes): Promise<Bytes | undefined>;
}

/** Sealing throws TypeError for a header that is malformed, of the other kind or another's: that is our bug. */
export function signedSuite(info: SuiteInfo, cipher: Cipher, explain: Suite["explain"]): Suite {
    return {
        ...info,
        explain,
        async sealForRoom(secret, sender, header, plaintext) {
            const aad = headerToSend(info.id, header, "post", sender);
            return sign(sender, aad, await cipher.encryptForRoom(secret, header, aad, plaintext));
        },
        async openFromRoom(secret, sender, header, message) {
            const checked = await checkMessage(info.id, sender, header, "post", message);
            if (!checked.ok) return checked;
            return answer(await cipher.decryptFromRoom(secret, header, checked.header, message.ciphertext));
        },
        async sealForPeer(recipient, sender, header, plaintext) {
            const aad = headerToSend(info.id, header, "private", sender);
            return sign(sender, aad, await cipher.encryptForPeer(recipient, aad, plaintext));
        },
        async openFromPeer(own, sender, header, message) {
            const checked = await checkMessage(info.id, sender, header, "private", message);
            if (!checked.ok) return checked;
            return answer(await cipher.decryptFromPeer(own, checked.header, message.ciphertext));
        },
    };
}

export type Checked =
    | { readonly ok: true; readonly header: Bytes }
    | { readonly ok: false; readonly failure: "bad-signature" | "malformed" };

/** Whether the sender signed this message as the receiver understands it; nothing is decrypted. */
export async function checkMessage(
    suiteId: number,
    sender: VerifyingKey,
    header: MessageHeader,
    kind: MessageKind,
    message: SealedMessage,
): Promise<Checked> {
    requireKind(header, kind);
    if (!isWellFormed(header)) return { ok: false, failure: "malformed" };
    const bytes = headerBytes(suiteId, header);
    const isGenuine =
        names(header, sender) &&
        (await sender.verify(signedBytes(bytes, message.ciphertext), message.signature));
    return isGenuine ? { ok: true, header: bytes } : { ok: false, failure: "bad-signature" };
}

function headerToSend(suiteId: number, header: MessageHeader, kind: MessageKind, sender: SigningKey): Bytes {
    requireKind(header, kind);
    if (!isWellFormed(header) || !names(header, sender))
        throw new TypeError("a header field has a wrong length or names another sender");
    return headerBytes(suiteId, header);
}

async function sign(sender: SigningKey, header: Bytes, ciphertext: Bytes): Promise<SealedMessage> {
    return { ciphertext, signature: await sender.sign(signedBytes(header, ciphertext)) };
}

function requireKind(header: MessageHeader, kind: MessageKind): void {
    if (header.kind !== kind) throw new TypeError(`the header is of kind ${header.kind}, not ${kind}`);
}

function names(header: MessageHeader, sender: VerifyingKey): boolean {
    return equal(header.sender, sender.fingerprint);
}

function answer(plaintext: Bytes | undefined): Opened {
    return plaintext === undefined ? { ok: false, failure: "cannot-decrypt" } : { ok: true, plaintext };
}
