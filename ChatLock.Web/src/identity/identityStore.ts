/** Where an identity is kept between visits. What can go wrong is an answer, and none of it looks like "nothing stored". */

import { isPoint } from "../crypto/p256";
import type { Bytes } from "../suites/contract";

export type StoreFailure =
    /** No storage here, or the browser refuses it (a private window, a setting). */
    | "unavailable"
    /** Another tab holds it open at another version. */
    | "blocked"
    /** Something is stored, and it isn't a key pair that works. */
    | "corrupt"
    /** Written by a later version of this page. */
    | "newer-version"
    /** The browser gives no more room. */
    | "full";

export type StoreAnswer<T> =
    { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: StoreFailure };

export interface StoredIdentity {
    /** 65 bytes. */
    readonly point: Bytes;
    /** ECDSA on P-256, not extractable. */
    readonly privateKey: CryptoKey;
}

export interface IdentityStore {
    /** Undefined when nothing was ever stored, or it was deleted. */
    load(): Promise<StoreAnswer<StoredIdentity | undefined>>;
    /** Stores unless there is one already, and answers with the one that is there: two tabs end with the same. */
    add(identity: StoredIdentity): Promise<StoreAnswer<StoredIdentity>>;
    /** Stores in the place of whatever is there, readable or not. */
    replace(identity: StoredIdentity): Promise<StoreAnswer<undefined>>;
    delete(): Promise<StoreAnswer<undefined>>;
}

/** Keeps an identity as long as the page: for when storage is unavailable, and for tests. */
export function memoryIdentityStore(): IdentityStore {
    let stored: StoredIdentity | undefined;
    return {
        load: async () => ({ ok: true, value: stored }),
        add: async identity => ({ ok: true, value: (stored ??= identity) }),
        replace: async identity => {
            stored = identity;
            return { ok: true, value: undefined };
        },
        delete: async () => {
            stored = undefined;
            return { ok: true, value: undefined };
        },
    };
}

const RECORD_VERSION = 1;

/** What is stored, as structured clones: a CryptoKey is stored without its bytes being readable. */
export function toRecord(identity: StoredIdentity): object {
    return { version: RECORD_VERSION, point: identity.point, privateKey: identity.privateKey };
}

/** Whatever was found in the place of a record. */
export function fromRecord(record: unknown): StoreAnswer<StoredIdentity> {
    if (typeof record !== "object" || record === null) return { ok: false, failure: "corrupt" };
    const { version, point, privateKey }: Readonly<Record<string, unknown>> = { ...record };
    if (typeof version === "number" && version > RECORD_VERSION)
        return { ok: false, failure: "newer-version" };
    return version === RECORD_VERSION && isOwnPoint(point) && isPrivateKey(privateKey)
        ? { ok: true, value: { point, privateKey } }
        : { ok: false, failure: "corrupt" };
}

function isOwnPoint(value: unknown): value is Bytes {
    return value instanceof Uint8Array && value.buffer instanceof ArrayBuffer && isPoint(value);
}

function isPrivateKey(value: unknown): value is CryptoKey {
    if (!(value instanceof CryptoKey)) return false;
    const algorithm: KeyAlgorithm & { namedCurve?: unknown } = value.algorithm;
    return (
        value.type === "private" &&
        !value.extractable &&
        value.usages.includes("sign") &&
        algorithm.name === "ECDSA" &&
        algorithm.namedCurve === "P-256"
    );
}
