/**
 * INSECURE: the original report's suite, DES in ECB mode with zero padding, for lessons and nostalgia. A 56-bit key
 * falls to a search within a day, equal blocks stay equal, and a room has one key for all messages. The ciphertext is not
 * authenticated by itself: a wrong key gives nonsense rather than a failure; what keeps messages genuine is the signature.
 * A message can't end with 0x00, which is the padding. FIPS 46-3, SP 800-38A section 6.1; docs/PROTOCOL.md section 6.
 *
 * DES itself is loaded with the first message.
 */

import { concat, utf8 } from "../crypto/bytes";
import { hkdf, type Secret } from "../crypto/hkdf";
import { ENCAPSULATED_LENGTH, hpkeReceiver, hpkeSender } from "../crypto/hpke";
import type { Bytes, SuiteInfo } from "./contract";
import { deriveDesKey, DES_KEY_LENGTH } from "./desKey";
import { type Cipher, signedSuite } from "./signed";

const ROOM_INFO = utf8("ChatLock v1 classic room\0");
const EXPORT_CONTEXT = utf8("des key");
const NO_SALT = new Uint8Array();

export const CLASSIC_PRIVATE_INFO = utf8("ChatLock v1 classic private\0");

/** @throws RangeError when the plaintext ends with 0x00: that is the padding. */
export const classicCipher: Cipher = {
    async encryptForRoom(secret, header, _, plaintext) {
        return (await des()).encryptEcb(await classicRoomKey(secret, header.target), plaintext);
    },
    async decryptFromRoom(secret, header, _, ciphertext) {
        return (await des()).decryptEcb(await classicRoomKey(secret, header.target), ciphertext);
    },
    async encryptForPeer(recipient, _, plaintext, oneTime) {
        const context = await hpkeSender(recipient, CLASSIC_PRIVATE_INFO, oneTime);
        const blocks = (await des()).encryptEcb(await classicPeerKey(context), plaintext);
        return concat(new Uint8Array(context.enc), blocks);
    },
    async decryptFromPeer(own, _, ciphertext) {
        const encapsulated = ciphertext.subarray(0, ENCAPSULATED_LENGTH);
        const context = await hpkeReceiver(own, encapsulated, CLASSIC_PRIVATE_INFO);
        if (context === undefined) return undefined;
        return (await des()).decryptEcb(
            await classicPeerKey(context),
            ciphertext.subarray(ENCAPSULATED_LENGTH),
        );
    },
};

/** One for the room. The attempt is part of what a key comes from: both ends skip the same weak keys. */
export function classicRoomKey(secret: Secret, target: Bytes): Promise<Bytes> {
    return deriveDesKey(attempt =>
        hkdf(secret, NO_SALT, concat(ROOM_INFO, target, Uint8Array.of(attempt)), DES_KEY_LENGTH),
    );
}

/** @param context either side's. */
export function classicPeerKey(context: HpkeExporter): Promise<Bytes> {
    return deriveDesKey(
        async attempt =>
            new Uint8Array(
                await context.export(concat(EXPORT_CONTEXT, Uint8Array.of(attempt)), DES_KEY_LENGTH),
            ),
    );
}

interface HpkeExporter {
    export(context: Bytes, length: number): Promise<ArrayBuffer>;
}

const des = () => import("./desEcb");

const info: SuiteInfo = { id: 1, name: "classic", label: "INSECURE", insecure: true };

export const classic = signedSuite(info, classicCipher, async trace =>
    (await import("./explainClassic")).explainClassic(trace),
);
