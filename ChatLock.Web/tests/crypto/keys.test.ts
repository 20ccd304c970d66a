import { describe, expect, test, vi } from "vitest";
import { concat, copyOf, equal, utf8 } from "../../src/crypto/bytes";
import {
    generateAgreementKey,
    generateSigningKey,
    importAgreementPoint,
    importVerifyingKey,
} from "../../src/crypto/keys";
import { subtle } from "../../src/crypto/platform";
import { sha256 } from "../../src/crypto/sha256";
import { bytes } from "../vectors";

const GENERATOR = bytes(
    "046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296" +
        "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5",
);
const DATA = utf8("what is signed");

const importers = [
    ["a verifying key", importVerifyingKey],
    ["an agreement point", importAgreementPoint],
] as const;

describe.each(importers)("%s", (_, importPoint) => {
    test("is made of the generator, as an own copy", async () => {
        const given = copyOf(GENERATOR);
        const key = await importPoint(given);
        given.fill(0);
        expect(key?.point).toEqual(GENERATOR);
    });

    test("isn't made of another length", async () => {
        for (const length of [0, 1, 33, 64, 66, 130])
            expect(await importPoint(concat(GENERATOR, GENERATOR).slice(0, length))).toBeUndefined();
    });

    test("isn't made of a compressed or hybrid form", async () => {
        for (const form of [0x00, 0x02, 0x03, 0x05, 0x06, 0x07]) {
            const y = concat(Uint8Array.of(form), GENERATOR.subarray(1));
            expect(await importPoint(y), `${form}`).toBeUndefined();
            expect(await importPoint(y.slice(0, 33)), `${form}`).toBeUndefined();
        }
    });

    test("isn't made of zeros in the place of infinity", async () => {
        expect(await importPoint(concat(Uint8Array.of(4), new Uint8Array(64)))).toBeUndefined();
    });

    test("isn't made of a coordinate that wraps around the prime", async () => {
        // x = 0 has a point; x = p is the same number modulo p and still not in range.
        const prime = "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff";
        const y = "66485c780e2f83d72433bd5d84a06bb6541c2af31dae871728bf856a174f93f4";
        expect(await importPoint(bytes(`04${"00".repeat(32)}${y}`))).toBeDefined();
        expect(await importPoint(bytes(`04${prime}${y}`))).toBeUndefined();
    });

    test("isn't made of a point with any one bit changed", async () => {
        for (let bit = 0; bit < 8 * 65; bit++) {
            const point = copyOf(GENERATOR);
            point.set([point[bit >> 3]! ^ (1 << (bit & 7))], bit >> 3);
            expect(await importPoint(point), `bit ${bit}`).toBeUndefined();
        }
    });

    test("isn't made of DER: nothing but a point is taken from a peer", async () => {
        const { publicKey } = await subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, [
            "sign",
            "verify",
        ]);
        const spki = new Uint8Array(await subtle.exportKey("spki", publicKey));
        expect(await importPoint(spki)).toBeUndefined();
        expect(await importPoint(spki.slice(-65))).toBeDefined();
    });
});

describe("a signing key", () => {
    test("signs what its public half alone verifies", async () => {
        const [key, other] = [await generateSigningKey(), await generateSigningKey()];
        const signature = await key.sign(DATA);
        expect(signature).toHaveLength(64);
        const seen = await importVerifyingKey(key.point);
        expect(await seen?.verify(DATA, signature)).toBe(true);
        expect(await other.verify(DATA, signature)).toBe(false);
        expect(await seen?.verify(utf8("what is Signed"), signature)).toBe(false);
    });

    test("has SHA-256 of its point as fingerprint", async () => {
        const key = await generateSigningKey();
        expect(key.fingerprint).toEqual(await sha256(key.point));
        expect((await importVerifyingKey(key.point))?.fingerprint).toEqual(key.fingerprint);
    });

    test("gives another signature each time", async () => {
        const key = await generateSigningKey();
        expect(equal(await key.sign(DATA), await key.sign(DATA))).toBe(false);
    });

    test("refuses a signature with any byte changed", async () => {
        const key = await generateSigningKey();
        const signature = await key.sign(DATA);
        for (let i = 0; i < 64; i++) {
            const changed = copyOf(signature);
            changed.set([changed[i]! ^ 1], i);
            expect(await key.verify(DATA, changed), `byte ${i}`).toBe(false);
        }
    });

    test.each([0, 63, 65, 70, 72, 128])("refuses a signature of %i bytes", async length => {
        const key = await generateSigningKey();
        const signature = await key.sign(DATA);
        expect(await key.verify(DATA, concat(signature, signature).slice(0, length))).toBe(false);
    });

    test("is generated so that it can't be read out", async () => {
        const generateKey = vi.spyOn(subtle, "generateKey");
        await generateSigningKey();
        const [result] = generateKey.mock.results;
        generateKey.mockRestore();
        const { privateKey } = (await result?.value) as CryptoKeyPair;
        expect(privateKey.extractable).toBe(false);
    });

    test("is no part of what the key object tells", async () => {
        const key = await generateSigningKey();
        expect(Object.keys(key).sort()).toEqual(["fingerprint", "point", "sign", "verify"]);
    });
});

test("a session key's private half can't be read out", async () => {
    const { privateKey } = await generateAgreementKey();
    expect(privateKey.extractable).toBe(false);
    await expect(subtle.exportKey("pkcs8", privateKey)).rejects.toThrow(DOMException);
});
