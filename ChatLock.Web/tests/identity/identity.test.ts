import { IDBFactory } from "fake-indexeddb";
import { describe, expect, test } from "vitest";
import { utf8 } from "../../src/crypto/bytes";
import { generateSigningKey, importVerifyingKey, type SigningKey } from "../../src/crypto/keys";
import { subtle } from "../../src/crypto/platform";
import {
    deleteIdentity,
    importIdentity,
    type OpenIdentity,
    openIdentity,
    replaceIdentity,
} from "../../src/identity/identity";
import { type IdentityStore, memoryIdentityStore } from "../../src/identity/identityStore";
import { indexedDbIdentityStore } from "../../src/identity/indexedDbStore";
import { rawRead, rawWrite } from "./rawDatabase";

const kinds: [string, () => IdentityStore][] = [
    ["memory", memoryIdentityStore],
    ["IndexedDB", () => indexedDbIdentityStore(new IDBFactory())],
];

describe.each(kinds)("an identity kept in %s", (_, newStore) => {
    test("is made once and is the same at the next visit", async () => {
        const store = newStore();
        const first = await opened(openIdentity(store));
        const second = await opened(openIdentity(store));
        expect([first.isNew, second.isNew]).toEqual([true, false]);
        expect(second.identity.point).toEqual(first.identity.point);
        expect(second.fingerprint).toEqual(first.fingerprint);
        await expectToSignAs(second.identity, first.identity);
    });

    test("can be exported by the tab that made it, and not after a reload", async () => {
        const store = newStore();
        const first = await opened(openIdentity(store));
        const second = await opened(openIdentity(store));
        expect([first.canExport, first.backup === undefined]).toEqual([true, false]);
        expect([second.canExport, second.backup]).toEqual([false, undefined]);
    });

    test("is another one after replacing it, and the new one stays", async () => {
        const store = newStore();
        const first = await opened(openIdentity(store));
        const replaced = await opened(replaceIdentity(store));
        expect(replaced.isNew && replaced.canExport).toBe(true);
        expect(replaced.fingerprint).not.toEqual(first.fingerprint);
        expect((await opened(openIdentity(store))).fingerprint).toEqual(replaced.fingerprint);
    });

    test("is made anew after it was deleted", async () => {
        const store = newStore();
        const first = await opened(openIdentity(store));
        expect(await deleteIdentity(store)).toEqual({ ok: true, value: undefined });
        const second = await opened(openIdentity(store));
        expect(second.isNew).toBe(true);
        expect(second.fingerprint).not.toEqual(first.fingerprint);
    });

    test("moves to another browser through its backup, and can be exported there again", async () => {
        const [here, there] = [newStore(), newStore()];
        const mine = await opened(openIdentity(here));
        const file = new Blob([(await mine.backup?.export("four words are enough")) ?? ""]);
        await openIdentity(there);
        expect(await importIdentity(there, file, "five words")).toEqual({
            ok: false,
            failure: "wrong-passphrase",
        });
        const moved = await opened(importIdentity(there, file, "four words are enough"));
        expect(moved.fingerprint).toEqual(mine.fingerprint);
        expect(moved.canExport).toBe(true);
        await expectToSignAs((await opened(openIdentity(there))).identity, mine.identity);
    });

    test("is the same for two tabs that open at once for the first time", async () => {
        const store = newStore();
        const tabs = await Promise.all([opened(openIdentity(store)), opened(openIdentity(store))]);
        expect(tabs[0].fingerprint).toEqual(tabs[1].fingerprint);
        expect(tabs.filter(tab => tab.canExport)).toHaveLength(1);
    });
});

test("what IndexedDB holds can't be read out", async () => {
    const factory = new IDBFactory();
    await openIdentity(indexedDbIdentityStore(factory));
    const record = (await rawRead(factory)) as { version: number; privateKey: CryptoKey };
    expect(record.version).toBe(1);
    expect(record.privateKey.extractable).toBe(false);
    for (const format of ["pkcs8", "jwk"] as const)
        await expect(subtle.exportKey(format, record.privateKey)).rejects.toThrow();
});

describe("a stored identity that can't be read is told and left alone", () => {
    const P256 = { name: "ECDSA", namedCurve: "P-256" };
    const pair = (extractable: boolean) => subtle.generateKey(P256, extractable, ["sign", "verify"]);
    const pointOf = async (key: CryptoKey) => new Uint8Array(await subtle.exportKey("raw", key));

    test.each<[string, () => Promise<unknown>, string]>([
        ["nonsense", async () => "nonsense", "corrupt"],
        ["null", async () => null, "corrupt"],
        ["no key", async () => ({ version: 1, point: (await generateSigningKey()).point }), "corrupt"],
        [
            "a point off the curve",
            async () => ({
                version: 1,
                point: new Uint8Array(65),
                privateKey: (await pair(false)).privateKey,
            }),
            "corrupt",
        ],
        [
            "halves of two pairs",
            async () => ({
                version: 1,
                point: await pointOf((await pair(false)).publicKey),
                privateKey: (await pair(false)).privateKey,
            }),
            "corrupt",
        ],
        [
            "a readable private key",
            async () => {
                const { publicKey, privateKey } = await pair(true);
                return { version: 1, point: await pointOf(publicKey), privateKey };
            },
            "corrupt",
        ],
        [
            "a public key in its place",
            async () => {
                const { publicKey } = await pair(false);
                return { version: 1, point: await pointOf(publicKey), privateKey: publicKey };
            },
            "corrupt",
        ],
        ["a later version", async () => ({ version: 2 }), "newer-version"],
    ])("%s", async (_, make, failure) => {
        const factory = new IDBFactory();
        const record = await make();
        await rawWrite(factory, record);
        const store = indexedDbIdentityStore(factory);
        expect(await openIdentity(store)).toEqual({ ok: false, failure });
        expect(await openIdentity(store)).toEqual({ ok: false, failure });
        expect(await rawRead(factory)).toEqual(record);
        expect(await replaceIdentity(store)).toMatchObject({ ok: true, isNew: true });
        expect(await openIdentity(store)).toMatchObject({ ok: true, isNew: false });
    });
});

async function opened(answer: Promise<{ ok: boolean }>): Promise<OpenIdentity> {
    const open = await answer;
    if (!open.ok) throw new Error(JSON.stringify(open));
    return open as OpenIdentity;
}

async function expectToSignAs(one: SigningKey, other: SigningKey): Promise<void> {
    const data = utf8("the same hand");
    const seen = await importVerifyingKey(other.point);
    expect(await seen?.verify(data, await one.sign(data))).toBe(true);
}
