import { IDBFactory } from "fake-indexeddb";
import { expect, test } from "vitest";
import { openIdentity, replaceIdentity } from "../../src/identity/identity";
import { indexedDbIdentityStore } from "../../src/identity/indexedDbStore";
import { openRaw } from "./rawDatabase";

test("without IndexedDB the answer is unavailable", async () => {
    expect(await openIdentity(indexedDbIdentityStore(undefined))).toEqual({
        ok: false,
        failure: "unavailable",
    });
});

test("a browser that refuses to be asked is unavailable", async () => {
    const factory = factoryWith(() => {
        throw new DOMException("denied", "SecurityError");
    });
    expect(await openIdentity(indexedDbIdentityStore(factory))).toEqual({
        ok: false,
        failure: "unavailable",
    });
});

test("any other exception of the platform is a bug and isn't swallowed", async () => {
    const factory = factoryWith(() => {
        throw new TypeError("bug");
    });
    await expect(openIdentity(indexedDbIdentityStore(factory))).rejects.toThrow("bug");
});

test("a database of a later page is told as such, not as empty", async () => {
    const factory = new IDBFactory();
    (await openRaw(factory, 2)).close();
    expect(await openIdentity(indexedDbIdentityStore(factory))).toEqual({
        ok: false,
        failure: "newer-version",
    });
});

test.each([
    ["QuotaExceededError", "full"],
    ["UnknownError", "unavailable"],
    ["NotReadableError", "corrupt"],
])("an opening that fails with %s is %s", async (name, failure) => {
    const request = fakeRequest();
    const answer = openIdentity(indexedDbIdentityStore(factoryWith(() => request)));
    Object.assign(request, { error: new DOMException("failed", name) });
    request.onerror?.(new Event("error"));
    expect(await answer).toEqual({ ok: false, failure });
});

test("an opening that another tab blocks is answered, and closed when it comes through after all", async () => {
    const request = fakeRequest();
    const answer = openIdentity(indexedDbIdentityStore(factoryWith(() => request)));
    request.onblocked?.(new Event("blocked") as IDBVersionChangeEvent);
    expect(await answer).toEqual({ ok: false, failure: "blocked" });
    let isClosed = false;
    Object.assign(request, { result: { close: () => (isClosed = true) } });
    request.onsuccess?.(new Event("success"));
    expect(isClosed).toBe(true);
});

test("a browser that can't keep keys is unavailable, not a crash", async () => {
    const clone = globalThis.structuredClone;
    globalThis.structuredClone = () => {
        throw new DOMException("no keys here", "DataCloneError");
    };
    try {
        const store = indexedDbIdentityStore(new IDBFactory());
        expect(await openIdentity(store)).toEqual({ ok: false, failure: "unavailable" });
        expect(await replaceIdentity(store)).toEqual({ ok: false, failure: "unavailable" });
    } finally {
        globalThis.structuredClone = clone;
    }
});

function factoryWith(open: () => IDBOpenDBRequest): IDBFactory {
    return Object.assign(Object.create(null) as IDBFactory, { open });
}

function fakeRequest(): IDBOpenDBRequest {
    return Object.create(null) as IDBOpenDBRequest;
}
