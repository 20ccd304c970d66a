import { expect, test } from "vitest";
import { gcmOpen, gcmSeal, importGcmKey } from "../../src/crypto/aesGcm";
import { concat } from "../../src/crypto/bytes";
import { hkdf } from "../../src/crypto/hkdf";
import { bytes, passed, wycheproof } from "../vectors";

const NONCE_BITS = 96;

test("Wycheproof's AES-GCM messages of our nonce length open or not as it says", async () => {
    type Group = { ivSize: number };
    type Test = Record<"key" | "iv" | "aad" | "msg" | "ct" | "tag", string>;
    const tests = wycheproof<Group, Test>("wycheproof/aes_gcm_test.json");
    let run = 0;
    for (const { group, test } of tests) {
        if (group.ivSize !== NONCE_BITS) continue;
        const key = await importGcmKey(bytes(test.key));
        const [nonce, aad, plaintext] = [bytes(test.iv), bytes(test.aad), bytes(test.msg)];
        const sealed = concat(bytes(test.ct), bytes(test.tag));
        const isValid = test.result === "valid";
        expect(await gcmOpen(key, nonce, aad, sealed), `tcId ${test.tcId}`).toEqual(
            isValid ? plaintext : undefined,
        );
        if (isValid) expect(await gcmSeal(key, nonce, aad, plaintext), `tcId ${test.tcId}`).toEqual(sealed);
        run++;
    }
    expect(tests.length - run).toBe(99);
    passed("wycheproof/aes_gcm_test.json", run, 155);
});

test("a message shorter than its tag doesn't open", async () => {
    const key = await importGcmKey(new Uint8Array(16));
    for (let length = 0; length < 16; length++)
        expect(await gcmOpen(key, new Uint8Array(12), new Uint8Array(), new Uint8Array(length))).toBe(
            undefined,
        );
});

test("a key that may not decrypt is our bug, not a message that can't be read", async () => {
    const key = await crypto.subtle.importKey("raw", new Uint8Array(16), "AES-GCM", false, ["encrypt"]);
    const opening = gcmOpen(key, new Uint8Array(12), new Uint8Array(), new Uint8Array(16));
    await expect(opening).rejects.toThrow(DOMException);
});

test("HKDF gives Wycheproof's keys, and no more than there are", async () => {
    type Test = Record<"ikm" | "salt" | "info" | "okm", string> & { size: number };
    let run = 0;
    for (const { test } of wycheproof<object, Test>("wycheproof/hkdf_sha256_test.json")) {
        const derived = hkdf(bytes(test.ikm), bytes(test.salt), bytes(test.info), test.size);
        if (test.result === "valid") expect(await derived, `tcId ${test.tcId}`).toEqual(bytes(test.okm));
        else await expect(derived, `tcId ${test.tcId}`).rejects.toThrow(RangeError);
        run++;
    }
    passed("wycheproof/hkdf_sha256_test.json", run, 68);
});
