import { beforeEach, expect, test } from "vitest";
import { toHex } from "../../src/crypto/bytes";
import { FakeGateway } from "./support/fakeGateway";
import { Scenario } from "./support/scenario";

let gateway: FakeGateway;
let alice: Scenario;
let bob: Scenario;

beforeEach(async () => {
    gateway = new FakeGateway();
    [alice, bob] = [await Scenario.make(), await Scenario.make()];
    alice.start({ openSocket: gateway.open });
    await alice.next("entered");
    bob.start({ openSocket: gateway.open, name: "bob" });
    await bob.next("entered");
    await alice.next("presence");
});

test("two clients talk to all, and privately with receipts", async () => {
    alice.say("hello all");
    expect(await bob.next("message")).toMatchObject({
        from: { name: "alice" },
        body: { text: "hello all" },
        isPrivate: false,
    });
    const localId = bob.sayTo("alice", "hello you");
    expect(await alice.next("message")).toMatchObject({
        from: { name: "bob", standing: "known" },
        body: { text: "hello you" },
        isPrivate: true,
    });
    await bob.next("sent");
    expect(await bob.next("delivered")).toEqual({ type: "delivered", localId });
    const seen = gateway.carried.map(envelope => new TextDecoder().decode(envelope)).join("");
    expect(seen).not.toContain("hello");
});

test("a name that is taken is refused, with one that is free", async () => {
    const second = await Scenario.make();
    second.start({ openSocket: gateway.open, name: "Bob" });
    expect((await second.next("name-needed")).suggestions).toEqual(["Bob2"]);
    second.do({ type: "choose-name", name: "Bob2" });
    expect((await second.next("entered")).here.map(peer => peer.name)).toEqual(["alice", "bob"]);
});

test("many lines both ways arrive complete and in order", async () => {
    const lines = Array.from({ length: 40 }, (_, at) => `line ${at}`);
    for (const line of lines) {
        alice.say(line);
        bob.sayTo("alice", line);
    }
    // A receipt takes its turn among them, and what is left of the burst is one too few: time has to pass.
    const arrived = Promise.all(
        [bob, alice].map(one => one.next("message", came => came.body.text === "line 39")),
    );
    let waiting = true;
    const stop = () => (waiting = false);
    void arrived.then(stop, stop);
    for (let turn = 0; waiting && turn < 50; turn++) {
        await alice.rest(200);
        for (const one of [alice, bob]) one.clock.advance(200);
    }
    await arrived;
    expect(bob.all("message").map(came => came.body.text)).toEqual(lines);
    expect(alice.all("message").map(came => came.body.text)).toEqual(lines);
    expect(alice.all("unreadable")).toEqual([]);
});

test("messages under way when a connection breaks arrive once, in order", async () => {
    alice.sayTo("bob", "one");
    await bob.next("message");
    gateway.cut(gateway.sockets[1]!);
    await bob.next("status", ({ status }) => status.state === "waiting");
    bob.sayTo("alice", "written while away");
    bob.clock.advance(1_000);
    expect(await bob.next("entered")).toMatchObject({ isAgain: true, isResumed: true });
    expect((await alice.next("message")).body.text).toBe("written while away");
    alice.sayTo("bob", "two");
    expect((await bob.next("message")).body.text).toBe("two");
    expect(bob.all("message").map(came => came.body.text)).toEqual(["one", "two"]);
    expect(bob.all("unreadable")).toEqual([]);
    expect(alice.all("presence")).toHaveLength(1); // that bob joined, and nothing since
});

test("another name is told to the others, and private messages follow the key", async () => {
    bob.do({ type: "rename", name: "robert" });
    expect((await alice.next("presence")).renamed).toMatchObject([
        { before: "bob", peer: { name: "robert" } },
    ]);
    alice.sayTo("robert", "still you?");
    expect((await bob.next("message")).body.text).toBe("still you?");
    alice.do({ type: "who" });
    const who = await alice.next("who");
    expect(who.people.map(peer => peer.name)).toEqual(["alice", "robert"]);
    expect(who.you).toBe(toHex(alice.identity.fingerprint));
});

test("the same key elsewhere takes over, and both know", async () => {
    const elsewhere = await Scenario.make();
    elsewhere.start({ openSocket: gateway.open, identity: bob.identity, name: "bob" });
    await elsewhere.next("entered");
    const { status } = await bob.next("status", event => event.status.state === "stopped");
    expect(status).toMatchObject({ kind: "taken-over" });
    alice.sayTo("bob", "where are you?");
    expect((await elsewhere.next("message")).body.text).toBe("where are you?");
});
