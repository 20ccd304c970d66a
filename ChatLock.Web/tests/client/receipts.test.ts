import { beforeEach, expect, test } from "vitest";
import { receiptOf } from "../../src/conversations/receipt";
import { concat, toHex } from "../../src/crypto/bytes";
import { decodeEnvelope } from "../../src/wire/frames";
import { RefusalCode, type Member } from "../../src/wire/generated/chatlock_pb";
import { Scenario } from "./support/scenario";
import { randomBytes, ScriptedPerson } from "./support/scriptedPerson";
import { lobbyInfo, type Asked, type ScriptedSession } from "./support/scriptedServer";

let it: Scenario;
let session: ScriptedSession;
let you: Member;

beforeEach(async () => {
    it = await Scenario.make();
    ({ session, you } = await it.enter(it.bob.public));
});

/** What a receipt that the client sent names. */
async function idsOf(frame: Asked<"private">): Promise<readonly string[]> {
    const result = await it.bob.open(you, frame.envelope, frame.messageId);
    if (result.is !== "read" || result.content.is !== "receipt")
        throw new Error(`not a receipt: ${result.is}`);
    return result.content.ids;
}

async function sayAndAccept(text: string): Promise<{ localId: number; frame: Asked<"private"> }> {
    const localId = it.sayTo("bob", text);
    const frame = await session.read("private");
    session.accept(frame.ref);
    await it.next("sent");
    return { localId, frame };
}

async function meetBob(): Promise<{ localId: number; frame: Asked<"private"> }> {
    const localId = it.sayTo("bob", "first");
    session.roster((await session.read("who")).ref, [it.bob.whole]);
    const frame = await session.read("private");
    session.accept(frame.ref);
    await it.next("sent");
    return { localId, frame };
}

test("a private message that is shown is answered with a receipt, in its suite", async () => {
    const messageId = randomBytes(16);
    session.private(it.bob.public, await it.bob.to(you, "psst", 1), messageId);
    await it.next("message");
    session.roster((await session.read("who")).ref, [it.bob.whole]);
    const frame = await session.read("private");
    expect(toHex(frame.recipient)).toBe(it.bob.key);
    expect(decodeEnvelope(frame.envelope)!.suite).toBe(1);
    expect(frame.messageId).not.toEqual(messageId);
    expect(await idsOf(frame)).toEqual([toHex(messageId)]);
    session.accept(frame.ref);
    await it.rest();
    expect(it.all("sent")).toEqual([]);
});

test("receipts for several messages go together, one each half second", async () => {
    const ids = Array.from({ length: 5 }, () => randomBytes(16));
    for (const id of ids) session.private(it.bob.public, await it.bob.to(you, "psst"), id);
    await it.next("message", () => it.all("message").length === 5);
    session.roster((await session.read("who")).ref, [it.bob.whole]);
    const first = await idsOf(await session.read("private"));
    await it.rest();
    it.clock.advance(499);
    await it.rest();
    expect(session.asked.map(frame => frame.body.case)).toEqual([]);
    it.clock.advance(1);
    const named = first.length === 5 ? first : [...first, ...(await idsOf(await session.read("private")))];
    expect(named).toEqual(ids.map(toHex));
});

test("nothing that isn't shown is answered", async () => {
    const envelope = await it.bob.to(you, "once");
    const tampered = decodeEnvelope(envelope)!;
    session.post(it.bob.public, await it.bob.toLobby("to all"));
    session.private(it.bob.public, envelope.slice(0, -1));
    expect(tampered.suite).toBe(2);
    await it.next("unreadable");
    it.do({ type: "ignore", receiver: { name: "bob" }, isIgnored: true });
    session.private(it.bob.public, envelope);
    await it.rest(300);
    expect(session.asked).toEqual([]);
});

test("a receipt is not answered by a receipt, and a replay isn't answered twice", async () => {
    const { frame } = await meetBob();
    session.private(it.bob.public, await it.bob.to(you, receiptOf([toHex(frame.messageId)])));
    await it.next("delivered");
    const [envelope, id] = [await it.bob.to(you, "hi"), randomBytes(16)];
    session.private(it.bob.public, envelope, id);
    session.private(it.bob.public, envelope, id);
    await it.next("message");
    expect(await idsOf(await session.read("private"))).toEqual([toHex(id)]);
    it.clock.advance(1_000);
    await it.rest();
    expect(session.asked.filter(sent => sent.body.case === "private")).toEqual([]);
});

test("a receipt tells that a message of ours was delivered, once", async () => {
    const { localId, frame } = await meetBob();
    const receipt = receiptOf([toHex(frame.messageId), "0".repeat(32)]);
    session.private(it.bob.public, await it.bob.to(you, receipt));
    expect(await it.next("delivered")).toEqual({ type: "delivered", localId });
    session.private(it.bob.public, await it.bob.to(you, receipt));
    session.private(it.bob.public, await it.bob.to(you, "after"));
    await it.next("message");
    expect(it.all("delivered")).toHaveLength(1);
    expect(it.all("message")).toHaveLength(1);
});

test("a receipt that is faster than the server's answer waits for it", async () => {
    await meetBob();
    const localId = it.sayTo("bob", "quick");
    const frame = await session.read("private");
    session.private(it.bob.public, await it.bob.to(you, receiptOf([toHex(frame.messageId)])));
    await it.rest();
    expect(it.all("delivered")).toEqual([]);
    session.accept(frame.ref);
    expect((await it.next("delivered")).localId).toBe(localId);
    expect(it.seen.findIndex(event => event.type === "sent" && event.localId === localId)).toBeLessThan(
        it.seen.findIndex(event => event.type === "delivered"),
    );
});

test("nobody can say for another that a message was delivered", async () => {
    const { frame } = await meetBob();
    const mallory = await ScriptedPerson.called("mallory", lobbyInfo());
    session.private(mallory.public, await mallory.to(you, receiptOf([toHex(frame.messageId)])));
    session.private(mallory.public, await mallory.to(you, "hello"));
    await it.next("message");
    expect(it.all("delivered")).toEqual([]);
});

test.each([
    ["no ids", concat(Uint8Array.of(2))],
    ["half an id", concat(Uint8Array.of(2), new Uint8Array(24))],
    ["too many ids", concat(Uint8Array.of(2), new Uint8Array(16 * 65))],
])("a receipt with %s is malformed", async (_, plaintext) => {
    session.private(it.bob.public, await it.bob.to(you, plaintext));
    expect(await it.next("unreadable")).toMatchObject({ reason: "malformed", isPrivate: true });
    expect(it.all("message")).toEqual([]);
});

test("the peer gone, its receipt is dropped and never tried again", async () => {
    session.private(it.bob.public, await it.bob.to(you, "psst"));
    await it.next("message");
    session.refuse((await session.read("who")).ref, RefusalCode.NOT_HERE);
    await it.rest();
    it.clock.advance(10_000);
    await it.rest();
    expect(session.asked).toEqual([]);
});

test("whoever's key has changed gets no receipt before the user has answered", async () => {
    session.post(it.bob.public, await it.bob.toLobby("hello"));
    await it.next("message");
    const mallory = await ScriptedPerson.called("bob", lobbyInfo());
    session.private(mallory.public, await mallory.to(you, "me again"));
    await it.next("message");
    await it.rest();
    expect(session.asked).toEqual([]);
});

test("receipts to many are sent one after the other", async () => {
    const people = [];
    for (const name of ["carol", "dave", "erin"]) people.push(await ScriptedPerson.called(name, lobbyInfo()));
    for (const person of people) session.private(person.public, await person.to(you, "hi"));
    await it.next("message", () => it.all("message").length === 3);
    for (const person of people) {
        const who = await session.read("who");
        expect(toHex(who.fingerprint)).toBe(person.key);
        session.roster(who.ref, [person.whole]);
        const receipt = await session.read("private");
        await it.rest();
        expect(session.asked).toEqual([]);
        session.accept(receipt.ref);
    }
});

test("our own messages go before receipts", async () => {
    await meetBob();
    const envelope = await it.bob.to(you, "psst");
    session.private(it.bob.public, envelope);
    it.sayTo("bob", "me first");
    await it.next("message");
    const first = await session.read("private");
    expect(await it.bob.read(you, first)).toBe("me first");
    session.accept(first.ref);
    it.clock.advance(1_000);
    expect(await idsOf(await session.read("private"))).toHaveLength(1);
});

test("a message and its receipt, there and back", async () => {
    await meetBob();
    const { localId, frame } = await sayAndAccept("hello");
    session.private(it.bob.public, await it.bob.to(you, receiptOf([toHex(frame.messageId)])));
    expect((await it.next("delivered")).localId).toBe(localId);
});
