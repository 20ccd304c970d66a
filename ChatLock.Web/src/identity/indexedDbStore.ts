/** An identity in the browser's IndexedDB. Each call opens the database and closes it again, so tabs don't block each other. */

import {
    fromRecord,
    type IdentityStore,
    type StoreAnswer,
    type StoredIdentity,
    type StoreFailure,
    toRecord,
} from "./identityStore";

const DATABASE = "chatlock";
const DATABASE_VERSION = 1;
const STORE = "identity";
const KEY = "own";

/** @param factory undefined where there is no IndexedDB: every answer is `unavailable` then. */
export function indexedDbIdentityStore(
    factory: IDBFactory | undefined = globalThis.indexedDB,
): IdentityStore {
    return {
        load: () =>
            transact(factory, "readonly", (store, resolve) => {
                const found = store.get(KEY);
                found.onsuccess = () =>
                    resolve(found.result === undefined ? done(undefined) : fromRecord(found.result));
            }),
        add: identity =>
            transact<StoredIdentity>(factory, "readwrite", (store, resolve) => {
                const found = store.get(KEY);
                found.onsuccess = () => {
                    if (found.result !== undefined) resolve(fromRecord(found.result));
                    else put(store, identity, () => resolve(done(identity)));
                };
            }),
        replace: identity =>
            transact(factory, "readwrite", (store, resolve) => {
                put(store, identity, () => resolve(done(undefined)));
            }),
        delete: () =>
            transact(factory, "readwrite", (store, resolve) => {
                store.delete(KEY).onsuccess = () => resolve(done(undefined));
            }),
    };
}

function done<T>(value: T): StoreAnswer<T> {
    return { ok: true, value };
}

function put(store: IDBObjectStore, identity: StoredIdentity, whenStored: () => void): void {
    try {
        store.put(toRecord(identity), KEY).onsuccess = whenStored;
    } catch (error) {
        // Some browsers don't store keys in a private window.
        if (!(error instanceof DOMException && error.name === "DataCloneError")) throw error;
        store.transaction.abort();
    }
}

/** The answer counts when the transaction is complete: what is told to be stored is stored. */
async function transact<T>(
    factory: IDBFactory | undefined,
    mode: IDBTransactionMode,
    ask: (store: IDBObjectStore, resolve: (answer: StoreAnswer<T>) => void) => void,
): Promise<StoreAnswer<T>> {
    const opened = await openDatabase(factory);
    if (!opened.ok) return opened;
    const database = opened.value;
    try {
        return await new Promise(resolve => {
            let answer: StoreAnswer<T> = { ok: false, failure: "unavailable" };
            const transaction = database.transaction(STORE, mode, { durability: "strict" });
            transaction.oncomplete = () => resolve(answer);
            transaction.onabort = () => resolve({ ok: false, failure: failureOf(transaction.error) });
            ask(transaction.objectStore(STORE), result => (answer = result));
        });
    } finally {
        database.close();
    }
}

function openDatabase(factory: IDBFactory | undefined): Promise<StoreAnswer<IDBDatabase>> {
    return new Promise(resolve => {
        const request = requestOpen(factory);
        if (request === undefined) return resolve({ ok: false, failure: "unavailable" });
        let isAnswered = false;
        const answer = (result: StoreAnswer<IDBDatabase>): void => {
            isAnswered = true;
            resolve(result);
        };
        request.onupgradeneeded = () => request.result.createObjectStore(STORE);
        request.onblocked = () => answer({ ok: false, failure: "blocked" });
        request.onerror = () => answer({ ok: false, failure: failureOf(request.error) });
        request.onsuccess = () => {
            // Unblocked too late for whoever asked.
            if (isAnswered) request.result.close();
            else answer(done(request.result));
        };
    });
}

function requestOpen(factory: IDBFactory | undefined): IDBOpenDBRequest | undefined {
    try {
        return factory?.open(DATABASE, DATABASE_VERSION);
    } catch (error) {
        // Where the page may not store anything, asking already throws.
        if (error instanceof DOMException && error.name === "SecurityError") return undefined;
        throw error;
    }
}

function failureOf(error: DOMException | null): StoreFailure {
    switch (error?.name) {
        case "VersionError":
            return "newer-version";
        case "QuotaExceededError":
            return "full";
        // The record is there and can't be read back.
        case "DataError":
        case "DataCloneError":
        case "NotReadableError":
            return "corrupt";
        default:
            return "unavailable";
    }
}
