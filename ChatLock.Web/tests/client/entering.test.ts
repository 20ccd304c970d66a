import { beforeEach, expect, test } from "vitest";
import { copyOf, toHex } from "../../src/crypto/bytes";
import { importVerifyingKey } from "../../src/crypto/signing";
import { helloContext, sessionKeyContext } from "../../src/identity/keyProof";
import { CloseReason, RefusalCode } from "../../src/wire/generated/chatlock_pb";
import { Scenario } from "./support/scenario";
import { SERVER_ID } from "./support/scriptedServer";

let it: Scenario;

beforeEach(async () => {
    it = await Scenario.make();
});

test("the client proves its key and is in the lobby", async () => {
    it.start();
    const session = await it.connection();
    const nonce = session.challenge();
    const hello = await session.read("hello");
    const key = (await importVerifyingKey(hello.identityKey))!;
    expect(toHex(key.fingerprint)).toBe(toHex(it.identity.fingerprint));
    const proved = helloContext(nonce, SERVER_ID, copyOf(hello.sessionKey), "alice");
    expect(await key.verify(proved, copyOf(hello.signature))).toBe(true);
    const vouched = sessionKeyContext(hello.sessionKeyMadeUnixMs, copyOf(hello.sessionKey));
    expect(await key.verify(vouched, copyOf(hello.sessionKeySignature))).toBe(true);
    session.welcome(hello, [it.bob.public]);
    const entered = await it.next("entered");
    expect(entered).toMatchObject({ name: "alice", key: toHex(it.identity.fingerprint), isAgain: false });
    expect(entered.here.map(peer => peer.name)).toEqual(["bob"]);
    const { status } = await it.next("status", event => event.status.state === "online");
    expect(status).toEqual({ state: "online", name: "alice", online: 2 });
});

test("a taken name is asked for again on the same connection", async () => {
    it.start();
    const session = await it.connection();
    session.challenge();
    const first = await session.read("hello");
    session.refuse(first.ref, RefusalCode.NAME_TAKEN, "Someone here has that name already.", {
        suggestions: ["alice2", "alice_"],
    });
    const need = await it.next("name-needed");
    expect(need).toMatchObject({ wanted: "alice", code: "name-taken", suggestions: ["alice2", "alice_"] });
    it.do({ type: "choose-name", name: "alice2" });
    const second = await session.read("hello");
    expect(second.name).toBe("alice2");
    expect(toHex(second.sessionKey)).toBe(toHex(first.sessionKey));
    session.welcome(second);
    expect((await it.next("entered")).name).toBe("alice2");
});

test("without a name the user is asked once the server has spoken", async () => {
    it.start({ name: undefined });
    const session = await it.connection();
    session.challenge();
    const need = await it.next("name-needed");
    expect(need.wanted).toBeUndefined();
    it.do({ type: "choose-name", name: "not:a name" });
    expect((await it.next("name-needed")).code).toBe("name-invalid");
    it.do({ type: "choose-name", name: "alice" });
    expect((await session.read("hello")).name).toBe("alice");
});

test("a server that would not wait for the name is connected to again", async () => {
    it.start({ name: undefined });
    const session = await it.connection();
    session.challenge();
    await it.next("name-needed");
    session.close(CloseReason.HELLO_TIMEOUT, "Too late.");
    expect(session.socket.isClosed).toBe(true);
    it.do({ type: "choose-name", name: "alice" });
    await (await it.connection()).admit();
    expect((await it.next("entered")).name).toBe("alice");
});
