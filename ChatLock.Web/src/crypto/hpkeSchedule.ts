/** The keys of a received HPKE message, for explanations: the library keeps them to itself (RFC 9180 section 5.1). */

import type { Bytes } from "../suites/contract";
import { NONCE_LENGTH } from "./aesGcm";
import { concat, utf8 } from "./bytes";
import { hpkeSuite } from "./hpke";
import type { AgreementKey } from "./keys";
import { isPoint } from "./p256";

export interface HpkeSchedule {
    /** key_schedule_context: mode, psk_id_hash, info_hash; 65 bytes. */
    readonly context: Bytes;
    /** 16 bytes. */
    readonly key: Bytes;
    /** 12 bytes; the first message's nonce. */
    readonly baseNonce: Bytes;
    /** 32 bytes. */
    readonly exporterSecret: Bytes;
}

const KEY_LENGTH = 16;
const EXPORTER_LENGTH = 32;
const MODE_BASE = 0;
const NOTHING = new Uint8Array();

/** Undefined when `encapsulated` isn't a point on the curve. */
export async function hpkeSchedule(
    own: AgreementKey,
    encapsulated: Uint8Array,
    info: Bytes,
): Promise<HpkeSchedule | undefined> {
    if (!isPoint(encapsulated)) return undefined;
    const recipientKey = { publicKey: own.publicKey, privateKey: own.privateKey };
    const shared = new Uint8Array(await hpkeSuite.kem.decap({ recipientKey, enc: encapsulated }));
    const context = concat(
        Uint8Array.of(MODE_BASE),
        await extract(NOTHING, "psk_id_hash", NOTHING),
        await extract(NOTHING, "info_hash", info),
    );
    const secret = await extract(shared, "secret", NOTHING);
    return {
        context,
        key: await expand(secret, "key", context, KEY_LENGTH),
        baseNonce: await expand(secret, "base_nonce", context, NONCE_LENGTH),
        exporterSecret: await expand(secret, "exp", context, EXPORTER_LENGTH),
    };
}

async function extract(salt: Bytes, label: string, secret: Bytes): Promise<Bytes> {
    return new Uint8Array(await hpkeSuite.kdf.labeledExtract(salt, utf8(label), secret));
}

async function expand(secret: Bytes, label: string, context: Bytes, length: number): Promise<Bytes> {
    return new Uint8Array(await hpkeSuite.kdf.labeledExpand(secret, utf8(label), context, length));
}
