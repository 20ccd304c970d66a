import { describe, expect, test } from "vitest";
import { toBigInt, toHex } from "../../src/crypto/bytes";
import { generateAgreementKey } from "../../src/crypto/keys";
import { sha256 } from "../../src/crypto/sha256";
import { classic, classicRoomKey } from "../../src/suites/classic";
import type { MessageTrace } from "../../src/suites/contract";
import { encryptBlocks, encryptEcb } from "../../src/suites/desEcb";
import { explainBlocks } from "../../src/suites/explainBlocks";
import type { Explanation, Row } from "../../src/suites/explanation";
import { ExplanationBuilder } from "../../src/suites/explanationBuilder";
import { sealed, sealedRoomKey } from "../../src/suites/sealed";
import { headerBytes, signedBytes } from "../../src/suites/signedBytes";
import { each, kinds, random, Talk, text } from "./talk";

const PLAINTEXT = text("\u001b]0;owned\u0007 ✓ explained");

describe.each(each)("a message explained: $name, $kind", ({ suite, kind }) => {
    test("shows all it was made of, in four sections", async () => {
        const talk = await Talk.of(suite);
        const header = talk.header(kind);
        const message = await talk.seal(header, PLAINTEXT);
        const explained = await suite.explain(talk.trace(header, message));
        expect(explained.sections.map(section => section.title.split(":")[0])).toEqual([
            "Header",
            "Key",
            "Encryption",
            "Signature",
        ]);
        const hash = await sha256(signedBytes(headerBytes(suite.id, header), message.ciphertext));
        const { target, sender, salt } = header;
        for (const bytes of [target, sender, salt, hash, talk.alice.point.slice(1, 33), PLAINTEXT])
            expect(hexOf(explained)).toContain(toHex(bytes));
        expect(row(explained, "r")).toMatchObject({ bytes: message.signature.slice(0, 32) });
        expect(row(explained, "s")).toMatchObject({ bytes: message.signature.slice(32) });
        expect(row(explained, "counter")).toMatchObject({ text: "7, as 8 bytes" });
        expect(row(explained, "context")).toMatchObject({ text: `"ChatLock v1 ${kind}" 00` });
        expect(lastRow(explained)).toEqual({
            kind: "verdict",
            label: "verdict",
            text: "verifies: the holder of this key signed exactly these bytes",
            good: true,
        });
    });

    test("that isn't its sender's is not decrypted, and says so", async () => {
        const talk = await Talk.of(suite);
        const message = await talk.seal(talk.header(kind), PLAINTEXT);
        const explained = await suite.explain(talk.trace(talk.header(kind, 8n), message));
        expect(explained.sections.map(section => section.title.split(":")[0])).toEqual([
            "Header",
            "Signature",
        ]);
        expect(lastRow(explained)).toMatchObject({
            text: "DOES NOT VERIFY: this message is not its sender's. Nothing was decrypted.",
            good: false,
        });
        expect(wordsOf(explained)).not.toContain("plaintext");
        expect(hexOf(explained)).not.toContain(toHex(PLAINTEXT));
    });

    test("with a signature of any length is explained", async () => {
        const talk = await Talk.of(suite);
        const header = talk.header(kind);
        const message = await talk.seal(header, PLAINTEXT);
        const long = await suite.explain(talk.trace(header, { ...message, signature: new Uint8Array(300) }));
        expect(row(long, "signature")).toMatchObject({ kind: "hex", bytes: new Uint8Array(300) });
        const none = await suite.explain(talk.trace(header, { ...message, signature: new Uint8Array() }));
        expect(row(none, "signature")).toEqual({ kind: "text", label: "signature", text: "(none)" });
    });

    test("that is malformed ends after its header", async () => {
        const talk = await Talk.of(suite);
        const message = await talk.seal(talk.header(kind), PLAINTEXT);
        const explained = await suite.explain(
            talk.trace({ ...talk.header(kind), salt: new Uint8Array(3) }, message),
        );
        expect(explained.sections).toHaveLength(1);
        expect(lastRow(explained)).toMatchObject({
            text: "MALFORMED: a field has a wrong length or the counter is 0. Nothing was computed.",
            good: false,
        });
    });

    test("says INSECURE if it is, and only then", async () => {
        const talk = await Talk.of(suite);
        const header = talk.header(kind);
        const explained = await suite.explain(talk.trace(header, await talk.seal(header, PLAINTEXT)));
        expect(wordsOf(explained).includes("INSECURE")).toBe(suite.insecure);
        expect(explained.sections.some(section => section.insecure)).toBe(suite.insecure);
    });
});

test.each(kinds)("the sealed suite shows neither secret nor key, %s", async kind => {
    const talk = await Talk.of(sealed);
    const header = talk.header(kind);
    const explained = await sealed.explain(talk.trace(header, await talk.seal(header, PLAINTEXT)));
    const everything = hexOf(explained) + wordsOf(explained);
    expect(everything).not.toContain(toHex(talk.secret.subarray(0, 8)));
    expect(wordsOf(explained)).toMatch(/key\n16 bytes, not shown; its SHA-256 begins [0-9a-f]{16}\n/);
    if (kind === "private") return;
    const key = await sealedRoomKey(talk.secret, header);
    expect(everything).not.toContain(toHex(key.subarray(0, 8)));
    expect(wordsOf(explained)).toContain(`begins ${toHex((await sha256(key)).subarray(0, 8))}`);
    expect(row(explained, "nonce")).toMatchObject({ bytes: Uint8Array.of(...new Uint8Array(11), 7) });
});

test("a sealed message's ciphertext and tag are shown apart", async () => {
    const talk = await Talk.of(sealed);
    const header = talk.header("post");
    const message = await talk.seal(header, PLAINTEXT);
    const explained = await sealed.explain(talk.trace(header, message));
    expect(row(explained, "tag")).toMatchObject({ bytes: message.ciphertext.slice(-16) });
    expect(row(explained, "ciphertext")).toMatchObject({ text: `${PLAINTEXT.length} bytes` });
    expect(hexOf(explained)).toContain(toHex(message.ciphertext.slice(0, -16)));
});

test.each([classic, sealed])("the sender of a private message is told that the key is gone", async suite => {
    const talk = await Talk.of(suite);
    const header = talk.header("private");
    const message = await talk.seal(header, PLAINTEXT);
    const { bobSession: recipient, alice: sender } = talk;
    const trace: MessageTrace = {
        ...{ suite, header, message, sender, envelope: new Uint8Array() },
        ...{ way: "to-peer", recipient, plaintext: PLAINTEXT },
    };
    const explained = await suite.explain(trace);
    expect(wordsOf(explained)).toContain("not even the sender can");
    expect(wordsOf(explained)).not.toContain("the tag fits:");
    expect(hexOf(explained)).toContain(toHex(PLAINTEXT));
    expect(hexOf(explained)).toContain(toHex(recipient.point.slice(1, 33)));
    expect(row(explained, "DES key")).toBeUndefined();
    expect(lastRow(explained)).toMatchObject({ good: true });
});

test("a sealed message that can't be read says so", async () => {
    const talk = await Talk.of(sealed);
    const [post, toBob] = [talk.header("post"), talk.header("private")];
    const posted = talk.trace(post, await talk.seal(post, PLAINTEXT));
    const sent = talk.trace(toBob, await talk.seal(toBob, PLAINTEXT));
    const broken = talk.trace(toBob, await talk.signAnything(toBob, Uint8Array.of(4, 5, 6)));
    for (const trace of [
        { ...posted, way: "room" as const, secret: random(32) },
        { ...sent, way: "from-peer" as const, own: await generateAgreementKey() },
        broken,
    ]) {
        const explained = await sealed.explain(trace);
        expect(wordsOf(explained)).toContain("CANNOT BE READ: the tag doesn't fit the key at hand");
        expect(wordsOf(explained)).not.toContain("plaintext");
        expect(lastRow(explained)).toMatchObject({ good: true }); // rightly signed all the same
    }
});

describe("the classic suite's lesson", () => {
    test.each(kinds)("shows its key, the first block's way and the signature's, %s", async kind => {
        const talk = await Talk.of(classic);
        const header = talk.header(kind);
        const message = await talk.seal(header, text("attack! attack! at dawn"));
        const explained = await classic.explain(talk.trace(header, message));
        const blocks = kind === "post" ? message.ciphertext : message.ciphertext.slice(65);

        const des = row(explained, "block 1");
        if (des?.kind !== "des") throw new Error("no trace of DES");
        expect(row(explained, "DES key")).toMatchObject({ kind: "hex" });
        expect(des.trace.input).toBe(toBigInt(text("attack! ")));
        expect(des.trace.output).toBe(toBigInt(blocks.slice(0, 8)));
        const key = row(explained, "DES key");
        expect(key?.kind === "hex" && toBigInt(key.bytes)).toBe(des.trace.key);

        const ecdsa = rowsOf(explained).find(row => row.kind === "ecdsa");
        expect(ecdsa?.kind === "ecdsa" && ecdsa.trace.verdict).toBe("valid");
        expect(ecdsa?.label).toContain("INSECURE");
        expect(hexOf(explained)).not.toContain(toHex(talk.secret));
    });

    test("lists every block, pointing at equal ones", async () => {
        const words = await lessonOf("attack! attack! at dawn");
        expect(words).toContain(
            "Message of 23 bytes, padded with 1 zero byte: 3 blocks, each on its own (ECB)",
        );
        expect(words).toMatch(/block 1\n61747461636B2120 \|attack! \| -> [0-9A-F]{16}\n/);
        expect(words).toMatch(
            /block 2\n61747461636B2120 \|attack! \| -> [0-9A-F]{16} {2}the same as block 1: ECB shows it\n/,
        );
        expect(words).toMatch(/block 3\n6174206461776E00 \|at dawn\.\| -> [0-9A-F]{16}\n/);
    });

    test("has no block for the empty message, and no padding where none is needed", async () => {
        expect(await lessonOf("")).toContain("Message of 0 bytes: no block, and an empty ciphertext");
        expect(await lessonOf("8 bytes.")).toContain(
            "Message of 8 bytes, no padding: 1 block, each on its own (ECB)",
        );
    });

    test("counts the blocks beyond the first 65", async () => {
        const words = await lessonOf("x".repeat(8 * 70));
        expect(words).toContain("block 65\n");
        expect(words).not.toContain("block 66\n");
        expect(words).toContain("and 5 more");
    });

    test("calls a ciphertext that isn't whole blocks unreadable", async () => {
        const talk = await Talk.of(classic);
        const header = talk.header("post");
        const explained = await classic.explain(
            talk.trace(header, await talk.signAnything(header, random(9))),
        );
        expect(wordsOf(explained)).toContain("CANNOT BE READ: the ciphertext isn't whole blocks of 8 bytes");
    });

    test("calls a ciphertext that is longer than its text a mismatch", async () => {
        const talk = await Talk.of(classic);
        const header = talk.header("post");
        const key = await classicRoomKey(talk.secret, header.target);
        const longer = encryptBlocks(key, Uint8Array.of(...text("8 bytes."), ...new Uint8Array(8)));
        const message = await talk.signAnything(header, longer);
        expect(await talk.open(header, message)).toEqual({ ok: true, plaintext: text("8 bytes.") });
        const words = wordsOf(await classic.explain(talk.trace(header, message)));
        expect(words).toContain("MISMATCH: the ciphertext has 16 bytes");
        expect(words).not.toContain("block 1");
    });

    test("points at the block that isn't this key's", () => {
        const [key, plaintext] = [random(8), text("hello, world")];
        const ciphertext = encryptEcb(key, plaintext);
        ciphertext.set([ciphertext[15]! ^ 1], 15);
        const lines = new ExplanationBuilder();
        lines.step("Encryption");
        explainBlocks(lines, key, plaintext, ciphertext);
        expect(wordsOf(lines.build())).toMatch(/block 1\n68656C6C6F2C2077 \|hello, w\| -> [0-9A-F]{16}\n/);
        expect(wordsOf(lines.build())).toMatch(
            /block 2\n.* -> [0-9A-F]{16} {2}MISMATCH, not this key's ciphertext$/,
        );
    });

    async function lessonOf(content: string): Promise<string> {
        const talk = await Talk.of(classic);
        const header = talk.header("post");
        return wordsOf(await classic.explain(talk.trace(header, await talk.seal(header, text(content)))));
    }
});

function rowsOf(explanation: Explanation): Row[] {
    return explanation.sections.flatMap(section => section.rows);
}

function row(explanation: Explanation, label: string): Row | undefined {
    return rowsOf(explanation).find(row => row.label === label);
}

function lastRow(explanation: Explanation): Row | undefined {
    return rowsOf(explanation).at(-1);
}

/** All bytes that are shown, one row a line. */
function hexOf(explanation: Explanation): string {
    return rowsOf(explanation)
        .map(row => (row.kind === "hex" || row.kind === "dump" ? toHex(row.bytes) : ""))
        .join("\n");
}

/** All words that are shown: titles, labels, texts, each on its line. */
function wordsOf(explanation: Explanation): string {
    return explanation.sections
        .flatMap(section => [
            section.title,
            ...section.rows.flatMap(row => [row.label, "text" in row ? row.text : ""]),
        ])
        .join("\n");
}
