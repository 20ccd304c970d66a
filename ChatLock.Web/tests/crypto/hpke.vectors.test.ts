import { Aes128Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256, HkdfSha512 } from "@hpke/core";
import type { RecipientContext, SenderContext } from "@hpke/core";
import { expect, test } from "vitest";
import { agreementKeyFromScalar, importAgreementPoint } from "../../src/crypto/agreement";
import { toHex } from "../../src/crypto/bytes";
import { hpkeReceiver, hpkeSender, hpkeSuite } from "../../src/crypto/hpke";
import { hpkeSchedule } from "../../src/crypto/hpkeSchedule";
import type { AgreementKey } from "../../src/crypto/keys";
import { bytes, passed, readJson } from "../vectors";

type Setting = { mode: number; kdf_id: number; encryptions: Encryption[]; exports: Export[] } & Record<
    "info" | "ikmE" | "pkEm" | "skEm" | "ikmR" | "pkRm" | "skRm" | "enc" | "shared_secret",
    string
> &
    Record<"key_schedule_context" | "key" | "base_nonce" | "exporter_secret", string> &
    Partial<Record<"psk" | "psk_id" | "ikmS" | "pkSm" | "skSm", string>>;
type Encryption = { pt: string; aad: string; ct: string; sequence_number: number };
type Export = { exporter_context: string; L: number; exported_value: string };

const FILE = "hpke/rfc9180-p256-aes128gcm.json";
const settings = readJson<Setting[]>(FILE);

test("mode base of RFC 9180 goes through our own door, its key schedule too", async () => {
    const found = settings.filter(setting => setting.mode === 0 && setting.kdf_id === 1);
    expect(found).toHaveLength(1);
    for (const setting of found) {
        const recipient = await pair(setting, "skRm", "ikmR", "pkRm");
        const oneTime = await pair(setting, "skEm", "ikmE", "pkEm");
        const point = await importAgreementPoint(recipient.point);
        if (point === undefined) throw new Error("RFC 9180's point is refused");
        const sender = await hpkeSender(point, bytes(setting.info), oneTime);
        const receiver = await hpkeReceiver(recipient, bytes(setting.enc), bytes(setting.info));
        if (receiver === undefined) throw new Error("RFC 9180's enc is refused");
        expect(await checkContexts(setting, sender, receiver)).toEqual([6, 3]);

        const schedule = await hpkeSchedule(recipient, bytes(setting.enc), bytes(setting.info));
        expect(schedule).toEqual({
            context: bytes(setting.key_schedule_context),
            key: bytes(setting.key),
            baseNonce: bytes(setting.base_nonce),
            exporterSecret: bytes(setting.exporter_secret),
        });
    }
});

test("every setting of RFC 9180 for P-256 and AES-128 is reproduced by the library", async () => {
    let run = 0;
    for (const setting of settings) {
        const { sender, receiver } = await contextsOf(setting);
        expect(toHex(new Uint8Array(sender.enc))).toBe(setting.enc);
        expect(await checkContexts(setting, sender, receiver)).toEqual([6, 3]);
        run++;
    }
    passed(FILE, run, 8);
});

async function contextsOf(setting: Setting): Promise<{ sender: SenderContext; receiver: RecipientContext }> {
    const suite = new CipherSuite({
        kem: new DhkemP256HkdfSha256(),
        kdf: setting.kdf_id === 3 ? new HkdfSha512() : new HkdfSha256(),
        aead: new Aes128Gcm(),
    });
    const recipient = await pair(setting, "skRm", "ikmR", "pkRm");
    const identity = setting.mode >= 2 ? await pair(setting, "skSm", "ikmS", "pkSm") : undefined;
    const psk =
        setting.psk && setting.psk_id ? { psk: { key: bytes(setting.psk), id: bytes(setting.psk_id) } } : {};
    const shared = { info: bytes(setting.info), ...psk };
    const sender = await suite.createSenderContext({
        ...shared,
        recipientPublicKey: recipient.publicKey,
        ekm: await pair(setting, "skEm", "ikmE", "pkEm"),
        ...(identity && { senderKey: identity }),
    });
    const receiver = await suite.createRecipientContext({
        ...shared,
        recipientKey: recipient,
        enc: bytes(setting.enc),
        ...(identity && { senderPublicKey: identity.publicKey }),
    });
    return { sender, receiver };
}

/** The vectors skip sequence numbers; a context counts every message. */
async function checkContexts(
    setting: Setting,
    sender: SenderContext,
    receiver: RecipientContext,
): Promise<[number, number]> {
    let [sequence, encryptions, exports] = [0, 0, 0];
    const nothing = new Uint8Array();
    for (const test of setting.encryptions) {
        for (; sequence < test.sequence_number; sequence++)
            await receiver.open(await sender.seal(nothing, nothing), nothing);
        const sealed = await sender.seal(bytes(test.pt), bytes(test.aad));
        expect(toHex(new Uint8Array(sealed))).toBe(test.ct);
        const opened = await receiver.open(bytes(test.ct), bytes(test.aad));
        expect(toHex(new Uint8Array(opened))).toBe(test.pt);
        sequence++;
        encryptions++;
    }
    for (const { exporter_context, L, exported_value } of setting.exports) {
        for (const side of [sender, receiver]) {
            const value = await side.export(bytes(exporter_context), L);
            expect(toHex(new Uint8Array(value))).toBe(exported_value);
        }
        exports++;
    }
    return [encryptions, exports];
}

async function pair(
    setting: Setting,
    scalar: "skEm" | "skRm" | "skSm",
    seed: "ikmE" | "ikmR" | "ikmS",
    point: "pkEm" | "pkRm" | "pkSm",
): Promise<AgreementKey> {
    const key = await agreementKeyFromScalar(bytes(setting[scalar] ?? ""));
    expect(toHex(key.point)).toBe(setting[point]);
    const derived = await hpkeSuite.kem.deriveKeyPair(bytes(setting[seed] ?? ""));
    expect(toHex(new Uint8Array(await hpkeSuite.kem.serializePublicKey(derived.publicKey)))).toBe(
        setting[point],
    );
    return key;
}
