import { beforeEach, expect, test } from "vitest";
import { toHex } from "../../src/crypto/bytes";
import { GRACE_MS } from "../../src/conversations/peerConversation";
import { PinStore, type StoredPins } from "../../src/pins/pinStore";
import { serverFrame } from "../../src/wire/frames";
import { CloseReason, RefusalCode } from "../../src/wire/generated/chatlock_pb";
import { Scenario } from "./support/scenario";
import { ScriptedPerson } from "./support/scriptedPerson";
import { lobbyInfo, memberOf } from "./support/scriptedServer";

let it: Scenario;

beforeEach(async () => {
    it = await Scenario.make();
});

test("a broken connection is said in words and made again under the same name", async () => {
    const { session, you } = await it.enter();
    session.socket.break();
    const { status } = await it.next("status", event => event.status.state === "waiting");
    expect(status).toMatchObject({ why: "Connection lost.", retryAtMs: it.clock.nowMs() + 250 });
    it.clock.advance(250);
    const again = await it.connection();
    const member = await again.admit();
    expect(member.name).toBe("alice");
    expect(member.identityKey).toEqual(you.identityKey);
    expect(member.sessionKey).toEqual(you.sessionKey);
    expect((await it.next("entered")).isAgain).toBe(true);
    expect(it.all("notice").filter(notice => notice.code === "open-lobby")).toHaveLength(1);
});

test("when nothing answers, the first words name the remedy, and it is tried again", async () => {
    it.start();
    (await it.connection()).socket.break();
    const { status } = await it.next("status", event => event.status.state === "waiting");
    expect(status).toMatchObject({ why: expect.stringContaining("Is the gateway running?") });
    it.clock.advance(250);
    await (await it.connection()).admit();
    await it.next("entered");
});

test("the name asked for again is the one that was held last", async () => {
    const { session, you } = await it.enter();
    it.do({ type: "rename", name: "carol" });
    session.reply((await session.read("rename")).ref, { case: "renamed", value: { ...you, name: "carol" } });
    await it.next("renamed");
    const again = await it.reconnect(session);
    again.challenge();
    const hello = await again.read("hello");
    expect(hello.name).toBe("carol");
    again.refuse(hello.ref, RefusalCode.NAME_TAKEN);
    expect(await it.next("name-needed")).toMatchObject({ wanted: "carol", code: "name-taken" });
});

test("a message without an answer is sent again as it was and told once", async () => {
    const { session } = await it.enter();
    const localId = it.say("once");
    const lost = await session.read("post");
    const again = await it.reconnect(session);
    await again.admit();
    const repeated = await again.read("post");
    expect(toHex(repeated.messageId)).toBe(toHex(lost.messageId));
    expect(toHex(repeated.envelope)).toBe(toHex(lost.envelope));
    again.accept(repeated.ref);
    await it.next("sent");
    expect(it.all("sent").map(sent => sent.localId)).toEqual([localId]);
});

test("what is typed while offline goes out in order afterwards", async () => {
    const { session } = await it.enter();
    session.socket.break();
    await it.next("status", event => event.status.state === "waiting");
    const said = [it.say("one"), it.say("two")];
    expect(it.all("queued").map(queued => queued.localId)).toEqual(said);
    it.clock.advance(250);
    const again = await it.connection();
    await again.admit();
    for (const localId of said) {
        again.accept((await again.read("post")).ref);
        expect((await it.next("sent")).localId).toBe(localId);
    }
});

test("a lobby with a new secret gets the message encrypted anew under the same id", async () => {
    const { session } = await it.enter();
    it.say("still me");
    const lost = await session.read("post");
    const again = await it.reconnect(session);
    again.challenge();
    again.welcome(await again.read("hello"), [], { room: lobbyInfo(new Uint8Array(32)) });
    const repeated = await again.read("post");
    expect(toHex(repeated.messageId)).toBe(toHex(lost.messageId));
    expect(toHex(repeated.envelope)).not.toBe(toHex(lost.envelope));
});

test("a private message to someone unknown while offline is looked up afterwards", async () => {
    const { session } = await it.enter();
    session.socket.break();
    await it.next("status", event => event.status.state === "waiting");
    const localId = it.sayTo("bob", "later");
    expect(await it.next("queued")).toMatchObject({ localId, target: { to: "name", name: "bob" } });
    it.clock.advance(250);
    const again = await it.connection();
    again.challenge();
    const hello = await again.read("hello");
    again.welcome(hello);
    const byName = await again.read("who");
    expect(byName.name).toBe("bob");
    again.roster(byName.ref, [it.bob.whole]);
    expect(await it.next("queued")).toMatchObject({
        localId,
        target: { to: "peer", peer: { key: it.bob.key } },
    });
    again.roster((await again.read("who")).ref, [it.bob.whole]);
    expect(await it.bob.read(memberOf(hello), await again.read("private"))).toBe("later");
});

test("after our reconnect a receiver has some seconds to be back too", async () => {
    const { session } = await it.enter(it.bob.public);
    it.sayTo("bob", "wait for it");
    session.roster((await session.read("who")).ref, [it.bob.whole]);
    await session.read("private");
    const again = await it.reconnect(session);
    const you = await again.admit();
    again.refuse((await again.read("who")).ref, RefusalCode.NOT_HERE);
    await it.rest();
    expect(it.all("failed")).toEqual([]);
    const bob = await it.bob.reconnected(lobbyInfo());
    again.presence({ joined: [bob.public], online: 2 });
    again.roster((await again.read("who")).ref, [bob.whole]);
    expect(await bob.read(you, await again.read("private"))).toBe("wait for it");
});

test("and no longer than that", async () => {
    const { session } = await it.enter(it.bob.public);
    it.sayTo("bob", "wait for it");
    session.roster((await session.read("who")).ref, [it.bob.whole]);
    await session.read("private");
    const again = await it.reconnect(session);
    await again.admit();
    again.refuse((await again.read("who")).ref, RefusalCode.NOT_HERE);
    await it.rest();
    it.clock.advance(GRACE_MS);
    expect(await it.next("failed")).toMatchObject({ code: "not-here", body: { text: "wait for it" } });
});

test("what was sealed to the last session's key is still read", async () => {
    const { session, you } = await it.enter(it.bob.public);
    const underWay = await it.bob.to(you, "under way");
    const again = await it.reconnect(session);
    await again.admit(it.bob.public);
    again.private(it.bob.public, underWay);
    expect((await it.next("message")).body.text).toBe("under way");
});

test("a half-open connection is noticed by its silence", async () => {
    const { session } = await it.enter();
    it.clock.advance(20_000);
    await session.read("ping");
    it.clock.advance(40_000);
    await it.next("status", event => event.status.state === "waiting");
    it.clock.advance(250);
    await (await it.connection()).admit();
    await it.next("entered");
});

test("a page that wakes up asks whether anybody is there, and doesn't wait long for the answer", async () => {
    const { session } = await it.enter();
    it.clock.sleep(5_000);
    it.wake();
    await session.read("ping");
    it.clock.advance(3_000);
    await it.next("status", event => event.status.state === "waiting");
    it.wake();
    await (await it.connection()).admit();
    await it.next("entered");
});

test("the server's ping is answered", async () => {
    const { session } = await it.enter();
    session.socket.say(serverFrame({ case: "ping", value: { nonce: 77n } }));
    expect((await session.read("pong")).nonce).toBe(77n);
});

test("a flood of lines stays below the server's rate limit and in order", async () => {
    it.start();
    const session = await it.connection();
    session.challenge({ postsPerSecond: 10, postsBurst: 10 });
    session.welcome(await session.read("hello"));
    await it.next("entered");
    const said = Array.from({ length: 12 }, (_, at) => it.say(`line ${at}`));
    for (const _ of said.slice(0, 8)) session.accept((await session.read("post")).ref);
    await it.next("sent", sent => sent.localId === said[7]);
    await it.rest();
    expect(session.asked).toEqual([]);
    for (const localId of said.slice(8)) {
        it.clock.advance(125);
        session.accept((await session.read("post")).ref);
        expect((await it.next("sent")).localId).toBe(localId);
    }
});

test("too fast all the same is tried again after the pause, encrypted anew", async () => {
    const { session } = await it.enter();
    it.say("slow down");
    const first = await session.read("post");
    session.refuse(first.ref, RefusalCode.TOO_FAST, "At most 10 a second.", { retryAfterMs: 300 });
    it.clock.advance(300);
    const second = await session.read("post");
    expect(second.messageId).toEqual(first.messageId);
    expect(second.envelope).not.toEqual(first.envelope);
});

test("what is left when the user leaves is handed back, and leaving says goodbye", async () => {
    const { session } = await it.enter();
    it.say("under way");
    await session.read("post");
    it.sayTo("zed", "nobody knows");
    await session.read("who");
    it.do({ type: "leave" });
    await session.read("bye");
    session.close(CloseReason.LEFT, "You left.");
    const { status } = await it.next("status", event => event.status.state === "stopped");
    expect(status).toMatchObject({ kind: "left" });
    expect(it.all("failed").map(failed => failed.body.text)).toEqual(
        expect.arrayContaining(["under way", "nobody knows"]),
    );
    expect(session.socket.isClosed).toBe(true);
});

test("the same key elsewhere ends this one until the user takes it back", async () => {
    const { session } = await it.enter();
    session.close(CloseReason.TAKEN_OVER, "Taken over.");
    const { status } = await it.next("status", event => event.status.state === "stopped");
    expect(status).toMatchObject({ kind: "taken-over" });
    it.clock.advance(60_000);
    it.wake();
    expect(it.hasConnected).toBe(false);
    it.do({ type: "connect" });
    await (await it.connection()).admit();
    expect((await it.next("entered")).isAgain).toBe(true);
});

test("another tab takes the identity, and gives it back when asked", async () => {
    const tabs: { lost: () => void; isTaking: boolean }[] = [];
    let isFree = true;
    it.start({
        tab: {
            hold: async (isTaking, lost) => {
                tabs.push({ lost, isTaking });
                return isFree || isTaking;
            },
            release: () => {},
        },
    });
    const session = await it.connection();
    await session.admit();
    await it.next("entered");
    isFree = false;
    tabs[0]!.lost();
    const { status } = await it.next("status", event => event.status.state === "stopped");
    expect(status).toMatchObject({ kind: "other-tab" });
    it.do({ type: "connect" });
    await (await it.connection()).admit();
    expect(tabs[1]!.isTaking).toBe(true);
});

test("taking the identity back takes in whom the other tab has met", async () => {
    const mallory = await ScriptedPerson.called("bob", lobbyInfo());
    let stored: StoredPins = { peers: [], servers: new Map(), order: 0 };
    const disk = { read: async () => stored, writePeers: async () => {}, writeServer: async () => {} };
    const tabs: (() => void)[] = [];
    const hold = async (_: boolean, lost: () => void) => tabs.push(lost) > 0;
    it.start({ pins: new PinStore(stored, disk), tab: { hold, release: () => {} } });
    await (await it.connection()).admit();
    tabs[0]!();
    await it.next("status", event => event.status.state === "stopped");
    stored = { peers: [["bob", { key: it.bob.key, isVerified: true }]], servers: new Map(), order: 1 };
    it.do({ type: "connect" });
    await (await it.connection()).admit(mallory.public);
    it.sayTo("bob", "the secret");
    expect((await it.next("failed")).code).toBe("key-changed");
});

test("leaving before the identity is there is leaving", async () => {
    let answer!: (isOurs: boolean) => void;
    const hold = () => new Promise<boolean>(resolve => (answer = resolve));
    it.start({ tab: { hold, release: () => {} } });
    it.do({ type: "leave" });
    await it.next("status", event => event.status.state === "stopped");
    answer(true);
    await it.rest();
    expect(it.hasConnected).toBe(false);
});

test("a page that is second to an identity says so instead of connecting", async () => {
    it.start({ tab: { hold: async isTaking => isTaking, release: () => {} } });
    const { status } = await it.next("status", event => event.status.state === "stopped");
    expect(status).toMatchObject({ kind: "other-tab" });
    expect(it.hasConnected).toBe(false);
});

test("a client that is disposed says goodbye and nothing more", async () => {
    const { session } = await it.enter();
    const before = it.seen.length;
    await it.client.dispose();
    await session.read("bye");
    expect(session.socket.isClosed).toBe(true);
    it.say("?");
    it.clock.advance(60_000);
    await it.rest();
    expect(it.seen).toHaveLength(before);
    expect(it.hasConnected).toBe(false);
});
