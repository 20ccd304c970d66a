/**
 * The suite to use. Rooms: AES-128-GCM under a key of each sender's session; private: HPKE. The header is authenticated
 * with the ciphertext as well as signed. A room key belongs to one sender's salt, so a nonce can't be met twice as long
 * as that sender counts. SP 800-38D, RFC 5869, RFC 9180; docs/PROTOCOL.md section 6.
 */

import { gcmOpen, gcmSeal, importGcmKey, NONCE_LENGTH } from "../crypto/aesGcm";
import { concat, fromBigInt, utf8 } from "../crypto/bytes";
import { hkdf, type Secret } from "../crypto/hkdf";
import { hpkeOpen, hpkeSeal } from "../crypto/hpke";
import type { Bytes, MessageHeader, SuiteInfo } from "./contract";
import { type Cipher, signedSuite } from "./signed";

const KEY_LENGTH = 16;
const ROOM_INFO = utf8("ChatLock v1 sealed room\0");

export const SEALED_PRIVATE_INFO = utf8("ChatLock v1 sealed private\0");

export const sealedCipher: Cipher = {
    async encryptForRoom(secret, header, aad, plaintext) {
        return gcmSeal(await roomCipher(secret, header), roomNonce(header), aad, plaintext);
    },
    async decryptFromRoom(secret, header, aad, ciphertext) {
        return gcmOpen(await roomCipher(secret, header), roomNonce(header), aad, ciphertext);
    },
    encryptForPeer: (recipient, aad, plaintext, oneTime) =>
        hpkeSeal(recipient, SEALED_PRIVATE_INFO, aad, plaintext, oneTime),
    decryptFromPeer: (own, aad, ciphertext) => hpkeOpen(own, SEALED_PRIVATE_INFO, aad, ciphertext),
};

/** @param header well-formed. @returns 16 bytes. */
export function sealedRoomKey(secret: Secret, header: MessageHeader): Promise<Bytes> {
    return hkdf(secret, header.salt, concat(ROOM_INFO, header.target, header.sender), KEY_LENGTH);
}

/** 4 zero bytes, then the counter. */
export function roomNonce(header: MessageHeader): Bytes {
    return fromBigInt(header.counter, NONCE_LENGTH);
}

async function roomCipher(secret: Secret, header: MessageHeader): Promise<CryptoKey> {
    return importGcmKey(await sealedRoomKey(secret, header));
}

const info: SuiteInfo = { id: 2, name: "sealed", label: "sealed", insecure: false };

export const sealed = signedSuite(info, sealedCipher, async trace =>
    (await import("./explainSealed")).explainSealed(trace),
);
