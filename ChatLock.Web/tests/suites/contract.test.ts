import { describe, expect, test } from "vitest";
import { equal } from "../../src/crypto/bytes";
import { generateAgreementKey } from "../../src/crypto/keys";
import type { MessageHeader, Opened, OpenFailure } from "../../src/suites/contract";
import { suiteById, suiteByName, suites } from "../../src/suites/list";
import { ReplayGuard } from "../../src/suites/replayGuard";
import { each, flips, random, room, Talk, text } from "./talk";

const PLAINTEXT = text("The lobby's at 8, n'est-ce pas? ✓");

/** What every suite in the list keeps to, in a room and privately. */
describe.each(each)("$name, $kind", ({ suite, kind }) => {
    test("a message of any length comes back as it was", async () => {
        const talk = await Talk.of(suite);
        for (const length of [0, 1, 7, 8, 9, 15, 16, 17, 16 * 1024]) {
            const plaintext = Uint8Array.from({ length }, (_, i) => (i % 255) + 1);
            const header = talk.header(kind);
            const opened = await talk.open(header, await talk.seal(header, plaintext));
            expect(opened.ok && equal(opened.plaintext, plaintext), `${length} bytes`).toBe(true);
        }
    });

    test("any content under any counter comes back as it was", async () => {
        const talk = await Talk.of(suite);
        for (let i = 0; i < 50; i++) {
            const content = Uint8Array.of(...random(i), 1 + (i % 255));
            const [high = 0n] = new BigUint64Array(random(8).buffer);
            const header = talk.header(kind, i === 0 ? (1n << 64n) - 1n : high | 1n);
            const opened = await talk.open(header, await talk.seal(header, content));
            expect(opened).toEqual({ ok: true, plaintext: content });
        }
    });

    test("each flipped bit of the header is refused", async () => {
        const talk = await Talk.of(suite);
        const header = talk.header(kind);
        const message = await talk.seal(header, PLAINTEXT);
        const flipped: MessageHeader[] = [
            ...flips(header.target).map(target => ({ ...header, target })),
            ...flips(header.sender).map(sender => ({ ...header, sender })),
            ...flips(header.salt).map(salt => ({ ...header, salt })),
            ...Array.from({ length: 64 }, (_, bit) => ({ ...header, counter: 7n ^ (1n << BigInt(bit)) })),
        ];
        expect(flipped).toHaveLength(8 * (32 + 32 + 16 + 8));
        for (const other of flipped) expectRefused("bad-signature", await talk.open(other, message));
        expect((await talk.open(header, message)).ok).toBe(true);
    });

    test("each flipped bit of ciphertext and signature is refused", async () => {
        const talk = await Talk.of(suite);
        const header = talk.header(kind);
        const message = await talk.seal(header, PLAINTEXT);
        for (const ciphertext of flips(message.ciphertext))
            expectRefused("bad-signature", await talk.open(header, { ...message, ciphertext }));
        for (const signature of flips(message.signature))
            expectRefused("bad-signature", await talk.open(header, { ...message, signature }));
    });

    test("a message cut or lengthened anywhere is refused", async () => {
        const talk = await Talk.of(suite);
        const header = talk.header(kind);
        const message = await talk.seal(header, PLAINTEXT);
        const { ciphertext, signature } = message;
        const others = [
            ...cuts(ciphertext).map(cut => ({ ciphertext: cut, signature })),
            ...cuts(signature).map(cut => ({ ciphertext, signature: cut })),
            { ciphertext: Uint8Array.of(...ciphertext, 0), signature },
            { ciphertext, signature: Uint8Array.of(...signature, 0) },
            { ciphertext, signature: Uint8Array.of(...signature, ...signature) },
        ];
        for (const other of others) expectRefused("bad-signature", await talk.open(header, other));
    });

    test("another sender's key is refused, whoever the header names", async () => {
        const talk = await Talk.of(suite);
        const header = talk.header(kind);
        const message = await talk.seal(header, PLAINTEXT);
        const asBob = { ...header, sender: talk.bob.fingerprint };
        expectRefused("bad-signature", await talk.open(header, message, talk.bob));
        expectRefused("bad-signature", await talk.open(asBob, message, talk.bob));
        expectRefused("bad-signature", await talk.open(asBob, message));
    });

    test("a header that names another than the signer is refused even if signed", async () => {
        const talk = await Talk.of(suite);
        const asBob = { ...talk.header(kind), sender: talk.bob.fingerprint };
        const { ciphertext } = await talk.seal(talk.header(kind), PLAINTEXT);
        expectRefused("bad-signature", await talk.open(asBob, await talk.signAnything(asBob, ciphertext)));
    });

    test("a message to another room or receiver is refused", async () => {
        const talk = await Talk.of(suite);
        const header = talk.header(kind);
        const target = kind === "post" ? await room("garden") : talk.alice.fingerprint;
        const elsewhere = { ...header, target };
        expectRefused("bad-signature", await talk.open(elsewhere, await talk.seal(header, PLAINTEXT)));
        expectRefused("bad-signature", await talk.open(header, await talk.seal(elsewhere, PLAINTEXT)));
    });

    test("a message of the other kind is refused, and the wrong door is misuse", async () => {
        const talk = await Talk.of(suite);
        const header = talk.header(kind);
        const other: MessageHeader = { ...header, kind: kind === "post" ? "private" : "post" };
        const message = await talk.seal(header, PLAINTEXT);
        expectRefused("bad-signature", await talk.open(other, message));
        const wrongDoor =
            kind === "post"
                ? suite.openFromPeer(talk.bobSession, talk.alice, header, message)
                : suite.openFromRoom(talk.secret, talk.alice, header, message);
        await expect(wrongDoor).rejects.toThrow(TypeError);
    });

    test("a message under another suite's number is refused", async () => {
        const talk = await Talk.of(suite);
        const header = talk.header(kind);
        const message = await talk.seal(header, PLAINTEXT);
        const others = suites.filter(other => other.id !== suite.id);
        expect(others).not.toHaveLength(0);
        for (const other of others)
            expectRefused("bad-signature", await talk.open(header, message, talk.alice, other));
    });

    test("a replay is refused", async () => {
        const talk = await Talk.of(suite);
        const guard = new ReplayGuard();
        const admit = async (counter: bigint) => {
            const header = talk.header(kind, counter);
            const message = await talk.seal(header, PLAINTEXT);
            return guard.admitOpened(await talk.open(header, message), header);
        };
        expect((await admit(1n)).ok).toBe(true);
        expect((await admit(2n)).ok).toBe(true);
        expect(await admit(2n)).toEqual({ ok: false, failure: "replayed" });
        expect(await admit(1n)).toEqual({ ok: false, failure: "replayed" });
    });

    test("a header out of shape is malformed when received and misuse when sent", async () => {
        const talk = await Talk.of(suite);
        const header = talk.header(kind);
        const message = await talk.seal(header, PLAINTEXT);
        const malformed: MessageHeader[] = [
            { ...header, target: header.target.subarray(1) },
            { ...header, sender: header.sender.subarray(1) },
            { ...header, salt: header.salt.subarray(1) },
            { ...header, salt: new Uint8Array(17) },
            { ...header, salt: new Uint8Array() },
            { ...header, counter: 0n },
            { ...header, counter: -1n },
            { ...header, counter: 1n << 64n },
        ];
        for (const bad of malformed) {
            expectRefused("malformed", await talk.open(bad, message));
            await expect(talk.seal(bad, PLAINTEXT)).rejects.toThrow(TypeError);
        }
    });

    test("nobody seals in another's name", async () => {
        const talk = await Talk.of(suite);
        const asBob = { ...talk.header(kind), sender: talk.bob.fingerprint };
        await expect(talk.seal(asBob, PLAINTEXT)).rejects.toThrow(TypeError);
    });

    test("whoever lacks the secret or the session key can't read a rightly signed message", async () => {
        const talk = await Talk.of(suite);
        const header = talk.header(kind);
        const message = await talk.seal(header, PLAINTEXT);
        const opened =
            kind === "post"
                ? await suite.openFromRoom(random(32), talk.alice, header, message)
                : await suite.openFromPeer(await generateAgreementKey(), talk.alice, header, message);
        // A suite without authenticated encryption doesn't notice; that is one of the ways in which it is insecure.
        if (suite.insecure) expect(opened.ok && equal(opened.plaintext, PLAINTEXT)).toBe(false);
        else expectRefused("cannot-decrypt", opened);
    });

    test("whatever a sender signs is answered and explained, and never throws", async () => {
        const talk = await Talk.of(suite);
        const header = talk.header(kind);
        for (let length = 0; length < 120; length++) {
            const message = await talk.signAnything(header, random(length));
            const opened = await talk.open(header, message);
            if (!suite.insecure) expectRefused("cannot-decrypt", opened);
            if (length % 20 < 2) await suite.explain(talk.trace(header, message));
        }
    });

    test("equal texts look alike only in a room of an insecure suite", async () => {
        const talk = await Talk.of(suite);
        const one = await talk.seal(talk.header(kind, 1n), PLAINTEXT);
        const two = await talk.seal(talk.header(kind, 2n), PLAINTEXT);
        expect(equal(one.ciphertext, two.ciphertext)).toBe(suite.insecure && kind === "post");
    });
});

test("suites are found by number and by name, and no others", () => {
    for (const suite of suites) {
        expect(suiteById(suite.id)).toBe(suite);
        expect(suiteByName(suite.name)).toBe(suite);
    }
    for (const id of [0, 3, -1, 1.5, 0x10001, 0x10002, 0xffffffff, NaN])
        expect(suiteById(id)).toBeUndefined();
    for (const name of ["", "SEALED", "mls", "constructor"]) expect(suiteByName(name)).toBeUndefined();
});

test("the suites are numbered, named and labelled as documented", () => {
    expect(suites.map(({ id, name, label, insecure }) => [id, name, label, insecure])).toEqual([
        [1, "classic", "INSECURE", true],
        [2, "sealed", "sealed", false],
    ]);
});

function expectRefused(failure: OpenFailure, opened: Opened): void {
    expect(opened).toEqual({ ok: false, failure });
}

/** From nothing to all but the last byte. */
function cuts(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer>[] {
    return Array.from(bytes, (_, length) => bytes.slice(0, length));
}
