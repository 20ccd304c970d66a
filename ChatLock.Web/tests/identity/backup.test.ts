import { beforeAll, describe, expect, test, vi } from "vitest";
import { equal } from "../../src/crypto/bytes";
import { subtle } from "../../src/crypto/platform";
import { sha256 } from "../../src/crypto/sha256";
import { backupFileName, backupHandle, readBackup } from "../../src/identity/backup";
import { checkInput, formatBackup, parseBackup } from "../../src/identity/backupFile";
import type { Bytes } from "../../src/suites/contract";

type Fields = Record<string, unknown>;

const PASSPHRASE = "grüße aus dem Keller";
const P256 = { name: "ECDSA", namedCurve: "P-256" };

let point: Bytes;
let text: string;

beforeAll(async () => {
    const pair = await subtle.generateKey(P256, true, ["sign", "verify"]);
    point = new Uint8Array(await subtle.exportKey("raw", pair.publicKey));
    text = await backupHandle(pair.privateKey, point).export(PASSPHRASE);
});

test("a backup comes back under its passphrase, with the key that signs as before", async () => {
    const read = await readBackup(new Blob([text]), PASSPHRASE);
    if (!read.ok) throw new Error(read.failure);
    expect(equal(read.point, point)).toBe(true);
    const signature = await subtle.sign({ name: "ECDSA", hash: "SHA-256" }, read.privateKey, point);
    const publicKey = await subtle.importKey("raw", point, P256, true, ["verify"]);
    expect(await subtle.verify({ name: "ECDSA", hash: "SHA-256" }, publicKey, signature, point)).toBe(true);
});

test("the same passphrase typed in another Unicode form is the same passphrase", async () => {
    expect(PASSPHRASE.normalize("NFD")).not.toBe(PASSPHRASE);
    expect(await readBackup(new Blob([text]), PASSPHRASE.normalize("NFD"))).toMatchObject({ ok: true });
});

test.each(["", "Grüße aus dem Keller", "grüße aus dem Keller "])(
    "the passphrase %j is the wrong one",
    async passphrase => {
        expect(await readBackup(new Blob([text]), passphrase)).toEqual({
            ok: false,
            failure: "wrong-passphrase",
        });
    },
);

test("a file holds neither the key in the clear nor fewer iterations than 600,000", () => {
    const file = JSON.parse(text) as Fields;
    expect(file["iterations"]).toBeGreaterThanOrEqual(600_000);
    expect(Object.keys(file).sort()).toEqual(
        ["check", "cipher", "ciphertext", "fingerprint", "format", "iterations", "kdf", "nonce", "salt", "version"], // prettier-ignore
    );
});

test("an export without a passphrase is misuse", async () => {
    const pair = await subtle.generateKey(P256, true, ["sign", "verify"]);
    await expect(backupHandle(pair.privateKey, point).export("")).rejects.toThrow(RangeError);
});

describe("a damaged file is called damaged, whatever is damaged in it", () => {
    test.each<[string, (file: Fields) => void]>([
        ["format", file => (file["format"] = "chatlock")],
        ["version", file => (file["version"] = "1")],
        ["no version", file => delete file["version"]],
        ["kdf", file => (file["kdf"] = "scrypt")],
        ["cipher", file => (file["cipher"] = "AES-128-GCM")],
        ["fingerprint", file => (file["fingerprint"] = changed(file["fingerprint"]))],
        ["iterations", file => (file["iterations"] = 600_001)],
        ["salt", file => (file["salt"] = changed(file["salt"]))],
        ["short salt", file => (file["salt"] = "AAAA")],
        ["nonce", file => (file["nonce"] = changed(file["nonce"]))],
        ["no nonce", file => delete file["nonce"]],
        ["ciphertext", file => (file["ciphertext"] = changed(file["ciphertext"]))],
        ["ciphertext that isn't base64", file => (file["ciphertext"] = "%%%%")],
        ["ciphertext as a number", file => (file["ciphertext"] = 7)],
        ["check", file => (file["check"] = changed(file["check"]))],
    ])("%s", async (_, damage) => {
        const file = JSON.parse(text) as Fields;
        damage(file);
        expect(await answerTo(JSON.stringify(file))).toBe("damaged");
    });

    test.each(["", "{", "[]", "null", "7", '"chatlock-identity"', "\u0000"])("the text %j", async other => {
        expect(await answerTo(other)).toBe("damaged");
    });

    test("cut anywhere", async () => {
        for (let length = 0; length < text.length - 2; length += 7)
            expect(await answerTo(text.slice(0, length)), `${length}`).toBe("damaged");
    });
});

test("a file of a later version is told apart from a damaged one", async () => {
    const file = { ...(JSON.parse(text) as Fields), version: 2 };
    expect(await answerTo(JSON.stringify(file))).toBe("unsupported-version");
});

test("a file that asks for more or less work than is done is refused before any is done", async () => {
    const deriveBits = vi.spyOn(subtle, "deriveBits");
    for (const iterations of [1, 599_999, 10_000_001, 2 ** 53, 600_000.5, -600_000, "600000"]) {
        const file = { ...(JSON.parse(text) as Fields), iterations };
        expect(await answerTo(JSON.stringify(file)), `${iterations}`).toBe("damaged");
    }
    expect(deriveBits).not.toHaveBeenCalled();
    deriveBits.mockRestore();
});

test("a file above 16 KiB isn't read at all", async () => {
    const padding = " ".repeat(16 * 1024 - text.length);
    expect(await answerTo(text + padding, PASSPHRASE)).toBe("ok");
    expect(await answerTo(`${text + padding} `, PASSPHRASE)).toBe("too-large");
});

test("a fingerprint changed together with its check is still noticed", async () => {
    const parsed = parseBackup(text);
    if (!parsed.ok) throw new Error(parsed.failure);
    const fields = { ...parsed.fields, fingerprint: new Uint8Array(32) };
    const forged = formatBackup({ ...fields, check: await sha256(checkInput(fields)) });
    expect(await answerTo(forged, PASSPHRASE)).toBe("wrong-passphrase");
});

test("a file that says another fingerprint than its key has is damaged, even if rightly encrypted", async () => {
    const other = await subtle.generateKey(P256, true, ["sign", "verify"]);
    const lying = await backupHandle(other.privateKey, point).export(PASSPHRASE);
    expect(await answerTo(lying, PASSPHRASE)).toBe("damaged");
});

test("a file's name tells whose key it is", async () => {
    expect(backupFileName(new Uint8Array(32).fill(0xab))).toBe("chatlock-identity-abababab.json");
});

async function answerTo(file: string, passphrase = "any"): Promise<string> {
    const read = await readBackup(new Blob([file]), passphrase);
    return read.ok ? "ok" : read.failure;
}

/** Another text of the same length and alphabet. */
function changed(value: unknown): string {
    const before = String(value);
    return (before.startsWith("0") ? "1" : "0") + before.slice(1);
}
