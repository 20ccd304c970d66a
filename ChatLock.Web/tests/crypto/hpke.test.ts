import { beforeAll, expect, test } from "vitest";
import { copyOf, equal, utf8 } from "../../src/crypto/bytes";
import { ENCAPSULATED_LENGTH, HPKE_OVERHEAD, hpkeOpen, hpkeReceiver, hpkeSeal } from "../../src/crypto/hpke";
import { hpkeSchedule } from "../../src/crypto/hpkeSchedule";
import { type AgreementKey, generateAgreementKey } from "../../src/crypto/keys";

const [info, aad, plaintext] = [utf8("info"), utf8("aad"), utf8("for one reader")];
let recipient: AgreementKey;

beforeAll(async () => {
    recipient = await generateAgreementKey();
});

test("a sealed message opens for its recipient only", async () => {
    const message = await hpkeSeal(recipient, info, aad, plaintext);
    expect(message).toHaveLength(plaintext.length + HPKE_OVERHEAD);
    expect(await hpkeOpen(recipient, info, aad, message)).toEqual(plaintext);
    expect(await hpkeOpen(await generateAgreementKey(), info, aad, message)).toBeUndefined();
});

test("it opens only with the info and aad it was sealed with", async () => {
    const message = await hpkeSeal(recipient, info, aad, plaintext);
    expect(await hpkeOpen(recipient, aad, aad, message)).toBeUndefined();
    expect(await hpkeOpen(recipient, info, info, message)).toBeUndefined();
});

test("it doesn't open with any byte changed or cut off", async () => {
    const message = await hpkeSeal(recipient, info, aad, plaintext);
    for (let i = 0; i < message.length; i++) {
        const changed = copyOf(message);
        changed.set([changed[i]! ^ 0x80], i);
        expect(await hpkeOpen(recipient, info, aad, changed), `byte ${i}`).toBeUndefined();
        expect(await hpkeOpen(recipient, info, aad, message.slice(0, i)), `length ${i}`).toBeUndefined();
    }
});

test("two messages never share their one-time key", async () => {
    const one = await hpkeSeal(recipient, info, aad, plaintext);
    const two = await hpkeSeal(recipient, info, aad, plaintext);
    expect(equal(one.slice(0, ENCAPSULATED_LENGTH), two.slice(0, ENCAPSULATED_LENGTH))).toBe(false);
});

test("an encapsulated key that is no point gives neither a context nor a schedule", async () => {
    for (const length of [0, 33, 64, 65, 66]) {
        expect(await hpkeReceiver(recipient, new Uint8Array(length), info)).toBeUndefined();
        expect(await hpkeSchedule(recipient, new Uint8Array(length), info)).toBeUndefined();
    }
});
