import { beforeEach, describe, expect, test } from "vitest";
import { create, toJson } from "@bufbuild/protobuf";
import { IDS_REMEMBERED, type ConversationCipher } from "../../src/conversations/conversationCipher";
import { toPlaintext } from "../../src/conversations/messageBody";
import { PeerCipher } from "../../src/conversations/peerCipher";
import { receiptOf } from "../../src/conversations/receipt";
import { RoomCipher } from "../../src/conversations/roomCipher";
import { SenderKeys, SENDERS_CACHED } from "../../src/conversations/senderKeys";
import { suiteInfoNamed, suiteInfoOf } from "../../src/conversations/suiteInfo";
import { unreadableSentence } from "../../src/conversations/unreadable";
import { wireTimeMs } from "../../src/conversations/wireTime";
import { generateAgreementKey } from "../../src/crypto/agreement";
import { bytes as vectorBytes } from "../vectors";
import { decodeEnvelope } from "../../src/wire/frames";
import { EnvelopeSchema, MemberSchema, type Member } from "../../src/wire/generated/chatlock_pb";
import { opened, randomBytes, ScriptedPerson, toolsOf } from "../client/support/scriptedPerson";
import { lobbyInfo } from "../client/support/scriptedServer";

const SECRET = new Uint8Array(32).fill(7);
const OTHER_SECRET = new Uint8Array(32).fill(8);

let alice: ScriptedPerson;
let bob: ScriptedPerson;

beforeEach(async () => {
    [alice, bob] = [
        await ScriptedPerson.called("alice", lobbyInfo(SECRET)),
        await ScriptedPerson.called("bob", lobbyInfo(SECRET)),
    ];
});

function inRoom(person: ScriptedPerson, secret = SECRET, suite = 2): RoomCipher {
    const cipher = new RoomCipher(toolsOf(person.identity), "lobby");
    cipher.enter(lobbyInfo(secret, suite));
    return cipher;
}

async function between(sender: ScriptedPerson, receiver: ScriptedPerson): Promise<PeerCipher> {
    const cipher = new PeerCipher(toolsOf(sender.identity), receiver.key);
    cipher.enter([sender.session]);
    await meet(cipher, receiver.whole);
    return cipher;
}

/** Whether it is the key that was known already. */
async function meet(cipher: PeerCipher, member: Member): Promise<boolean> {
    const checked = await cipher.check(member);
    if (checked.is !== "good") throw new Error(checked.is);
    return cipher.meet(checked.theirs);
}

const seal = async (cipher: ConversationCipher, text: string, suite = 2, isAction = false) =>
    (await cipher.seal(toPlaintext({ text, isAction }), suite)).envelope;

describe.each([
    ["sealed", 2],
    ["classic", 1],
])("%s", (_, suite) => {
    test("a post is read as it was said", async () => {
        const envelope = await seal(inRoom(alice, SECRET, suite), "waves", suite, true);
        const result = await opened(inRoom(bob, SECRET, suite), alice.public, envelope);
        expect(result).toMatchObject({
            is: "read",
            content: { is: "text", body: { text: "waves", isAction: true } },
            trace: { way: "room", suite: { id: suite } },
        });
    });

    test("a private message is read by its receiver, and the inspector walks through both ends", async () => {
        const sent = await (
            await between(alice, bob)
        ).seal(toPlaintext({ text: "psst", isAction: false }), suite);
        const result = await opened(await between(bob, alice), alice.public, sent.envelope);
        expect(result).toMatchObject({ is: "read", content: { body: { text: "psst" } } });
        if (result.is !== "read") return;
        expect((await sent.suite.explain(sent)).sections.length).toBeGreaterThan(0);
        expect((await result.trace.suite.explain(result.trace)).sections.length).toBeGreaterThan(0);
    });
});

test("a message under somebody else's name is a gap and not text", async () => {
    const envelope = await seal(inRoom(alice), "I am bob");
    expect(await opened(inRoom(bob), bob.public, envelope)).toMatchObject({ reason: "bad-signature" });
});

test("each changed byte of an envelope is noticed, unless it says the same in other bytes", async () => {
    const whole = await seal(inRoom(alice), "hello");
    const fields = JSON.stringify(toJson(EnvelopeSchema, decodeEnvelope(whole)!));
    for (let at = 0; at < whole.length; at++) {
        const changed = Uint8Array.from(whole);
        changed[at]! ^= 1;
        const envelope = decodeEnvelope(changed);
        const isSame = envelope && JSON.stringify(toJson(EnvelopeSchema, envelope)) === fields;
        const { is } = await opened(inRoom(bob), alice.public, changed);
        expect(is, `byte ${at}`).toBe(isSame ? "read" : "gap");
    }
});

test("a replay is dropped whatever id it comes with", async () => {
    const [receiver, envelope] = [inRoom(bob), await seal(inRoom(alice), "hello")];
    expect((await opened(receiver, alice.public, envelope)).is).toBe("read");
    expect((await opened(receiver, alice.public, envelope)).is).toBe("replay");
});

test("a message that was encrypted again after a broken connection is known by its id", async () => {
    const [sender, receiver, id] = [inRoom(alice), inRoom(bob), randomBytes(16)];
    expect((await opened(receiver, alice.public, await seal(sender, "once"), id)).is).toBe("read");
    expect((await opened(receiver, alice.public, await seal(sender, "once"), id)).is).toBe("replay");
    expect((await opened(receiver, bob.public, await seal(inRoom(bob), "mine"), id)).is).toBe("read");
});

test("ids of long ago are forgotten", async () => {
    const [sender, receiver, first] = [inRoom(alice), inRoom(bob), randomBytes(16)];
    await opened(receiver, alice.public, await seal(sender, "first"), first);
    for (let count = 0; count < IDS_REMEMBERED; count++)
        await opened(receiver, alice.public, await seal(sender, "more"));
    expect((await opened(receiver, alice.public, await seal(sender, "again"), first)).is).toBe("read");
}, 30_000);

test.each([
    ["in another suite than the room's", "wrong-suite", () => inRoom(alice, SECRET, 1)],
    ["under another secret", "cannot-decrypt", () => inRoom(alice, OTHER_SECRET)],
])("a post %s is a gap", async (_, reason, sender) => {
    const envelope = await seal(sender(), "hello");
    expect(await opened(inRoom(bob), alice.public, envelope)).toMatchObject({ is: "gap", reason });
});

test("a post cannot be passed off as a private message, nor a receipt as a post", async () => {
    const envelope = await seal(inRoom(alice), "to all");
    expect(await opened(await between(bob, alice), alice.public, envelope)).toMatchObject({
        reason: "bad-signature",
    });
    const receipt = await inRoom(alice).seal(receiptOf(["ab".repeat(16)]), 2);
    expect(await opened(inRoom(bob), alice.public, receipt.envelope)).toMatchObject({
        is: "gap",
        reason: "malformed",
    });
});

test.each(["", "ff", "0802", "08e707", "120100"])("bytes that are no envelope are a gap: %j", async hex => {
    expect((await opened(inRoom(bob), alice.public, vectorBytes(hex))).is).toBe("gap");
});

test("a member without a key, and a message without an id, are gaps", async () => {
    const envelope = await seal(inRoom(alice), "x");
    const nobody = create(MemberSchema);
    expect(await opened(inRoom(bob), nobody, envelope)).toMatchObject({ reason: "malformed" });
    expect(await opened(inRoom(bob), alice.public, envelope, randomBytes(15))).toMatchObject({
        reason: "malformed",
    });
});

test("what was sealed to the last session's key is still read, and to one before it no more", async () => {
    const envelope = await seal(await between(alice, bob), "under way");
    const receiver = new PeerCipher(toolsOf(bob.identity), alice.key);
    receiver.enter([await generateAgreementKey(), bob.session]);
    expect(await opened(receiver, alice.public, envelope)).toMatchObject({ is: "read" });
    const later = new PeerCipher(toolsOf(bob.identity), alice.key);
    later.enter([await generateAgreementKey(), await generateAgreementKey()]);
    expect(await opened(later, alice.public, envelope)).toMatchObject({ reason: "cannot-decrypt" });
});

test("a session key that its owner did not sign is not used", async () => {
    const cipher = new PeerCipher(toolsOf(alice.identity), bob.key);
    const swapped: Member = { ...bob.whole, sessionKey: alice.session.point };
    for (const member of [swapped, alice.whole, create(MemberSchema)])
        expect(await cipher.check(member)).toEqual({ is: "unsigned" });
    expect(await meet(cipher, bob.whole)).toBe(false);
    expect(await meet(cipher, bob.whole)).toBe(true);
});

test("a session key that is older than one that was seen is not used, and a newer one is", async () => {
    const cipher = new PeerCipher(toolsOf(alice.identity), bob.key);
    const later = await bob.reconnected(lobbyInfo());
    expect(await meet(cipher, later.whole)).toBe(false);
    expect(await cipher.check(bob.whole)).toEqual({ is: "older" });
    const latest = await later.reconnected(lobbyInfo());
    expect(await meet(cipher, latest.whole)).toBe(false);
    // Its time is signed: an old key can't be passed off as a new one.
    const dated = { ...later.whole, sessionKeyMadeUnixMs: 99n };
    expect(await cipher.check(dated)).toEqual({ is: "unsigned" });
});

test.each([
    [2, SECRET, 2, SECRET, "same"],
    [2, SECRET, 2, OTHER_SECRET, "rekeyed"],
    [2, SECRET, 1, SECRET, "weaker"],
    [1, SECRET, 2, SECRET, "rekeyed"],
    [2, SECRET, 99, SECRET, "unusable"],
    [2, SECRET, 2, new Uint8Array(31), "unusable"],
])("a room that is not what it was is noticed: %#", (suite, secret, newSuite, newSecret, change) => {
    const room = new RoomCipher(toolsOf(alice.identity), "lobby");
    expect(room.enter(lobbyInfo(secret, suite))).toBe(suite === 1 ? "weaker" : "same");
    expect(room.enter(lobbyInfo(newSecret, newSuite))).toBe(change);
});

test("a new session has a new salt and counts from 1", async () => {
    const room = inRoom(alice);
    const [first, second] = [await room.seal(vectorBytes("61"), 2), await room.seal(vectorBytes("61"), 2)];
    room.enter(lobbyInfo(SECRET));
    const third = await room.seal(vectorBytes("61"), 2);
    expect([first, second, third].map(trace => trace.header.counter)).toEqual([1n, 2n, 1n]);
    expect(first.header.salt).toEqual(second.header.salt);
    expect(third.header.salt).not.toEqual(first.header.salt);
});

test("no more senders' keys are kept than the bound, and any bytes are answered", async () => {
    const senders = new SenderKeys();
    const key = await senders.get(alice.identity.point);
    expect(await senders.get(alice.identity.point)).toBe(key);
    for (let number = 0; number < SENDERS_CACHED; number++)
        expect(await senders.get(Uint8Array.of(number >> 8, number & 0xff))).toBeUndefined();
    expect(await senders.get(alice.identity.point)).not.toBe(key);
});

test("suites, gaps and times are told in words and numbers that hold", () => {
    expect(suiteInfoOf(2)).toEqual({ id: 2, name: "sealed", label: "sealed", insecure: false });
    expect(suiteInfoOf(77)).toEqual({ id: 77, name: "suite 77", label: "UNKNOWN", insecure: true });
    expect(suiteInfoNamed("CLASSIC")?.insecure).toBe(true);
    const reasons = [
        "bad-signature",
        "cannot-decrypt",
        "malformed",
        "unknown-suite",
        "wrong-suite",
        "not-text",
    ];
    const sentences = reasons.flatMap(reason =>
        [true, false].map(isPrivate => unreadableSentence(reason as "malformed", isPrivate)),
    );
    expect(new Set(sentences).size).toBe(7);
    for (const sentence of sentences) expect(sentence).toContain("not shown");
    for (const ms of [0n, -1n, 2n ** 63n - 1n, -(2n ** 63n)])
        expect(Number.isNaN(new Date(wireTimeMs(ms)).getTime())).toBe(false);
});
