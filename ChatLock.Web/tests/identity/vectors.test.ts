import { expect, test } from "vitest";
import { toHex } from "../../src/crypto/bytes";
import { importAgreementPoint, importVerifyingKey } from "../../src/crypto/keys";
import { POINT_LENGTH } from "../../src/crypto/p256";
import { fingerprintGroups, fingerprintOf, fingerprintWords } from "../../src/identity/fingerprint";
import { helloContext, sessionKeyContext } from "../../src/identity/keyProof";
import { signingKeyFromScalar } from "../crypto/scalars";
import { bytes, passed, readJson } from "../vectors";

/** vectors/identity/README.md says what the fields are. */

type Hello = Record<"comment" | "expected" | "name" | "nonce" | "server_id", string> &
    Record<"identity_private_key" | "identity_point" | "session_point", string> &
    Record<"context" | "signature" | "session_key_context" | "session_key_signature", string> & {
        readonly session_key_made_unix_ms: number;
    };

test("every hello is what the file says, and its signatures cover what the file says", async () => {
    const { hellos } = readJson<{ hellos: Hello[] }>("identity/proof.json");
    const counts: Record<string, number> = {};
    for (const hello of hellos) {
        expect(await judge(hello), hello.comment).toBe(hello.expected);
        counts[hello.expected] = (counts[hello.expected] ?? 0) + 1;
    }
    expect(counts).toEqual({ good: 6, "bad-proof": 14, "bad-key": 9 });
    passed("identity/proof.json", hellos.length, 29);
});

test("a good hello's signatures are made again by its key over the same bytes", async () => {
    const { hellos } = readJson<{ hellos: Hello[] }>("identity/proof.json");
    for (const hello of hellos.filter(({ expected }) => expected === "good")) {
        const identity = await signingKeyFromScalar(bytes(hello.identity_private_key));
        expect(toHex(identity.point)).toBe(hello.identity_point);
        const seen = await importVerifyingKey(bytes(hello.identity_point));
        const signature = await identity.sign(contextOf(hello));
        expect(await seen?.verify(bytes(hello.context), signature), hello.comment).toBe(true);
    }
});

test("every fingerprint is read as the file says", async () => {
    type Entry = { name: string; point?: string } & Record<"fingerprint" | "groups" | "words", string>;
    const { fingerprints } = readJson<{ fingerprints: Entry[] }>("identity/fingerprints.json");
    for (const { name, point, fingerprint, groups, words } of fingerprints) {
        if (point !== undefined) expect(toHex(await fingerprintOf(bytes(point))), name).toBe(fingerprint);
        expect(fingerprintGroups(bytes(fingerprint)), name).toBe(groups);
        expect((await fingerprintWords(bytes(fingerprint))).join(" "), name).toBe(words);
    }
    passed("identity/fingerprints.json", fingerprints.length, 30);
});

/** As a server does, and as a client does with a member's session key. */
async function judge(hello: Hello): Promise<string> {
    const sessionPoint = bytes(hello.session_point);
    if (sessionPoint.length !== POINT_LENGTH) expect(() => contextOf(hello)).toThrow(RangeError);
    else {
        expect(toHex(contextOf(hello)), hello.comment).toBe(hello.context);
        expect(toHex(vouchedOf(hello)), hello.comment).toBe(hello.session_key_context);
    }
    const identity = await importVerifyingKey(bytes(hello.identity_point));
    if (identity === undefined || (await importAgreementPoint(sessionPoint)) === undefined) return "bad-key";
    const isHolder = await identity.verify(contextOf(hello), bytes(hello.signature));
    const isVouchedFor = await identity.verify(vouchedOf(hello), bytes(hello.session_key_signature));
    return isHolder && isVouchedFor ? "good" : "bad-proof";
}

function contextOf(hello: Hello): Uint8Array<ArrayBuffer> {
    return helloContext(bytes(hello.nonce), bytes(hello.server_id), bytes(hello.session_point), hello.name);
}

const vouchedOf = (hello: Hello): Uint8Array<ArrayBuffer> =>
    sessionKeyContext(BigInt(hello.session_key_made_unix_ms), bytes(hello.session_point));
