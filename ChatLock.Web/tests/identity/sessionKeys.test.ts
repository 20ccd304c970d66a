import { IDBFactory } from "fake-indexeddb";
import { beforeEach, expect, test } from "vitest";
import { toHex } from "../../src/crypto/bytes";
import { generateSigningKey, type SigningKey } from "../../src/crypto/keys";
import { sessionKeyContext } from "../../src/identity/keyProof";
import {
    noShelf,
    SESSION_KEY_DAY_MS,
    SESSION_KEY_KEPT_MS,
    SESSION_KEYS_MAX,
    SessionKeys,
    type SessionKey,
    type SessionKeyShelf,
} from "../../src/identity/sessionKeys";
import { indexedDbKeyShelf } from "../../src/storage/keyShelf";

const START_MS = 1_764_000_000_000;

let identity: SigningKey;
let shelf: SessionKeyShelf;
let nowMs: number;
let failures: string[];

beforeEach(async () => {
    identity = await generateSigningKey();
    shelf = indexedDbKeyShelf(new IDBFactory());
    nowMs = START_MS;
    failures = [];
});

/** A page that is opened. */
const start = (on = shelf, whose = identity) =>
    new SessionKeys(
        whose,
        toHex(whose.fingerprint),
        on,
        () => nowMs,
        ({ message }) => failures.push(message),
    );

const madeOf = (keys: readonly SessionKey[]) => keys.map(({ madeUnixMs }) => madeUnixMs);

test("each start makes a key, signed with its time, and knows the ones before, the latest first", async () => {
    const [first] = await start().present();
    nowMs += 1_000;
    const keys = await start().present();
    expect(madeOf(keys)).toEqual([START_MS + 1_000, START_MS]);
    expect(toHex(keys[1]!.point)).toBe(toHex(first!.point));
    for (const { point, signature, madeUnixMs, privateKey } of keys) {
        expect(await identity.verify(sessionKeyContext(BigInt(madeUnixMs), point), signature)).toBe(true);
        expect(privateKey.extractable).toBe(false);
    }
});

test("a key lasts a day and no longer", async () => {
    const keys = start();
    await keys.present();
    nowMs += SESSION_KEY_DAY_MS - 1;
    expect(madeOf(await keys.present())).toEqual([START_MS]);
    nowMs += 1;
    expect(madeOf(await keys.present())).toEqual([nowMs, START_MS]);
});

test("one is kept for eight days after another took its place, in memory and in storage", async () => {
    const keys = start();
    await keys.present();
    nowMs = START_MS + 5 * SESSION_KEY_DAY_MS;
    const second = nowMs;
    await keys.present();
    nowMs = second + SESSION_KEY_KEPT_MS - 1;
    expect(madeOf(await keys.present())).toEqual([nowMs, second, START_MS]);
    nowMs += SESSION_KEY_DAY_MS;
    expect(madeOf(await keys.present())).toEqual([nowMs, nowMs - SESSION_KEY_DAY_MS, second]);
    expect(madeOf(await shelf.load(toHex(identity.fingerprint)))).not.toContain(START_MS);
});

test("a clock that is set back makes no key that others take for an old one", async () => {
    await start().present();
    nowMs -= 3 * SESSION_KEY_DAY_MS;
    expect(madeOf(await start().present())).toEqual([START_MS + 1, START_MS]);
});

test("a tab that takes over from another knows its keys, and makes one of its own", async () => {
    const [here, there] = [start(), start()];
    await here.present();
    nowMs += 1_000;
    await there.present();
    nowMs += 1_000;
    expect(madeOf(await here.present())).toEqual([START_MS + 2_000, START_MS + 1_000, START_MS]);
});

test("another identity's keys are not its own", async () => {
    await start().present();
    const other = await generateSigningKey();
    expect(await start(shelf, other).present()).toHaveLength(1);
    expect(await start().present()).toHaveLength(2);
});

test("no more than some are kept", async () => {
    const kept = new Map<number, SessionKey>();
    const inMemory: SessionKeyShelf = {
        load: async () => [...kept.values()],
        replace: async (_, added, removed) => {
            kept.set(added.madeUnixMs, added);
            for (const { madeUnixMs } of removed) kept.delete(madeUnixMs);
        },
    };
    for (let count = 0; count < SESSION_KEYS_MAX + 3; count++, nowMs++) await start(inMemory).present();
    expect(kept.size).toBe(SESSION_KEYS_MAX);
    expect(kept.has(START_MS)).toBe(false);
});

test("a browser that keeps nothing is told of once, and one talks all the same", async () => {
    const keys = start(indexedDbKeyShelf(undefined));
    expect(await keys.present()).toHaveLength(1);
    nowMs += SESSION_KEY_DAY_MS;
    expect(await keys.present()).toHaveLength(2);
    expect(failures).toEqual(["there is no IndexedDB here"]);
});

test("what isn't a key in storage is left out", async () => {
    const factory = new IDBFactory();
    const here = indexedDbKeyShelf(factory);
    await start(here).present();
    const database = await new Promise<IDBDatabase>(resolve => {
        const request = factory.open("chatlock-keys", 1);
        request.onsuccess = () => resolve(request.result);
    });
    const store = database.transaction("session-keys", "readwrite").objectStore("session-keys");
    store.put({ identity: toHex(identity.fingerprint), madeUnixMs: 5, point: "no" });
    await new Promise(resolve => (store.transaction.oncomplete = resolve));
    database.close();
    nowMs += 1;
    expect(madeOf(await start(here).present())).toEqual([START_MS + 1, START_MS]);
});

test("a bug isn't taken for a full disk", async () => {
    const broken = { ...noShelf, load: () => Promise.reject(new TypeError("bug")) };
    await expect(start(broken).present()).rejects.toThrow("bug");
});
