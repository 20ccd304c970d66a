import { describe, expect, test } from "vitest";
import { agreementKeyFromScalar, importAgreementPoint } from "../../src/crypto/agreement";
import { toHex } from "../../src/crypto/bytes";
import { importVerifyingKey } from "../../src/crypto/keys";
import { sha256 } from "../../src/crypto/sha256";
import { classicCipher } from "../../src/suites/classic";
import type { MessageHeader, MessageKind, Opened, Suite } from "../../src/suites/contract";
import { suiteByName } from "../../src/suites/list";
import { sealedCipher } from "../../src/suites/sealed";
import type { Cipher } from "../../src/suites/signed";
import { headerBytes, isWellFormed, signedBytes } from "../../src/suites/signedBytes";
import { signingKeyFromScalar } from "../crypto/scalars";
import { bytes, passed, readJson } from "../vectors";

/** One message as its receiver sees it, and the answer it must give: vectors/suites/README.md. */
interface SuiteVector {
    readonly comment: string;
    readonly kind: MessageKind;
    readonly expected: "genuine" | "bad_signature" | "cannot_decrypt" | "malformed";
    readonly room_name?: string;
    readonly room_secret?: string;
    readonly recipient_point?: string;
    readonly session_private_key?: string;
    readonly session_point?: string;
    readonly one_time_private_key?: string;
    readonly sender_private_key: string;
    readonly sender_point: string;
    readonly target: string;
    readonly sender: string;
    readonly salt: string;
    readonly counter: string;
    readonly plaintext?: string;
    readonly signed_bytes: string;
    readonly ciphertext: string;
    readonly signature: string;
}

interface SuiteVectorFile {
    readonly suite: number;
    readonly name: string;
    readonly messages: readonly SuiteVector[];
}

describe.each([
    { name: "classic", cipher: classicCipher, genuine: 14, refused: 19 },
    { name: "sealed", cipher: sealedCipher, genuine: 14, refused: 21 },
])("the vectors of $name", ({ name, cipher, genuine, refused }) => {
    test("every message is answered as it says, and made again where the file allows", async () => {
        const file = readJson<SuiteVectorFile>(`suites/${name}.json`);
        const suite = suiteByName(name);
        if (suite === undefined) throw new Error(`no suite ${name}`);
        expect([file.suite, file.name]).toEqual([suite.id, suite.name]);
        const counts = { genuine: 0, refused: 0, remade: 0 };
        for (const vector of file.messages) {
            await checkAnswer(suite, vector);
            if (vector.expected !== "genuine") counts.refused++;
            else {
                counts.genuine++;
                await checkRemaking(suite, cipher, vector);
                counts.remade++;
            }
        }
        expect(counts).toEqual({ genuine, refused, remade: genuine });
        passed(`suites/${name}.json`, counts.genuine + counts.refused, genuine + refused);
    });
});

async function checkAnswer(suite: Suite, vector: SuiteVector): Promise<void> {
    const what = `${vector.kind}, ${vector.comment}`;
    const opened = await open(suite, vector);
    const answer = opened.ok ? "genuine" : opened.failure.replace("-", "_");
    expect(answer, what).toBe(vector.expected);
    expect(opened.ok ? toHex(opened.plaintext) : "", what).toBe(vector.plaintext ?? "");
    const header = headerOf(vector);
    if (!isWellFormed(header)) return;
    const signed = signedBytes(headerBytes(suite.id, header), bytes(vector.ciphertext));
    expect(toHex(signed), what).toBe(vector.signed_bytes);
}

async function open(suite: Suite, vector: SuiteVector): Promise<Opened> {
    const sender = await importVerifyingKey(bytes(vector.sender_point));
    if (sender === undefined) throw new Error("the sender's point isn't one");
    const message = { ciphertext: bytes(vector.ciphertext), signature: bytes(vector.signature) };
    const header = headerOf(vector);
    if (vector.kind === "post")
        return suite.openFromRoom(bytes(vector.room_secret ?? ""), sender, header, message);
    const own = await agreementKeyFromScalar(bytes(vector.session_private_key ?? ""));
    return suite.openFromPeer(own, sender, header, message);
}

async function checkRemaking(suite: Suite, cipher: Cipher, vector: SuiteVector): Promise<void> {
    const sender = await signingKeyFromScalar(bytes(vector.sender_private_key));
    expect(toHex(sender.point)).toBe(vector.sender_point);
    expect(toHex(sender.fingerprint)).toBe(vector.sender);
    const [header, plaintext] = [headerOf(vector), bytes(vector.plaintext ?? "")];
    if (vector.kind === "post") {
        expect(toHex(await sha256(new TextEncoder().encode(vector.room_name)))).toBe(vector.target);
        const secret = bytes(vector.room_secret ?? "");
        const message = await suite.sealForRoom(secret, sender, header, plaintext);
        expect(toHex(message.ciphertext), vector.comment).toBe(vector.ciphertext);
        return;
    }
    const oneTime = await agreementKeyFromScalar(bytes(vector.one_time_private_key ?? ""));
    const session = await importAgreementPoint(bytes(vector.session_point ?? ""));
    if (session === undefined) throw new Error("the session's point isn't one");
    const aad = headerBytes(suite.id, header);
    const ciphertext = await cipher.encryptForPeer(session, aad, plaintext, oneTime);
    expect(toHex(ciphertext), vector.comment).toBe(vector.ciphertext);
    expect(toHex(await sha256(bytes(vector.recipient_point ?? "")))).toBe(vector.target);
}

function headerOf(vector: SuiteVector): MessageHeader {
    return {
        kind: vector.kind,
        target: bytes(vector.target),
        sender: bytes(vector.sender),
        salt: bytes(vector.salt),
        counter: BigInt(vector.counter),
    };
}
