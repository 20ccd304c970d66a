import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, test } from "vitest";
import { toHex } from "../../src/crypto/bytes";
import { roomLink } from "../../src/rooms/inviteLink";
import { indexedDbKeyShelf } from "../../src/storage/keyShelf";
import { Company } from "./support/company";
import type { Scenario } from "./support/scenario";
import { SERVER_ID } from "./support/scriptedServer";

let company: Company;
let alice: Scenario;
let bob: Scenario;

beforeEach(async () => {
    company = new Company();
    alice = await company.join("alice");
    bob = await company.join("bob");
});

const keyOf = (someone: Scenario) => toHex(someone.identity.fingerprint);

describe("an open room", () => {
    test("is made by whoever joins it first, who owns it, and found by its name", async () => {
        const made = await company.enter(alice, "Garden");
        expect(made).toMatchObject({
            ...{ id: "#garden", displayName: "#garden", kind: "open", owner: keyOf(alice) },
            ...{ suite: { name: "sealed" }, memberCount: 1, canInvite: true },
        });
        const found = await company.enter(bob, "#garden");
        expect(found).toMatchObject({ id: "#garden", owner: keyOf(alice), memberCount: 2 });
        expect(found.members.map(({ name }) => name)).toEqual(["alice"]);
        await company.say(bob, "hello garden", "#garden");
        await company.sees(alice, "hello garden", "#garden");
        expect(company.texts(alice)).toEqual([]);
        const seen = company.gateway.carried.map(envelope => new TextDecoder().decode(envelope)).join("");
        expect(seen).not.toContain("garden");
    });

    test("is listed with how many are in it", async () => {
        await company.enter(alice, "garden");
        await company.enter(alice, "kitchen");
        await company.enter(bob, "garden");
        bob.do({ type: "list-rooms" });
        const { rooms, isComplete } = await bob.next("rooms-listed");
        expect(rooms.map(({ id, memberCount, isIn }) => [id, memberCount, isIn])).toEqual([
            ["#garden", 2, true],
            ["#kitchen", 1, false],
        ]);
        expect(isComplete).toBe(true);
    });

    test("that is left says nothing more, and nothing can be said there", async () => {
        await company.enter(alice, "garden");
        await company.enter(bob, "garden");
        bob.do({ type: "part", room: "#garden" });
        expect(await bob.next("room-left")).toMatchObject({ id: "#garden", code: "left" });
        const { left } = await alice.next("presence", ({ room }) => room === "#garden");
        expect(left.length + alice.all("presence").length).toBeGreaterThan(0);
        await company.say(alice, "is anyone here?", "#garden");
        await bob.rest();
        expect(company.texts(bob, "#garden")).toEqual([]);
        bob.say("still there?", "#garden");
        expect(await bob.next("failed")).toMatchObject({ code: "not-a-member" });
    });

    test.each([
        ["", "A name needs at least one character."],
        ["two words", "A name can't contain U+0020 (a space)."],
        ["x".repeat(33), "A name can't be longer than 32 characters."],
    ])("can't be called %j", async (name, sentence) => {
        alice.do({ type: "join", target: `#${name}` });
        expect(await alice.next("refused")).toMatchObject({ code: "room-invalid", sentence });
        expect(company.gateway.asked).not.toContain("join");
    });

    test("that one is in already is said to be so, for the page to show it", async () => {
        await company.enter(alice, "garden");
        alice.do({ type: "join", target: "GARDEN" });
        expect(await alice.next("refused")).toMatchObject({ code: "already-in", room: "#garden" });
    });
});

describe("a sealed room", () => {
    test("is entered by its invite, and the server sees a hash", async () => {
        const { room, code } = await company.makeRoom(alice, "Secret garden");
        expect(room).toMatchObject({ displayName: "Secret garden", kind: "sealed", owner: keyOf(alice) });
        expect(room.id).toMatch(/^~[0-9a-f]{64}$/);
        const link = roomLink(`https://host/#sha256=${toHex(SERVER_ID)}`, code, "Secret garden");
        const entered = await company.enter(bob, link);
        expect(entered).toMatchObject({ id: room.id, displayName: "Secret garden", canInvite: true });
        await company.say(alice, "only for us", room.id);
        await company.sees(bob, "only for us", room.id);
        expect(company.gateway.rooms.get(room.id)!.secret).toHaveLength(0);
    });

    test.each([
        ["cut", (code: string) => code.slice(0, -7), "not whole"],
        [
            "altered",
            (code: string) => code.replace(/.$/, last => (last === "A" ? "E" : "A")),
            "doesn't add up",
        ],
    ])("whose invite was %s is not asked for", async (_, damage, words) => {
        const { code } = await company.makeRoom(alice, "Garden");
        bob.do({ type: "join", target: roomLink("https://host/", damage(code), "Garden") });
        const { sentence } = await bob.next("refused");
        expect(sentence).toContain(words);
        expect(company.gateway.asked.filter(kind => kind === "join")).toHaveLength(1);
    });

    test("of another server is not asked for here", async () => {
        const { code } = await company.makeRoom(alice, "Garden");
        bob.do({ type: "join", target: roomLink(`https://host/#sha256=${"ef".repeat(32)}`, code, "Garden") });
        expect((await bob.next("refused")).sentence).toContain("another server");
    });

    test("that nobody made can't be entered, but by whoever owns it", async () => {
        const { room, code } = await company.makeRoom(alice, "Garden");
        alice.do({ type: "part", room: room.id });
        await alice.next("room-left");
        company.gateway.rooms.delete(room.id);
        bob.do({ type: "join", target: code });
        expect(await bob.next("refused")).toMatchObject({ code: "no-such-room" });
        expect((await company.enter(alice, code, "Garden")).id).toBe(room.id);
    });

    test("can be shown to others by whoever opened its invite, and not after a reload", async () => {
        const shelf = indexedDbKeyShelf(new IDBFactory());
        const carol = await company.join("carol", { rooms: shelf });
        const { room, code } = await company.makeRoom(alice, "Garden");
        await company.enter(carol, code, "Garden");
        carol.do({ type: "show-invite", room: room.id });
        expect(await carol.next("invite-shown")).toMatchObject({ code, displayName: "Garden" });
        await company.say(alice, "before the reload", room.id);
        await company.sees(carol, "before the reload", room.id);
        await carol.rest();

        const resume = carol.client.resumePoint();
        company.gateway.cut(company.gateway.sockets.at(-1)!);
        await company.say(alice, "while it reloaded", room.id);
        const reloaded = await company.join("carol", { identity: carol.identity, rooms: shelf, resume });
        const { room: back, isAgain } = await reloaded.next("room-entered");
        expect([back.displayName, back.canInvite, isAgain]).toEqual(["Garden", false, true]);
        await company.sees(reloaded, "while it reloaded", room.id);
        expect(company.texts(reloaded, room.id)).toEqual(["while it reloaded"]);
        reloaded.do({ type: "show-invite", room: room.id });
        expect((await reloaded.next("refused")).sentence).toContain("since it was reloaded");
    });

    test("whose key this browser lost is left again", async () => {
        const { room } = await company.makeRoom(alice, "Garden");
        const resume = alice.client.resumePoint();
        company.gateway.cut(company.gateway.sockets[0]!);
        const reloaded = await company.join("alice", { identity: alice.identity, resume });
        expect(await reloaded.next("room-left")).toMatchObject({ id: room.id, code: "room-forged" });
        await reloaded.rest();
        expect(company.gateway.rooms.get(room.id)!.members.size).toBe(0);
    });

    test("that this browser knows is listed, entered again and forgotten", async () => {
        const shelf = indexedDbKeyShelf(new IDBFactory());
        const carol = await company.join("carol", { rooms: shelf });
        const { room, code } = await company.makeRoom(alice, "Garden");
        await company.enter(carol, code, "Garden");
        carol.do({ type: "part", room: room.id });
        await carol.next("room-left");
        const later = await company.join("carol", { identity: carol.identity, rooms: shelf });
        later.do({ type: "list-rooms" });
        const { known } = await later.next("rooms-listed");
        expect(known).toEqual([{ id: room.id, displayName: "Garden", isIn: false }]);
        expect((await company.enter(later, room.id)).displayName).toBe("Garden");
        later.do({ type: "part", room: room.id });
        await later.next("room-left");
        later.do({ type: "forget-room", room: room.id });
        expect((await later.next("rooms-listed")).known).toEqual([]);
        expect(await shelf.rooms()).toEqual([]);
    });
});

describe("moderation", () => {
    let room: string;

    beforeEach(async () => {
        const made = await company.makeRoom(alice, "Garden");
        room = made.room.id;
        await company.enter(bob, made.code, "Garden");
    });

    test("a topic is read by members and by nobody else", async () => {
        alice.do({ type: "set-topic", room, text: "  Roses \n and thorns " });
        for (const one of [alice, bob])
            expect(await one.next("topic-changed")).toMatchObject({
                ...{ room, topic: "Roses and thorns", isYou: one === alice },
                by: { name: "alice" },
            });
        alice.do({ type: "set-topic", room, text: "" });
        expect((await bob.next("topic-changed")).topic).toBeUndefined();
    });

    test("a topic is told to whoever comes later", async () => {
        alice.do({ type: "set-topic", room, text: "Roses" });
        await alice.next("topic-changed");
        bob.do({ type: "part", room });
        await bob.next("room-left");
        expect((await company.enter(bob, room)).topic).toBe("Roses");
    });

    test("a topic that is too long is answered here", async () => {
        alice.do({ type: "set-topic", room, text: "x".repeat(513) });
        expect((await alice.next("refused")).sentence).toBe("A topic has at most 512 bytes of text.");
    });

    test("who is sent out hears it, is out, and may come back", async () => {
        alice.do({ type: "moderate", room, kind: "kick", receiver: { name: "bob" } });
        expect(await bob.next("room-acted")).toMatchObject({
            ...{ kind: "kick", isAboutYou: true, isByYou: false },
            by: { name: "alice" },
        });
        expect(await bob.next("room-left")).toMatchObject({ id: room, code: "kicked" });
        expect(await alice.next("room-acted")).toMatchObject({ isByYou: true, target: { name: "bob" } });
        expect((await company.enter(bob, room)).id).toBe(room);
    });

    test("who is banned can't come back until that is lifted", async () => {
        alice.do({ type: "moderate", room, kind: "ban", receiver: { name: "bob" } });
        await bob.next("room-left");
        bob.do({ type: "join", target: room });
        expect(await bob.next("refused")).toMatchObject({ code: "banned" });
        alice.do({ type: "moderate", room, kind: "unban", receiver: { key: keyOf(bob) } });
        await alice.next("room-acted", ({ kind }) => kind === "unban");
        expect((await company.enter(bob, room)).rules.banned).toEqual([]);
    });

    test("who is muted is told so with the text handed back", async () => {
        alice.do({ type: "moderate", room, kind: "mute", receiver: { name: "bob" }, seconds: 60 });
        expect(await bob.next("room-acted")).toMatchObject({ kind: "mute", seconds: 60, isAboutYou: true });
        const { rules } = await bob.next("room-rules");
        expect([...rules.muted.keys()]).toEqual([keyOf(bob)]);
        bob.say("may I?", room);
        expect(await bob.next("failed")).toMatchObject({ code: "muted", body: { text: "may I?" } });
    });

    test("an op may do what an op may, and no more", async () => {
        const carol = await company.join("carol");
        alice.do({ type: "show-invite", room });
        await company.enter(carol, (await alice.next("invite-shown")).code!, "Garden");
        alice.do({ type: "moderate", room, kind: "op", receiver: { name: "bob" } });
        await bob.next("room-rules", ({ rules }) => rules.ops.includes(keyOf(bob)));
        bob.do({ type: "moderate", room, kind: "kick", receiver: { name: "carol" } });
        expect(await carol.next("room-left")).toMatchObject({ code: "kicked" });
        bob.do({ type: "moderate", room, kind: "op", receiver: { name: "carol" } });
        expect(await bob.next("refused")).toMatchObject({ code: "not-allowed" });
        bob.do({ type: "slow-mode", room, seconds: 30 });
        expect(await alice.next("room-acted", ({ kind }) => kind === "slow-mode")).toMatchObject({
            ...{ seconds: 30, target: undefined },
            by: { name: "bob" },
        });
    });

    test("who may not is told so, and the server isn't asked", async () => {
        bob.do({ type: "moderate", room, kind: "kick", receiver: { name: "alice" } });
        expect(await bob.next("refused")).toMatchObject({ code: "not-allowed" });
        expect(company.gateway.asked).not.toContain("moderate");
    });

    test("two who do something at once are both heard, one after the other", async () => {
        alice.do({ type: "moderate", room, kind: "op", receiver: { name: "bob" } });
        await bob.next("room-rules", ({ rules }) => rules.ops.length > 0);
        alice.do({ type: "slow-mode", room, seconds: 5 });
        bob.do({ type: "set-topic", room, text: "Roses" });
        for (const one of [alice, bob]) {
            await one.next("room-acted", ({ kind }) => kind === "slow-mode");
            one.clock.advance(1_000);
        }
        for (let turn = 0; turn < 200 && alice.all("topic-changed").length === 0; turn++) {
            await bob.rest();
            for (const one of [alice, bob]) one.clock.advance(1_000);
        }
        expect(alice.all("topic-changed").at(-1)?.topic).toBe("Roses");
        expect(company.gateway.rooms.get(room)!.rules.lastAct).toBe(3n);
    });

    test("what was done while someone was away is told in its place when they are back", async () => {
        company.gateway.cut(company.gateway.sockets[1]!);
        await bob.next("status", ({ status }) => status.state === "waiting");
        await company.say(alice, "one", room);
        alice.do({ type: "set-topic", room, text: "Roses" });
        await alice.next("topic-changed");
        await company.say(alice, "two", room);
        await company.reconnect(bob);
        await bob.next("room-entered");
        await company.sees(bob, "two", room);
        const told = bob.seen.filter(({ type }) => type === "message" || type === "topic-changed");
        expect(told.map(({ type }) => type)).toEqual(["message", "topic-changed", "message"]);
        expect(bob.all("act-refused")).toEqual([]);
    });
});

test("a person in several rooms talks in each, and each comes back after a cut", async () => {
    const rooms = ["#garden", "#kitchen", "#attic"];
    for (const room of rooms) for (const one of [alice, bob]) await company.enter(one, room);
    company.gateway.cut(company.gateway.sockets[1]!);
    await bob.next("status", ({ status }) => status.state === "waiting");
    for (const room of rooms) await company.say(alice, `to ${room}`, room);
    bob.say("typed while offline", "#kitchen");
    await company.reconnect(bob);
    for (const room of rooms) await company.sees(bob, `to ${room}`, room);
    await company.sees(alice, "typed while offline", "#kitchen");
    for (const room of rooms) expect(company.texts(bob, room)).toEqual([`to ${room}`]);
});

test("a room that isn't there any more is told at the return, and what waited for it is handed back", async () => {
    await company.enter(bob, "garden");
    company.gateway.cut(company.gateway.sockets[1]!);
    await bob.next("status", ({ status }) => status.state === "waiting");
    company.gateway.rooms.delete("#garden");
    bob.say("for the garden", "#garden");
    await company.reconnect(bob);
    expect(await bob.next("failed")).toMatchObject({
        body: { text: "for the garden" },
        sentence: "Not any more.",
    });
    expect(await bob.next("room-left")).toMatchObject({ id: "#garden", code: "no-such-room" });
});
