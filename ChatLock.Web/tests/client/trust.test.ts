import { beforeEach, expect, test } from "vitest";
import { toHex } from "../../src/crypto/bytes";
import { PinStore } from "../../src/pins/pinStore";
import { CloseReason } from "../../src/wire/generated/chatlock_pb";
import { Scenario } from "./support/scenario";
import { ScriptedPerson } from "./support/scriptedPerson";
import { lobbyInfo, SERVER_ID, type ScriptedSession } from "./support/scriptedServer";

let it: Scenario;
let mallory: ScriptedPerson;

beforeEach(async () => {
    it = await Scenario.make();
    mallory = await ScriptedPerson.called("bob", lobbyInfo());
});

async function meet(session: ScriptedSession, person: ScriptedPerson): Promise<void> {
    session.post(person.public, await person.toLobby("hello"));
    await it.next("message", came => came.body.text === "hello");
}

test("a changed key is a warning that must be answered before anything is sent", async () => {
    const { session } = await it.enter(it.bob.public);
    await meet(session, it.bob);
    session.presence({ left: [{ member: it.bob.public, reason: CloseReason.LEFT }], online: 1 });
    session.presence({ joined: [mallory.public], online: 2 });
    expect(await it.next("key-changed")).toEqual({
        type: "key-changed",
        name: "bob",
        before: it.bob.key,
        now: mallory.key,
    });
    const localId = it.sayTo("bob", "the secret");
    expect(await it.next("failed")).toMatchObject({ localId, code: "key-changed" });
    it.sayTo({ key: mallory.key }, "by its key");
    expect(await it.next("failed")).toMatchObject({ code: "key-changed" });
    it.do({ type: "verify", receiver: { name: "bob" }, answer: "accept" });
    expect((await it.next("pinned")).peer.standing).toBe("known");
    it.do({ type: "retry", localId });
    // Nothing was sent to the changed key before: this look-up is the first frame since.
    expect(toHex((await session.read("who")).fingerprint)).toBe(mallory.key);
});

test("a message under a name with another key is marked", async () => {
    const { session, you } = await it.enter(it.bob.public);
    await meet(session, it.bob);
    session.private(mallory.public, await mallory.to(you, "I lost my phone"));
    await it.next("key-changed");
    expect((await it.next("message")).from.standing).toBe("changed");
    session.post(it.bob.public, await it.bob.toLobby("no I didn't"));
    expect((await it.next("message")).from.standing).toBe("known");
});

test("after comparing each message says so and only under that name", async () => {
    const { session } = await it.enter(it.bob.public);
    it.do({ type: "verify", receiver: { name: "bob" }, answer: "show" });
    expect(await it.next("peer")).toMatchObject({
        peer: { key: it.bob.key },
        you: toHex(it.identity.fingerprint),
        isVerifying: true,
        isHere: true,
    });
    it.do({ type: "verify", receiver: { name: "bob" }, answer: "yes" });
    await it.next("pinned");
    session.post(it.bob.public, await it.bob.toLobby("hi"));
    expect((await it.next("message")).from.standing).toBe("verified");
    it.bob.name = "robert";
    session.post(it.bob.public, await it.bob.toLobby("hi"));
    expect((await it.next("message")).from.standing).toBe("known");
});

test("what was for a key is tried again for that key, not for whoever has the name by then", async () => {
    const { session } = await it.enter(it.bob.public);
    await meet(session, it.bob);
    session.presence({ left: [{ member: it.bob.public, reason: CloseReason.LEFT }], online: 1 });
    session.presence({ joined: [mallory.public], online: 2 });
    await it.next("key-changed");
    const localId = it.sayTo("bob", "the secret");
    expect(await it.next("failed")).toMatchObject({ code: "key-changed" });
    session.presence({ left: [{ member: mallory.public, reason: CloseReason.LEFT }], online: 1 });
    session.presence({ joined: [it.bob.public], online: 2 });
    for (let time = 0; time < 2; time++) {
        it.do({ type: "retry", localId });
        const failed = await it.next("failed");
        expect(failed).toMatchObject({
            code: "not-here",
            target: { to: "peer", peer: { key: mallory.key } },
        });
    }
    await it.rest();
    expect(session.asked).toEqual([]);
});

test("a yes to a key that was not shown pins nothing", async () => {
    await it.enter(it.bob.public);
    it.do({ type: "verify", receiver: { name: "bob" }, answer: "yes" });
    expect((await it.next("peer")).peer.key).toBe(it.bob.key);
    expect((await it.next("refused")).code).toBe("compare-first");
});

test("a key that changes between showing and yes is not the one that was compared", async () => {
    const { session } = await it.enter(it.bob.public);
    it.do({ type: "verify", receiver: { name: "bob" }, answer: "show" });
    await it.next("peer");
    session.presence({ joined: [mallory.public], left: [{ member: it.bob.public }], online: 2 });
    await it.next("presence");
    it.do({ type: "verify", receiver: { name: "bob" }, answer: "yes" });
    expect((await it.next("refused")).code).toBe("compare-first");
    expect(it.all("pinned")).toEqual([]);
});

test("a message to a key is never sent to another one that took its name", async () => {
    const { session } = await it.enter(it.bob.public);
    await meet(session, it.bob);
    session.socket.break();
    await it.next("status", event => event.status.state === "waiting");
    it.sayTo("bob", "for bob's eyes");
    expect(await it.next("queued")).toMatchObject({ target: { peer: { key: it.bob.key } } });
    it.clock.advance(250);
    const again = await it.connection();
    await again.admit(mallory.public);
    expect(toHex((await again.read("who")).fingerprint)).toBe(it.bob.key);
});

test("a server that answers with somebody else's name gets nothing", async () => {
    const { session } = await it.enter();
    it.sayTo("bob", "psst");
    const stranger = await ScriptedPerson.called("mallory", lobbyInfo());
    session.roster((await session.read("who")).ref, [stranger.whole]);
    expect(await it.next("failed")).toMatchObject({ body: { text: "psst" }, code: "not-here" });
});

test("a name that can be none is replaced by one that nobody can have", async () => {
    const { session } = await it.enter();
    it.bob.name = "alice to all: \u001b[31m";
    session.post(it.bob.public, await it.bob.toLobby("hi"));
    expect((await it.next("message")).from.name).toBe(`#${it.bob.key.slice(0, 16)}`);
});

test("someone known who isn't here can be looked at, and ignored", async () => {
    const pins = new PinStore({ peers: [["bob", { key: it.bob.key, isVerified: true }]] });
    it.start({ pins });
    it.do({ type: "whois", receiver: { name: "Bob" } });
    expect(await it.next("peer")).toMatchObject({
        peer: { name: "Bob", key: it.bob.key, standing: "verified" },
        pinned: it.bob.key,
        isHere: false,
    });
    it.do({ type: "ignore", receiver: { key: it.bob.key }, isIgnored: true });
    expect((await it.next("ignore")).isIgnored).toBe(true);
    it.do({ type: "whois", receiver: { name: "zed" } });
    expect((await it.next("refused")).code).toBe("offline");
});

const ID = toHex(SERVER_ID);
const OTHER = new Uint8Array(32).fill(0xcd);

test("the server's key is remembered at the first meeting", async () => {
    const pins = new PinStore();
    it.start({ pins });
    await (await it.connection()).admit();
    await it.next("entered");
    expect(pins.serverOf("http://here")).toBe(ID);
    expect(it.all("notice").find(notice => notice.code === "server-pinned")!.sentence).toContain(ID);
});

test("another key later is not trusted, and nothing is sent, until the user says so", async () => {
    const pins = new PinStore({ servers: new Map([["http://here", ID]]) });
    it.start({ pins });
    const session = await it.connection();
    session.serverId = OTHER;
    session.challenge();
    const { status } = await it.next("status", event => event.status.state === "stopped");
    expect(status).toMatchObject({ kind: "not-trusted", why: expect.stringContaining(toHex(OTHER)) });
    await it.rest();
    expect(session.asked).toEqual([]);
    expect(session.socket.isClosed).toBe(true);

    it.do({ type: "connect" });
    const still = await it.connection();
    still.serverId = OTHER;
    still.challenge();
    await it.next("status", event => event.status.state === "stopped");

    it.do({ type: "connect", trustServer: true });
    const trusted = await it.connection();
    trusted.serverId = OTHER;
    await trusted.admit();
    await it.next("entered");
    expect(pins.serverOf("http://here")).toBe(toHex(OTHER));
});

test("what the user trusts is the key that was shown, not whatever comes", async () => {
    it.start({ pins: new PinStore({ servers: new Map([["http://here", ID]]) }) });
    const session = await it.connection();
    session.serverId = OTHER;
    session.challenge();
    await it.next("status", event => event.status.state === "stopped");
    it.do({ type: "connect", trustServer: true });
    const third = await it.connection();
    third.serverId = new Uint8Array(32).fill(0xef);
    third.challenge();
    const { status } = await it.next("status", event => event.status.state === "stopped");
    expect(status).toMatchObject({ kind: "not-trusted" });
});

test("a server that isn't the link's is not trusted, whatever was remembered", async () => {
    const pins = new PinStore({ servers: new Map([["http://here", ID]]) });
    it.start({ pins, expectedServerId: toHex(OTHER).toUpperCase() });
    (await it.connection()).challenge();
    const { status } = await it.next("status", event => event.status.state === "stopped");
    expect(status).toMatchObject({ kind: "not-trusted", why: expect.stringContaining("link") });
});

test("the link's server is trusted and remembered", async () => {
    const pins = new PinStore();
    it.start({ pins, expectedServerId: ID });
    await (await it.connection()).admit();
    await it.next("entered");
    expect(pins.serverOf("http://here")).toBe(ID);
});

test("a server that tells no id is not remembered", async () => {
    const pins = new PinStore();
    it.start({ pins });
    const session = await it.connection();
    session.serverId = new Uint8Array(31);
    session.challenge();
    const { status } = await it.next("status", event => event.status.state === "waiting");
    expect(status).toMatchObject({ why: expect.stringContaining("not a frame") });
    expect(pins.serverOf("http://here")).toBeUndefined();
});

test("what can't be saved is told", async () => {
    const broken = {
        read: () => Promise.reject(new Error("no room")),
        writePeers: () => Promise.reject(new Error("no room")),
        writeServer: () => Promise.reject(new Error("no room")),
    };
    it.start({ pins: new PinStore({}, broken) });
    await (await it.connection()).admit();
    const notice = await it.next("notice", ({ code }) => code === "not-saved");
    expect(notice).toMatchObject({ isWarning: true, sentence: expect.stringContaining("no room") });
});

test("an old message of somebody who had the name before doesn't give the name back", async () => {
    const { session } = await it.enter(mallory.public);
    session.post(it.bob.public, await it.bob.toLobby("said yesterday"));
    await it.next("message");
    it.sayTo("bob", "for whoever is called bob now");
    const to = { to: "peer", peer: { key: mallory.key } };
    expect(await it.next("failed")).toMatchObject({ code: "key-changed", target: to });
});
