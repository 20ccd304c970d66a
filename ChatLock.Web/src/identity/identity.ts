/**
 * One's own identity key, across visits. The stored private key can't be read out; the tab in which it was made or imported
 * can still write a backup of it, until it is reloaded. Where one was stored and can't be read, none is made instead.
 */

import { equal, utf8 } from "../crypto/bytes";
import type { SigningKey } from "../crypto/keys";
import { subtle } from "../crypto/platform";
import { signingKeyOf } from "../crypto/signing";
import type { Bytes } from "../suites/contract";
import { type BackupHandle, backupHandle, readBackup } from "./backup";
import type { BackupFailure } from "./backupFile";
import type { IdentityStore, StoreAnswer, StoredIdentity, StoreFailure } from "./identityStore";

export interface OpenIdentity {
    readonly ok: true;
    readonly identity: SigningKey;
    /** SHA-256 of the point, 32 bytes. */
    readonly fingerprint: Bytes;
    /** Whether it was made or imported just now. */
    readonly isNew: boolean;
    readonly canExport: boolean;
    /** There exactly when `canExport`. */
    readonly backup?: BackupHandle;
}

export type IdentityAnswer = OpenIdentity | { readonly ok: false; readonly failure: StoreFailure };

const P256 = { name: "ECDSA", namedCurve: "P-256" };

/** The stored identity, or a new one if there never was any. */
export async function openIdentity(store: IdentityStore): Promise<IdentityAnswer> {
    const loaded = await store.load();
    if (!loaded.ok) return loaded;
    if (loaded.value !== undefined) return reopened(loaded.value);
    const made = await createPair();
    const added = await store.add(made.stored);
    if (!added.ok) return added;
    return equal(added.value.point, made.stored.point) ? opened(made) : reopened(added.value);
}

/** A new identity in the place of whatever is stored: the old one is lost unless it was backed up. */
export async function replaceIdentity(store: IdentityStore): Promise<IdentityAnswer> {
    return put(store, await createPair());
}

/** The identity of a backup file, in the place of whatever is stored. */
export async function importIdentity(
    store: IdentityStore,
    file: Blob,
    passphrase: string,
): Promise<IdentityAnswer | { readonly ok: false; readonly failure: BackupFailure }> {
    const read = await readBackup(file, passphrase);
    return read.ok ? put(store, await pairOf(read.privateKey, read.point)) : read;
}

export function deleteIdentity(store: IdentityStore): Promise<StoreAnswer<undefined>> {
    return store.delete();
}

interface Pair {
    readonly stored: StoredIdentity;
    readonly backup: BackupHandle;
}

async function createPair(): Promise<Pair> {
    const pair = await subtle.generateKey(P256, true, ["sign", "verify"]);
    const point = new Uint8Array(await subtle.exportKey("raw", pair.publicKey));
    return pairOf(pair.privateKey, point);
}

async function pairOf(extractable: CryptoKey, point: Bytes): Promise<Pair> {
    const pkcs8 = new Uint8Array(await subtle.exportKey("pkcs8", extractable));
    const privateKey = await subtle.importKey("pkcs8", pkcs8, P256, false, ["sign"]);
    pkcs8.fill(0);
    return { stored: { point, privateKey }, backup: backupHandle(extractable, point) };
}

async function put(store: IdentityStore, pair: Pair): Promise<IdentityAnswer> {
    const replaced = await store.replace(pair.stored);
    return replaced.ok ? opened(pair) : replaced;
}

async function opened({ stored, backup }: Pair): Promise<OpenIdentity> {
    const identity = await identityOf(stored);
    const { fingerprint } = identity;
    return { ok: true, identity, fingerprint, isNew: true, canExport: true, backup };
}

async function reopened(stored: StoredIdentity): Promise<IdentityAnswer> {
    const identity = await identityOf(stored);
    const probe = utf8("ChatLock: do the two halves belong together?");
    if (!(await identity.verify(probe, await identity.sign(probe)))) return { ok: false, failure: "corrupt" };
    return { ok: true, identity, fingerprint: identity.fingerprint, isNew: false, canExport: false };
}

async function identityOf({ point, privateKey }: StoredIdentity): Promise<SigningKey> {
    const publicKey = await subtle.importKey("raw", point, P256, true, ["verify"]);
    return signingKeyOf({ publicKey, privateKey });
}
