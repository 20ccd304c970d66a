import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, test } from "vitest";
import { ACK_COLLECT_MS } from "../../src/client/mailboxState";
import { toHex } from "../../src/crypto/bytes";
import { SESSION_KEY_DAY_MS } from "../../src/identity/sessionKeys";
import type { Standing } from "../../src/session/clientSessionPositions";
import { indexedDbKeyShelf } from "../../src/storage/keyShelf";
import { RefusalCode, type Position } from "../../src/wire/generated/chatlock_pb";
import { Company } from "./support/company";
import { Scenario } from "./support/scenario";
import { lobbyInfo, type ScriptedSession } from "./support/scriptedServer";

let it: Scenario;

beforeEach(async () => {
    it = await Scenario.make();
});

const plain = (positions: readonly (Position | Standing)[]) =>
    positions.map(({ room, epoch, sequence }) => [room, epoch, sequence]);

describe("the next Hello", () => {
    test("brings the token of the last Welcome, and where one stands", async () => {
        const { session, you } = await it.enter(it.bob.public);
        session.post(it.bob.public, await it.bob.toLobby("one"));
        session.private(it.bob.public, await it.bob.to(you, "psst"));
        await it.next("message", ({ isPrivate }) => isPrivate);
        it.say("two");
        session.accept((await session.find("post")).ref);
        await it.next("sent");
        const again = await it.reconnect(session);
        again.challenge();
        const hello = await again.read("hello");
        expect(hello.resumeToken).toHaveLength(16);
        expect(plain(hello.positions)).toEqual([
            ["", 1n, 1n],
            ["lobby", 1n, 2n],
        ]);
        again.welcome(hello, [it.bob.public], {
            resumed: true,
            mailbox: 1n,
            room: lobbyInfo(undefined, 2, 2n),
        });
        expect(await it.next("entered")).toMatchObject({ isAgain: true, isResumed: true });
        again.post(it.bob.public, await it.bob.toLobby("three"));
        expect((await it.next("message")).body.text).toBe("three");
    });

    test("goes without a token that isn't good any more, on the same connection, and nobody is asked", async () => {
        const { session } = await it.enter();
        const again = await it.reconnect(session);
        again.challenge();
        const first = await again.read("hello");
        again.refuse(first.ref, RefusalCode.CANNOT_RESUME, "That session can't go on; begin a new one.");
        const second = await again.read("hello");
        expect(second.resumeToken).toHaveLength(0);
        expect(second.name).toBe("alice");
        expect(plain(second.positions)).toEqual(plain(first.positions));
        again.welcome(second);
        expect(await it.next("entered")).toMatchObject({ isAgain: true, isResumed: false });
        expect(it.all("name-needed")).toEqual([]);
    });

    test("of a tab that was reloaded goes on where the page before it stood", async () => {
        const { session } = await it.enter(it.bob.public);
        session.post(it.bob.public, await it.bob.toLobby("before"));
        await it.next("message");
        const resume = it.client.resumePoint();
        await it.client.dispose();
        it.start({ resume });
        const again = await it.connection();
        again.challenge();
        const hello = await again.read("hello");
        expect(toHex(hello.resumeToken)).toBe(toHex(resume.token));
        expect(plain(hello.positions)).toEqual(plain(resume.positions));
    });

    test("comes by itself when the session key is a day old, and nobody sees that", async () => {
        const { session, you } = await it.enter();
        const seen = it.all("status").length;
        // As a page that is awake all day: it hears from the server.
        for (let heard = 0; heard < SESSION_KEY_DAY_MS; heard += 30_000) {
            session.presence({ online: 2 });
            it.clock.advance(30_000);
        }
        const again = await it.connection();
        again.challenge();
        const hello = await again.read("hello");
        expect(toHex(hello.sessionKey)).not.toBe(toHex(you.sessionKey));
        expect(hello.resumeToken).toHaveLength(16);
        expect(it.all("status").slice(seen)).toEqual([]);
    });
});

describe("what won't come", () => {
    test.each([
        ["lobby", 3n, 7n, { room: undefined, isPrivate: false, from: 3n, to: 7n }],
        ["lobby", 0n, 0n, { room: undefined, isPrivate: false, from: 0n, to: 0n }],
        ["", 2n, 4n, { room: undefined, isPrivate: true, from: 2n, to: 4n }],
    ])("is told: a gap of %j from %d to %d", async (room, from, to, told) => {
        const { session } = await it.enter();
        session.gap(room, from, to);
        expect(await it.next("missing")).toEqual({ type: "missing", ...told });
    });

    test("is told after what came before it, and before what came after it", async () => {
        const { session } = await it.enter(it.bob.public);
        session.post(it.bob.public, await it.bob.toLobby("before"));
        session.gap("lobby", 2n, 2n);
        session.sequence = 2n;
        session.post(it.bob.public, await it.bob.toLobby("after"));
        await it.next("message", ({ body }) => body.text === "after");
        const told = it.seen.filter(({ type }) => type === "message" || type === "missing");
        expect(told.map(({ type }) => type)).toEqual(["message", "missing", "message"]);
    });
});

describe("private messages that were shown", () => {
    let session: ScriptedSession;

    const send = async (count: number) => {
        const entered = await it.enter(it.bob.public);
        session = entered.session;
        for (let at = 1; at <= count; at++)
            session.private(it.bob.public, await it.bob.to(entered.you, `message ${at}`));
        await it.next("message", ({ body }) => body.text === `message ${count}`);
    };

    test("are acknowledged together, after a while", async () => {
        await send(3);
        await it.rest();
        expect(session.socket.sent.filter(({ body }) => body.case === "ack")).toEqual([]);
        it.clock.advance(ACK_COLLECT_MS);
        expect(plain((await session.find("ack")).positions)).toEqual([["", 1n, 3n]]);
    });

    test("are acknowledged at once when they are many", async () => {
        await send(16);
        expect(plain((await session.find("ack")).positions)).toEqual([["", 1n, 16n]]);
    });

    test("are acknowledged once more where the answer is lost", async () => {
        await send(2);
        it.clock.advance(ACK_COLLECT_MS);
        await session.find("ack");
        const again = await it.reconnect(session);
        again.challenge();
        const hello = await again.read("hello");
        expect(plain(hello.positions)[0]).toEqual(["", 1n, 2n]);
        again.welcome(hello, [], { resumed: true, mailbox: 2n });
        await it.next("entered");
        it.clock.advance(ACK_COLLECT_MS);
        expect(plain((await again.find("ack")).positions)).toEqual([["", 1n, 2n]]);
    });

    test("and those that can't be read are acknowledged like the others", async () => {
        const entered = await it.enter(it.bob.public);
        session = entered.session;
        session.private(it.bob.public, new Uint8Array([1, 2, 3]));
        session.private(undefined, await it.bob.to(entered.you, "from nobody"));
        await it.next("unreadable");
        it.clock.advance(ACK_COLLECT_MS);
        expect(plain((await session.find("ack")).positions)).toEqual([["", 1n, 2n]]);
    });
});

describe("someone who is away", () => {
    test("gets what was written meanwhile at the return, and the writer sees it sent, waiting, delivered", async () => {
        const company = new Company();
        const [alice, bob] = [await company.join("alice"), await company.join("bob")];
        alice.sayTo("bob", "hello");
        await bob.next("message");
        company.gateway.cut(company.gateway.sockets[1]!);
        await bob.next("status", ({ status }) => status.state === "waiting");
        company.gateway.tellAway();
        expect((await alice.next("presence", ({ away }) => away.length > 0)).away[0]?.name).toBe("bob");
        const localId = alice.sayTo("bob", "for later");
        expect(await alice.next("sent", sent => sent.localId === localId)).toMatchObject({ isWaiting: true });
        await company.reconnect(bob);
        expect((await bob.next("message")).body.text).toBe("for later");
        await quiet(alice, bob);
        expect(await alice.next("delivered", one => one.localId === localId)).toBeDefined();
        for (const one of [alice, bob]) one.clock.advance(ACK_COLLECT_MS);
        await bob.rest();
        expect(company.gateway.mailOf("bob")).toBe(0);
    });

    test("and whose session is over gets it too, in a page that was opened anew", async () => {
        const company = new Company();
        const shelf = indexedDbKeyShelf(new IDBFactory());
        const alice = await company.join("alice");
        const bob = await company.join("bob", { sessionKeys: shelf });
        company.gateway.cut(company.gateway.sockets[1]!);
        company.gateway.expire();
        await bob.client.dispose();
        const localId = alice.sayTo("bob", "for tomorrow");
        expect(await alice.next("sent", sent => sent.localId === localId)).toMatchObject({ isWaiting: true });
        const later = await company.join("bob", { identity: bob.identity, sessionKeys: shelf });
        expect((await later.next("message")).body.text).toBe("for tomorrow");
    });
});

/** Receipts wait for a quiet moment of the clock. */
async function quiet(...people: Scenario[]): Promise<void> {
    for (let turn = 0; turn < 5; turn++) {
        for (const one of people) {
            await one.rest();
            one.clock.advance(200);
        }
    }
}
