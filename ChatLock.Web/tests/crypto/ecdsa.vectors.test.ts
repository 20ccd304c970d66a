import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { concat, utf8 } from "../../src/crypto/bytes";
import { importVerifyingKey } from "../../src/crypto/keys";
import { subtle } from "../../src/crypto/platform";
import { type SignedHash, verifySignature } from "../../src/crypto/signing";
import { traceSignature } from "../../src/lab/ecdsa";
import type { Bytes } from "../../src/suites/contract";
import { bytes, cavp, passed, readJson, wycheproof } from "../vectors";

type Group = { publicKey: { uncompressed: string }; sha: SignedHash };
type Test = { msg: string; sig: string };

test("Wycheproof's SHA-256 signatures are judged as it says, through the door that messages take", async () => {
    let run = 0;
    for (const { group, test } of wycheproof<Group, Test>(sha256File)) {
        const key = await importVerifyingKey(bytes(group.publicKey.uncompressed));
        if (key === undefined) throw new Error("Wycheproof's point is refused");
        expect(await key.verify(bytes(test.msg), bytes(test.sig)), `tcId ${test.tcId}`).toBe(
            test.result === "valid",
        );
        run++;
    }
    passed(sha256File, run, 208);
});

/** By the book is slow, and slower on a busy machine. */
const labMs = 600_000;

test("the lab's arithmetic judges Wycheproof's SHA-256 signatures the same", { timeout: labMs }, () => {
    const verdicts = { valid: 0, mismatch: 0, "out-of-range": 0, "not-on-curve": 0 };
    for (const { group, test } of wycheproof<Group, Test>(sha256File)) {
        const signature = bytes(test.sig);
        if (signature.length !== 64) continue;
        const hash = hashOf("SHA-256", bytes(test.msg));
        const { verdict } = traceSignature(bytes(group.publicKey.uncompressed), hash, signature);
        expect(verdict === "valid", `tcId ${test.tcId}`).toBe(test.result === "valid");
        verdicts[verdict]++;
    }
    expect(verdicts.valid).toBeGreaterThan(100);
    expect(verdicts.mismatch).toBeGreaterThan(5);
    expect(verdicts["out-of-range"]).toBeGreaterThan(20);
});

test("Wycheproof's SHA-512 signatures are judged as it says", async () => {
    let run = 0;
    for (const { group, test } of wycheproof<Group, Test>(sha512File)) {
        const verified = await verify(
            group.sha,
            bytes(group.publicKey.uncompressed),
            bytes(test.msg),
            bytes(test.sig),
        );
        expect(verified, `tcId ${test.tcId}`).toBe(test.result === "valid");
        run++;
    }
    passed(sha512File, run, 264);
});

test.each(["SigVer.rsp", "SigGen.txt"])("NIST's signatures of %s are judged as it says", async file => {
    let run = 0;
    for (const record of cavp(`nist-p256/${file}`)) {
        const point = concat(Uint8Array.of(0x04), record.bytes("Qx"), record.bytes("Qy"));
        const signature = concat(record.bytes("R"), record.bytes("S"));
        const hash = record.section.split(",")[1] ?? "";
        const isValid = !record.has("Result") || record.text("Result").startsWith("P");
        expect(await verify(hash, point, record.bytes("Msg"), signature)).toBe(isValid);
        run++;
    }
    passed(`nist-p256/${file}`, run, 75);
});

test("RFC 6979's signatures verify and none does over another message", async () => {
    type Vector = Record<"message" | "hash" | "r" | "s", string>;
    const file = readJson<{ public_x: string; public_y: string; tests: Vector[] }>("rfc6979/p256.json");
    const point = concat(Uint8Array.of(0x04), bytes(file.public_x), bytes(file.public_y));
    for (const { message, hash, r, s } of file.tests) {
        const [data, signature] = [utf8(message), bytes(r + s)];
        expect(await verify(hash, point, data, signature), `${message}, ${hash}`).toBe(true);
        expect(await verify(hash, point, utf8(`${message}\0`), signature)).toBe(false);
        const traced = traceSignature(point, hashOf(hash, data), signature);
        expect(traced.verdict, `${message}, ${hash}`).toBe("valid");
    }
    passed("rfc6979/p256.json", file.tests.length, 11);
});

const sha256File = "wycheproof/ecdsa_secp256r1_sha256_p1363_test.json";
const sha512File = "wycheproof/ecdsa_secp256r1_sha512_p1363_test.json";

/** By the platform; by the lab for SHA-224, which no browser has. */
async function verify(hash: string, point: Bytes, data: Bytes, signature: Bytes): Promise<boolean> {
    if ((await importVerifyingKey(point)) === undefined) return false;
    if (hash === "SHA-224") return traceSignature(point, hashOf(hash, data), signature).verdict === "valid";
    const P256 = { name: "ECDSA", namedCurve: "P-256" };
    const key = await subtle.importKey("raw", point, P256, true, ["verify"]);
    return verifySignature(key, hash as SignedHash, data, signature);
}

function hashOf(name: string, data: Bytes): Bytes {
    return Uint8Array.from(createHash(name.replace("-", "").toLowerCase()).update(data).digest());
}
