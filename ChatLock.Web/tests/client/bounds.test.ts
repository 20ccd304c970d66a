import { beforeEach, describe, expect, test } from "vitest";
import { OPENING_MAX } from "../../src/conversations/conversation";
import { INBOUND_LEAST_BYTES, OUTBOUND_MAX_BYTES } from "../../src/connection/webSocketLink";
import { WAITING_MAX } from "../../src/connection/requestQueue";
import { HELD_MAX } from "../../src/client/outgoing";
import { RECENT_MAX, RECENT_MAX_BYTES, RecentMessages } from "../../src/client/recentMessages";
import { DIRECTORY_MAX, PeerDirectory } from "../../src/client/peerDirectory";
import { copyOf } from "../../src/crypto/bytes";
import type { MessageTrace } from "../../src/suites/contract";
import { decodeEnvelope, encodeServerFrame, serverFrame } from "../../src/wire/frames";
import { Scenario } from "./support/scenario";
import { randomBytes } from "./support/scriptedPerson";
import { LOBBY_SECRET, lobbyInfo } from "./support/scriptedServer";

let it: Scenario;

beforeEach(async () => {
    it = await Scenario.make();
});

test("posts that come faster than they can be verified are told as missing, in their place", async () => {
    const { session } = await it.enter(it.bob.public);
    const envelope = await it.bob.toLobby("same");
    const count = OPENING_MAX + 100;
    for (let number = 0; number < count; number++) session.post(it.bob.public, envelope);
    const missing = await it.next("missing");
    expect(missing.from).toBe(BigInt(OPENING_MAX + 1));
    expect(missing.to).toBe(BigInt(count));
    session.post(it.bob.public, await it.bob.toLobby("after"));
    expect((await it.next("message")).sequence).toBe(BigInt(count + 1));
});

test("a lobby that this version cannot encrypt for hands texts back", async () => {
    it.start();
    const session = await it.connection();
    session.challenge();
    session.welcome(await session.read("hello"), [], { room: lobbyInfo(LOBBY_SECRET, 99) });
    expect((await it.next("notice", ({ code }) => code === "lobby-unusable")).isWarning).toBe(true);
    it.say("hello?");
    expect((await it.next("failed")).body.text).toBe("hello?");
    session.post(it.bob.public, await it.bob.toLobby("hi"));
    expect((await it.next("unreadable")).reason).toBe("wrong-suite");
});

test("what was typed for a sealed lobby is not sent to an insecure one", async () => {
    const { session } = await it.enter();
    session.socket.break();
    await it.next("status", event => event.status.state === "waiting");
    it.say("sealed, I thought");
    it.clock.advance(250);
    const again = await it.connection();
    again.challenge();
    again.welcome(await again.read("hello"), [], { room: lobbyInfo(LOBBY_SECRET, 1) });
    expect((await it.next("failed")).body.text).toBe("sealed, I thought");
    await it.next("notice", ({ code }) => code === "lobby-weaker");
    it.say("all right then");
    expect(decodeEnvelope((await again.read("post")).envelope)!.suite).toBe(1);
});

test("nor when the lobby was of no use in between", async () => {
    const { session } = await it.enter();
    const unusable = await it.reconnect(session);
    unusable.challenge();
    unusable.welcome(await unusable.read("hello"), [], { room: lobbyInfo(LOBBY_SECRET, 99) });
    await it.next("notice", ({ code }) => code === "lobby-unusable");
    unusable.socket.break();
    await it.next("status", event => event.status.state === "waiting");
    it.say("sealed again, I hope");
    it.clock.advance(1_000);
    const classic = await it.connection();
    classic.challenge();
    classic.welcome(await classic.read("hello"), [], { room: lobbyInfo(LOBBY_SECRET, 1) });
    expect((await it.next("failed")).body.text).toBe("sealed again, I hope");
});

test("nor when it was typed before the first word of the server", async () => {
    it.start();
    it.say("sealed, as always");
    const session = await it.connection();
    session.challenge();
    session.welcome(await session.read("hello"), [], { room: lobbyInfo(LOBBY_SECRET, 1) });
    expect((await it.next("failed")).body.text).toBe("sealed, as always");
    expect(await it.next("notice")).toMatchObject({ code: "open-lobby", isWarning: true });
});

test("a name that can't be looked up because too much waits is told, not held", async () => {
    it.start();
    const session = await it.connection();
    session.challenge({ inFlightMax: 1 });
    session.welcome(await session.read("hello"));
    await it.next("entered");
    for (let number = 0; number <= WAITING_MAX; number++) it.do({ type: "who" });
    const localId = it.sayTo("zed", "hello?");
    expect(await it.next("failed")).toMatchObject({ localId, code: "too-fast" });
    it.do({ type: "rename", name: "alicia" });
    expect(await it.next("refused")).toMatchObject({ code: "too-fast" });
});

test("a client with a bug is not connected again: it may have forgotten what it had seen", async () => {
    const listening = process.listeners("uncaughtException");
    process.removeAllListeners("uncaughtException");
    process.on("uncaughtException", () => {});
    try {
        let isBroken = false;
        it.start({
            randomBytes: length => {
                if (isBroken) throw new Error("a bug");
                return randomBytes(length);
            },
        });
        await (await it.connection()).admit();
        await it.next("entered");
        isBroken = true;
        it.say("hello?");
        const { sentence } = await it.next("notice", ({ code }) => code === "bug");
        await it.next("status", event => event.status.state === "stopped");
        isBroken = false;
        it.do({ type: "connect" });
        const { status } = await it.next("status");
        expect(status).toEqual({ state: "stopped", kind: "refused", why: sentence });
        await it.rest();
        expect(it.hasConnected).toBe(false);
    } finally {
        process.removeAllListeners("uncaughtException");
        for (const listener of listening) process.on("uncaughtException", listener);
    }
});

describe("what isn't the protocol ends the connection with a sentence", () => {
    test.each([
        ["a text message", "hello"],
        ["no frame", Uint8Array.of(0xff, 0xff).buffer],
        ["a frame that is too large", new ArrayBuffer(INBOUND_LEAST_BYTES + 1)],
        ["a frame out of turn", copyOf(encodeServerFrame(serverFrame({ case: "ping", value: {} }))).buffer],
    ])("%s", async (_, data) => {
        it.start();
        const session = await it.connection();
        session.socket.open();
        session.socket.sayRaw(data);
        const { status } = await it.next("status", event => event.status.state === "waiting");
        expect(status).toMatchObject({ why: expect.stringMatching(/^[A-Z].*\.$/) });
        expect(session.socket.isClosed).toBe(true);
    });

    test("another subprotocol", async () => {
        it.start();
        const session = await it.connection();
        session.socket.protocol = "";
        session.socket.open();
        await it.next("status", event => event.status.state === "waiting");
        expect(session.asked).toEqual([]);
    });
});

test("a frame of a newer server is ignored", async () => {
    const { session } = await it.enter();
    session.socket.sayRaw(Uint8Array.of(0x82, 0x06, 0).buffer);
    session.post(it.bob.public, await it.bob.toLobby("still here"));
    expect((await it.next("message")).body.text).toBe("still here");
});

test("a server that doesn't read is left", async () => {
    const { session } = await it.enter();
    session.socket.bufferedAmount = OUTBOUND_MAX_BYTES + 1;
    it.say("hello?");
    await it.next("status", event => event.status.state === "waiting");
    expect(session.socket.isClosed).toBe(true);
});

test("a page that fails to show something goes on talking", async () => {
    const thrown: unknown[] = [];
    const listening = process.listeners("uncaughtException");
    process.removeAllListeners("uncaughtException");
    process.on("uncaughtException", error => thrown.push(error));
    try {
        it.start({
            listener: event => {
                it.seen.push(event);
                if (event.type === "message") throw new Error("can't show this");
            },
        });
        const session = await it.connection();
        await session.admit(it.bob.public);
        session.post(it.bob.public, await it.bob.toLobby("one"));
        session.post(it.bob.public, await it.bob.toLobby("two"));
        await it.next("message", came => came.body.text === "two");
        await it.rest();
    } finally {
        process.removeAllListeners("uncaughtException");
        for (const listener of listening) process.on("uncaughtException", listener);
    }
    expect(thrown).toHaveLength(2);
});

test("names that wait for the connection are bounded", async () => {
    it.start();
    for (let number = 0; number <= HELD_MAX; number++) it.sayTo("zed", `${number}`);
    expect(it.all("queued")).toHaveLength(HELD_MAX);
    expect(it.all("failed")).toMatchObject([{ code: "offline", body: { text: `${HELD_MAX}` } }]);
});

test("the inspector keeps the latest messages, by number and by size", () => {
    const recent = new RecentMessages();
    const small = { envelope: new Uint8Array(10) } as unknown as MessageTrace;
    for (let number = 0; number <= RECENT_MAX; number++) recent.add("x", small);
    expect(recent.find(1)).toBeUndefined();
    expect(recent.find(2)!.title).toBe("Message 2, x");
    const big = { envelope: new Uint8Array(RECENT_MAX_BYTES - 5) } as unknown as MessageTrace;
    recent.add("big", big);
    expect(recent.find(RECENT_MAX + 1)).toBeUndefined();
    expect(recent.find(RECENT_MAX + 2)!.trace).toBe(big);
});

test("the directory is bounded, and a name belongs to whoever has it last", () => {
    const directory = new PeerDirectory();
    directory.add("bob", "k1");
    directory.add("Bob", "k2");
    expect(directory.keyOf("BOB")).toBe("k2");
    directory.remove("k1");
    expect(directory.keyOf("bob")).toBe("k2");
    for (let number = 0; number < DIRECTORY_MAX + 5; number++) directory.add(`n${number}`, `key${number}`);
    expect(directory.keyOf(`n${DIRECTORY_MAX + 4}`)).toBeUndefined();
});
