/**
 * An identity as a file under a passphrase: PBKDF2-SHA256, then AES-256-GCM over the private key as PKCS#8 (RFC 8018,
 * SP 800-38D). Everything beside the ciphertext is authenticated with it. The file is JSON; its `check` is a plain SHA-256
 * that tells a damaged file from a wrong passphrase, nothing more.
 */

import { gcmOpen, gcmSeal, importGcmKey, NONCE_LENGTH } from "../crypto/aesGcm";
import { equal, toHex, utf8 } from "../crypto/bytes";
import { pointOf } from "../crypto/agreement";
import { refused, subtle } from "../crypto/platform";
import { sha256 } from "../crypto/sha256";
import type { Bytes } from "../suites/contract";
import {
    type BackupFailure,
    type BackupFields,
    checkInput,
    FILE_BYTES_MAX,
    formatBackup,
    headerOf,
    parseBackup,
    SALT_LENGTH,
} from "./backupFile";

/** What OWASP asks of PBKDF2-SHA256. */
export const ITERATIONS = 600_000;

const P256 = { name: "ECDSA", namedCurve: "P-256" };
const KEY_BYTES = 32;

/** A private key that can still be read out: of the tab in which it was made or imported. */
export interface BackupHandle {
    /**
     * The file's text.
     * @param passphrase any text but the empty one; compared in NFKC. @throws RangeError for the empty one.
     */
    export(passphrase: string): Promise<string>;
}

export type BackupRead =
    | { readonly ok: true; readonly privateKey: CryptoKey; readonly point: Bytes }
    | { readonly ok: false; readonly failure: BackupFailure };

/** @param privateKey extractable, ECDSA on P-256. @param point its public half. */
export function backupHandle(privateKey: CryptoKey, point: Bytes): BackupHandle {
    return { export: passphrase => writeBackup(privateKey, point, passphrase) };
}

/** Opens a file that `export` wrote. Its size and its iterations are checked before any work is done for it. */
export async function readBackup(file: Blob, passphrase: string): Promise<BackupRead> {
    if (file.size > FILE_BYTES_MAX) return { ok: false, failure: "too-large" };
    const parsed = parseBackup(await file.text());
    if (!parsed.ok) return parsed;
    const { fields } = parsed;
    if (!equal(fields.check, await checkOf(fields))) return { ok: false, failure: "damaged" };
    const key = await keyOf(passphrase, fields);
    const pkcs8 = await gcmOpen(key, fields.nonce, headerOf(fields), fields.ciphertext);
    if (pkcs8 === undefined) return { ok: false, failure: "wrong-passphrase" };
    const privateKey = await importPkcs8(pkcs8);
    pkcs8.fill(0);
    if (privateKey === undefined) return { ok: false, failure: "damaged" };
    const point = await pointOf(privateKey);
    return equal(await sha256(point), fields.fingerprint)
        ? { ok: true, privateKey, point }
        : { ok: false, failure: "damaged" };
}

async function writeBackup(privateKey: CryptoKey, point: Bytes, passphrase: string): Promise<string> {
    if (passphrase === "") throw new RangeError("a backup needs a passphrase");
    const header = {
        fingerprint: await sha256(point),
        iterations: ITERATIONS,
        salt: crypto.getRandomValues(new Uint8Array(SALT_LENGTH)),
        nonce: crypto.getRandomValues(new Uint8Array(NONCE_LENGTH)),
    };
    const pkcs8 = new Uint8Array(await subtle.exportKey("pkcs8", privateKey));
    const ciphertext = await gcmSeal(await keyOf(passphrase, header), header.nonce, headerOf(header), pkcs8);
    pkcs8.fill(0);
    return formatBackup({ ...header, ciphertext, check: await checkOf({ ...header, ciphertext }) });
}

async function keyOf(
    passphrase: string,
    { salt, iterations }: Pick<BackupFields, "salt" | "iterations">,
): Promise<CryptoKey> {
    const secret = await subtle.importKey("raw", utf8(passphrase.normalize("NFKC")), "PBKDF2", false, [
        "deriveBits",
    ]);
    const bits = await subtle.deriveBits(
        { name: "PBKDF2", hash: "SHA-256", salt, iterations },
        secret,
        8 * KEY_BYTES,
    );
    return importGcmKey(new Uint8Array(bits));
}

function checkOf(fields: Omit<BackupFields, "check">): Promise<Bytes> {
    return sha256(checkInput(fields));
}

async function importPkcs8(pkcs8: Bytes): Promise<CryptoKey | undefined> {
    try {
        return await subtle.importKey("pkcs8", pkcs8, P256, true, ["sign"]);
    } catch (error) {
        if (refused(error, "DataError")) return undefined;
        throw error;
    }
}

/** For a suggested file name: the first 8 digits of the fingerprint tell two files apart. */
export function backupFileName(fingerprint: Bytes): string {
    return `chatlock-identity-${toHex(fingerprint.subarray(0, 4))}.json`;
}
