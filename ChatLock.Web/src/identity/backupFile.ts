/** The text of a backup file, version 1: fields in, fields out. Whoever made the file may have made anything. */

import { NONCE_LENGTH, TAG_LENGTH } from "../crypto/aesGcm";
import { fromBase64, toBase64 } from "../crypto/base64";
import { concat, fromHex, toHex, uint64, utf8 } from "../crypto/bytes";
import type { Bytes } from "../suites/contract";

/** Longest file that is looked at, in bytes. */
export const FILE_BYTES_MAX = 16 * 1024;
/** Most work that a file can ask for. */
export const ITERATIONS_MAX = 10_000_000;
/** Least that this version ever wrote. */
export const ITERATIONS_MIN = 600_000;
export const SALT_LENGTH = 16;

const FORMAT = "chatlock-identity";
const VERSION = 1;
const KDF = "PBKDF2-SHA256";
const CIPHER = "AES-256-GCM";
const HASH_LENGTH = 32;

export type BackupFailure =
    | "too-large"
    /** Not such a file, or changed, or asking for more work than is done. */
    | "damaged"
    /** Written by a later version. */
    | "unsupported-version"
    | "wrong-passphrase";

export interface BackupFields {
    readonly fingerprint: Bytes;
    readonly iterations: number;
    readonly salt: Bytes;
    readonly nonce: Bytes;
    /** PKCS#8 and the tag. */
    readonly ciphertext: Bytes;
    /** SHA-256 of `checkInput`. */
    readonly check: Bytes;
}

/** What is authenticated with the ciphertext. All parts have a fixed length. */
export function headerOf(fields: Pick<BackupFields, "fingerprint" | "iterations" | "salt">): Bytes {
    const label = utf8(`${FORMAT} ${VERSION}\0`);
    return concat(label, fields.fingerprint, uint64(BigInt(fields.iterations)), fields.salt);
}

export function checkInput(fields: Omit<BackupFields, "check">): Bytes {
    return concat(headerOf(fields), fields.nonce, fields.ciphertext);
}

export function formatBackup(fields: BackupFields): string {
    const file = {
        format: FORMAT,
        version: VERSION,
        fingerprint: toHex(fields.fingerprint),
        kdf: KDF,
        iterations: fields.iterations,
        salt: toBase64(fields.salt),
        cipher: CIPHER,
        nonce: toBase64(fields.nonce),
        ciphertext: toBase64(fields.ciphertext),
        check: toHex(fields.check),
    };
    return `${JSON.stringify(file, undefined, 2)}\n`;
}

export type Parsed =
    | { readonly ok: true; readonly fields: BackupFields }
    | { readonly ok: false; readonly failure: "damaged" | "unsupported-version" };

/** The fields, each of its length and within its bounds. */
export function parseBackup(text: string): Parsed {
    const file = parseObject(text);
    if (file?.["format"] !== FORMAT) return { ok: false, failure: "damaged" };
    if (file["version"] !== VERSION)
        return {
            ok: false,
            failure: typeof file["version"] === "number" ? "unsupported-version" : "damaged",
        };
    if (file["kdf"] !== KDF || file["cipher"] !== CIPHER) return { ok: false, failure: "damaged" };
    const iterations = iterationsOf(file["iterations"]);
    const fingerprint = sized(decode(fromHex, file["fingerprint"]), HASH_LENGTH);
    const salt = sized(decode(fromBase64, file["salt"]), SALT_LENGTH);
    const nonce = sized(decode(fromBase64, file["nonce"]), NONCE_LENGTH);
    const ciphertext = decode(fromBase64, file["ciphertext"]);
    const check = sized(decode(fromHex, file["check"]), HASH_LENGTH);
    return iterations && fingerprint && salt && nonce && ciphertext && check && ciphertext.length > TAG_LENGTH
        ? { ok: true, fields: { fingerprint, iterations, salt, nonce, ciphertext, check } }
        : { ok: false, failure: "damaged" };
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
    try {
        const value: unknown = JSON.parse(text);
        return typeof value === "object" && value !== null ? { ...value } : undefined;
    } catch (error) {
        if (error instanceof SyntaxError) return undefined;
        throw error;
    }
}

function iterationsOf(value: unknown): number | undefined {
    const isWithin =
        typeof value === "number" &&
        Number.isInteger(value) &&
        value >= ITERATIONS_MIN &&
        value <= ITERATIONS_MAX;
    return isWithin ? value : undefined;
}

function decode(from: (text: string) => Bytes | undefined, value: unknown): Bytes | undefined {
    return typeof value === "string" ? from(value) : undefined;
}

function sized(bytes: Bytes | undefined, length: number): Bytes | undefined {
    return bytes?.length === length ? bytes : undefined;
}
