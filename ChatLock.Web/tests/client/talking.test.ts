import { beforeEach, expect, test } from "vitest";
import { toHex } from "../../src/crypto/bytes";
import { decodeEnvelope, encodeEnvelope } from "../../src/wire/frames";
import { CloseReason, RefusalCode, type Member } from "../../src/wire/generated/chatlock_pb";
import { Scenario } from "./support/scenario";
import { ScriptedPerson } from "./support/scriptedPerson";
import { lobbyInfo, type ScriptedSession } from "./support/scriptedServer";

let it: Scenario;

beforeEach(async () => {
    it = await Scenario.make();
});

test("what is said to all is queued at once and sent when the server has taken it", async () => {
    const { session } = await it.enter();
    const localId = it.say("hello");
    expect(it.all("queued")).toMatchObject([{ localId, target: { to: "all" }, body: { text: "hello" } }]);
    const post = await session.read("post");
    expect(post.room).toBe("lobby");
    expect(post.messageId).toHaveLength(16);
    expect(new TextDecoder().decode(post.envelope)).not.toContain("hello");
    session.accept(post.ref);
    expect(await it.next("sent")).toMatchObject({ localId, sequence: 1n, timeMs: 1_700_000_000_000 });
});

test("what somebody says to all is shown under their name", async () => {
    const { session } = await it.enter(it.bob.public);
    session.post(it.bob.public, await it.bob.toLobby("hi"));
    const came = await it.next("message");
    expect(came).toMatchObject({ from: { name: "bob", key: it.bob.key }, body: { text: "hi" } });
    expect(came).toMatchObject({ isPrivate: false, sequence: 1n, suite: { name: "sealed" } });
});

test("a private message goes to the key and only its holder can read it", async () => {
    const { session, you } = await it.enter(it.bob.public);
    const localId = it.sayTo("BOB", "psst");
    expect(it.all("queued")).toMatchObject([{ localId, target: { to: "peer", peer: { name: "bob" } } }]);
    const who = await session.read("who");
    expect(toHex(who.fingerprint)).toBe(it.bob.key);
    session.roster(who.ref, [it.bob.whole]);
    const frame = await session.read("private");
    expect(toHex(frame.recipient)).toBe(it.bob.key);
    expect(await it.bob.read(you, frame)).toBe("psst");
    session.accept(frame.ref, 0n);
    expect((await it.next("sent")).localId).toBe(localId);
});

test("a key from an event is as good as a name", async () => {
    const { session, you } = await it.enter(it.bob.public);
    it.sayTo({ key: it.bob.key }, "psst");
    expect(await it.bob.read(you, await answerLookUp(session, it.bob.whole))).toBe("psst");
    it.sayTo({ key: "ab".repeat(32) }, "who?");
    expect(await it.next("failed")).toMatchObject({ code: "not-here", body: { text: "who?" } });
});

test.each([
    ["sealed", 2, false],
    ["classic", 1, true],
])("a private message in %s is read and labelled", async (_, suite, insecure) => {
    const { session, you } = await it.enter(it.bob.public);
    session.private(it.bob.public, await it.bob.to(you, "psst", suite));
    const came = await it.next("message");
    expect(came).toMatchObject({ isPrivate: true, body: { text: "psst" }, suite: { id: suite, insecure } });
});

test("the suite of private messages is the user's choice", async () => {
    const { session, you } = await it.enter(it.bob.public);
    it.do({ type: "use-suite", name: "Classic" });
    expect((await it.next("suite")).suite.insecure).toBe(true);
    it.sayTo("bob", "old times");
    const frame = await answerLookUp(session, it.bob.whole);
    expect(decodeEnvelope(frame.envelope)!.suite).toBe(1);
    expect(await it.bob.read(you, frame)).toBe("old times");
    it.do({ type: "use-suite", name: "rot13" });
    expect((await it.next("refused")).code).toBe("no-such-suite");
});

test("a session key that its owner did not sign is refused and the text kept", async () => {
    const { session } = await it.enter(it.bob.public);
    const mallory = await ScriptedPerson.called("bob", lobbyInfo());
    it.sayTo("bob", "psst");
    const who = await session.read("who");
    session.roster(who.ref, [{ ...it.bob.whole, sessionKey: mallory.session.point }]);
    expect(await it.next("failed")).toMatchObject({ code: "not-here", body: { text: "psst" } });
    expect(session.asked).toEqual([]);
});

test("a receiver who is not here is named and the text is handed back", async () => {
    const { session } = await it.enter();
    const localId = it.sayTo("zed", "are you there?");
    const who = await session.read("who");
    expect(who.name).toBe("zed");
    session.refuse(who.ref, RefusalCode.NOT_HERE, "Nobody of that name or key is here.");
    expect(await it.next("failed")).toMatchObject({
        localId,
        target: { to: "name", name: "zed" },
        code: "not-here",
        sentence: "zed isn't here.",
    });
    expect(it.all("queued")).toEqual([]);
});

test("a receiver who leaves in between hands the text back, and it can be tried again", async () => {
    const { session, you } = await it.enter(it.bob.public);
    const localId = it.sayTo("bob", "wait!");
    const frame = await answerLookUp(session, it.bob.whole);
    session.refuse(frame.ref, RefusalCode.NOT_HERE, "The receiver isn't here.");
    expect(await it.next("failed")).toMatchObject({ localId, sentence: "bob isn't here." });
    it.do({ type: "retry", localId });
    const again = await answerLookUp(session, it.bob.whole);
    expect(again.messageId).toEqual(frame.messageId);
    expect(await it.bob.read(you, again)).toBe("wait!");
    session.accept(again.ref);
    expect((await it.next("sent")).localId).toBe(localId);
    it.do({ type: "retry", localId });
    expect((await it.next("refused")).code).toBe("no-such-message");
});

test("someone who connected anew is looked up again before anything is encrypted", async () => {
    const { session, you } = await it.enter(it.bob.public);
    it.sayTo("bob", "one");
    session.accept((await answerLookUp(session, it.bob.whole)).ref);
    await it.next("sent");
    const bob = await it.bob.reconnected(lobbyInfo());
    session.presence({ joined: [bob.public], online: 2 });
    await it.next("presence");
    it.sayTo("bob", "two");
    expect(await bob.read(you, await answerLookUp(session, bob.whole))).toBe("two");
});

test("a key that went stale while a message was being encrypted isn't used", async () => {
    const { session, you } = await it.enter(it.bob.public);
    it.sayTo("bob", "one");
    session.accept((await answerLookUp(session, it.bob.whole)).ref);
    await it.next("sent");
    const bob = await it.bob.reconnected(lobbyInfo());
    it.sayTo("bob", "two"); // begins to encrypt
    session.presence({ joined: [bob.public], online: 2 });
    expect(await bob.read(you, await answerLookUp(session, bob.whole))).toBe("two");
});

test("a tampered message is shown as such and never as genuine, in its place", async () => {
    const { session } = await it.enter(it.bob.public);
    const envelope = decodeEnvelope(await it.bob.toLobby("pay mallory"))!;
    envelope.signature[5]! ^= 1;
    session.post(it.bob.public, encodeEnvelope(envelope));
    session.post(it.bob.public, await it.bob.toLobby("genuine"));
    const gap = await it.next("unreadable");
    expect(gap).toMatchObject({ reason: "bad-signature", from: { name: "bob" }, number: 1 });
    expect((await it.next("message")).body.text).toBe("genuine");
    expect(JSON.stringify(it.all("message").map(came => came.body.text))).not.toContain("mallory");
});

test("a replay is dropped and said once", async () => {
    const { session } = await it.enter(it.bob.public);
    const envelope = await it.bob.toLobby("pay me");
    for (const copy of [envelope, envelope, envelope, await it.bob.toLobby("last")])
        session.post(it.bob.public, copy);
    await it.next("message", came => came.body.text === "last");
    expect(it.all("message").filter(came => came.body.text === "pay me")).toHaveLength(1);
    expect(it.all("notice").filter(notice => notice.code === "replay-dropped")).toHaveLength(1);
});

test("whoever is ignored is ignored under any name", async () => {
    const { session } = await it.enter(it.bob.public);
    it.do({ type: "ignore", receiver: { name: "bob" }, isIgnored: true });
    expect((await it.next("ignore")).isIgnored).toBe(true);
    session.post(it.bob.public, await it.bob.toLobby("one"));
    it.bob.name = "robert";
    session.post(it.bob.public, await it.bob.toLobby("two"));
    it.say("mine");
    session.accept((await session.read("post")).ref);
    await it.next("sent");
    await it.rest();
    expect(it.all("message")).toEqual([]);
});

test("who asks page after page", async () => {
    const { session } = await it.enter();
    it.do({ type: "who" });
    const first = await session.read("who");
    session.roster(first.ref, [it.bob.public], true);
    const second = await session.read("who");
    expect(second.after).toBe("bob");
    const carol = await ScriptedPerson.called("carol", lobbyInfo());
    session.roster(second.ref, [carol.public]);
    const who = await it.next("who");
    expect(who.people.map(peer => peer.name)).toEqual(["bob", "carol"]);
    expect(who.isComplete).toBe(true);
});

test("where Welcome tells only the first page, the rest is asked for unasked", async () => {
    it.start();
    const session = await it.connection();
    session.challenge();
    session.welcome(await session.read("hello"), [it.bob.public], { more: true });
    const carol = await ScriptedPerson.called("carol", lobbyInfo());
    const rest = await session.read("who");
    expect(rest.after).toBe("bob");
    session.roster(rest.ref, [carol.public]);
    expect((await it.next("who")).people.map(peer => peer.name)).toEqual(["alice", "bob", "carol"]);
});

test("coming, going and renaming are told but not our own", async () => {
    const { session, you } = await it.enter();
    const [carol, dave] = [
        await ScriptedPerson.called("carol", lobbyInfo()),
        await ScriptedPerson.called("dave", lobbyInfo()),
    ];
    session.presence({
        joined: [you, it.bob.public],
        left: [{ member: carol.public, reason: CloseReason.CONNECTION_LOST }],
        renamed: [{ from: "david", to: dave.public }],
        online: 3,
    });
    const presence = await it.next("presence");
    expect(presence.joined.map(peer => peer.name)).toEqual(["bob"]);
    expect(presence.left).toMatchObject([{ peer: { name: "carol" }, reason: "connection-lost" }]);
    expect(presence.renamed).toMatchObject([{ before: "david", peer: { name: "dave" } }]);
    expect(presence.online).toBe(3);
});

test("someone who left and came in one breath is here", async () => {
    const { session, you } = await it.enter(it.bob.public);
    const bob = await it.bob.reconnected(lobbyInfo());
    session.presence({ joined: [bob.public], left: [{ member: bob.public }], online: 2 });
    await it.next("presence");
    it.sayTo("bob", "welcome back");
    expect(await bob.read(you, await answerLookUp(session, bob.whole))).toBe("welcome back");
});

test("what somebody said before leaving is shown before that they left", async () => {
    const { session } = await it.enter(it.bob.public);
    const envelope = await it.bob.toLobby("bye");
    session.post(it.bob.public, envelope);
    session.presence({ left: [{ member: it.bob.public, reason: CloseReason.LEFT }], online: 1 });
    await it.next("presence");
    const order = it.seen.map(event => event.type).filter(type => type === "message" || type === "presence");
    expect(order).toEqual(["message", "presence"]);
});

test("a rename is asked for and told", async () => {
    const { session, you } = await it.enter();
    it.do({ type: "rename", name: "carol" });
    const rename = await session.read("rename");
    expect(rename.name).toBe("carol");
    session.reply(rename.ref, { case: "renamed", value: { ...you, name: "carol" } });
    expect(await it.next("renamed")).toEqual({ type: "renamed", before: "alice", now: "carol" });
    it.do({ type: "rename", name: "bob" });
    const again = await session.read("rename");
    session.refuse(again.ref, RefusalCode.NAME_TAKEN, "Someone here has that name already.", {
        suggestions: ["bob2"],
    });
    const refused = await it.next("refused");
    expect(refused.code).toBe("name-taken");
    expect(refused.sentence).toBe("Someone here has that name already. Free: bob2.");
    it.do({ type: "rename", name: "not a name" });
    expect((await it.next("refused")).code).toBe("name-invalid");
});

test("the inspector explains a message by its number", async () => {
    const { session } = await it.enter(it.bob.public);
    session.post(it.bob.public, await it.bob.toLobby("look inside"));
    const { number } = await it.next("message");
    const inspected = await it.client.inspect(number);
    expect(inspected!.title).toBe("Message 1, from bob to all");
    expect(inspected!.explanation.sections.length).toBeGreaterThan(0);
    expect(decodeEnvelope(inspected!.envelope)!.suite).toBe(2);
    expect(await it.client.inspect(99)).toBeUndefined();
});

test("a text that cannot be sent is handed back with a sentence", async () => {
    await it.enter();
    it.say("\u001b[31mred");
    expect((await it.next("failed")).code).toBe("text-invalid");
    it.say("x".repeat(16 * 1024 + 1));
    expect((await it.next("failed")).sentence).toContain("16384 bytes");
    it.sayTo("alice", "me?");
    expect((await it.next("failed")).code).toBe("yourself");
});

test("a private message from nobody is dropped and said once", async () => {
    const { session } = await it.enter(it.bob.public);
    session.private(undefined, new Uint8Array(1));
    session.private({ ...it.bob.public, identityKey: new Uint8Array(3) }, new Uint8Array(1));
    session.post(it.bob.public, await it.bob.toLobby("on"));
    await it.next("message");
    expect(it.all("notice").filter(notice => notice.code === "private-dropped")).toHaveLength(1);
});

test("many messages at once are shown in the order in which they came", async () => {
    const { session } = await it.enter(it.bob.public);
    const texts = Array.from({ length: 300 }, (_, at) => `${at}`);
    for (const text of texts) session.post(it.bob.public, await it.bob.toLobby(text));
    await it.next("message", came => came.body.text === "299");
    expect(it.all("message").map(came => came.body.text)).toEqual(texts);
});

test("many messages of ours go out in the order in which they were said", async () => {
    const { session } = await it.enter(it.bob.public);
    const texts = Array.from({ length: 32 }, (_, at) => `${at}`);
    for (const text of texts) it.say(text);
    const counters = [];
    for (const _ of texts) {
        const post = await session.read("post");
        counters.push(decodeEnvelope(post.envelope)!.counter);
        session.accept(post.ref);
    }
    expect(counters).toEqual(texts.map((_, at) => BigInt(at + 1)));
    await it.next("sent", sent => sent.sequence === 32n);
    expect(it.all("sent").map(sent => sent.localId)).toEqual(texts.map((_, at) => at + 1));
});

async function answerLookUp(session: ScriptedSession, member: Member) {
    const who = await session.read("who");
    session.roster(who.ref, [member]);
    return session.read("private");
}
