import { beforeEach, describe, expect, test } from "vitest";
import { fromHex, toHex } from "../../src/crypto/bytes";
import { actContext } from "../../src/rooms/roomActs";
import { inviteOf } from "../../src/rooms/inviteCode";
import { RoomCipher } from "../../src/conversations/roomCipher";
import { toPlaintext } from "../../src/conversations/messageBody";
import { create, type Init } from "../../src/wire/codec";
import { serverFrame } from "../../src/wire/frames";
import { RoomActKind, type RoomAct } from "../../src/wire/generated/chatlock_pb";
import { Scenario } from "./support/scenario";
import { randomBytes, ScriptedPerson, toolsOf } from "./support/scriptedPerson";
import { lobbyInfo, type ScriptedSession } from "./support/scriptedServer";

/** A server that tells of things that nobody did. */

const ROOM = "#garden";
const SECRET = new Uint8Array(32).fill(9);

let it: Scenario;
let session: ScriptedSession;
let bob: ScriptedPerson;
let mallory: ScriptedPerson;
let sequence: bigint;

beforeEach(async () => {
    it = await Scenario.make();
    bob = it.bob;
    mallory = await ScriptedPerson.called("mallory", lobbyInfo());
    session = (await it.enter(bob.public, mallory.public)).session;
    sequence = 0n;
});

/** Bob's room. */
const info = (more: Init<"RoomInfo"> = {}) =>
    ({
        ...{ position: { room: ROOM, epoch: 1n, sequence }, suite: 2, openSecret: SECRET },
        ...{ memberCount: 3, ownerKey: bob.identity.point, ...more },
    }) as Init<"RoomInfo">;

async function join(more: Init<"RoomInfo"> = {}): Promise<void> {
    it.do({ type: "join", target: ROOM });
    session.reply((await session.find("join")).ref, { case: "joined", value: info(more) });
    await it.next("room-entered");
}

async function signed(
    by: ScriptedPerson,
    number: bigint,
    more: Init<"RoomAct">,
    room = ROOM,
): Promise<RoomAct> {
    const act = create("RoomAct", { number, by: by.identity.point, timeUnixMs: 1_000n, ...more });
    act.signature = await by.identity.sign(actContext(room, 1n, act));
    return act;
}

/** The server tells that something was done. */
function tell(by: ScriptedPerson, act: RoomAct): void {
    const position = { room: ROOM, epoch: 1n, sequence: ++sequence };
    session.socket.say(
        serverFrame({ case: "posted", value: { position, act, from: by.public, timeUnixMs: 5n } }),
    );
}

const banned = (someone: ScriptedPerson) => ({ kind: RoomActKind.BAN, target: fromHex(someone.key)! });

test("what the owner did is told and holds", async () => {
    await join();
    tell(bob, await signed(bob, 1n, banned(mallory)));
    expect(await it.next("room-acted")).toMatchObject({ kind: "ban", target: { name: "mallory" } });
    expect((await it.next("room-rules")).rules.banned).toEqual([mallory.key]);
});

describe("what is told of", () => {
    test("signed by another than it names", async () => {
        await join();
        const act = await signed(mallory, 1n, banned(mallory));
        tell(bob, { ...act, by: bob.identity.point });
        expect(await it.next("act-refused")).toMatchObject({ code: "bad-signature", by: { name: "bob" } });
        expect(it.all("room-rules")).toEqual([]);
    });

    test("signed for another room", async () => {
        await join();
        tell(bob, await signed(bob, 1n, banned(mallory), "#kitchen"));
        expect(await it.next("act-refused")).toMatchObject({ code: "bad-signature" });
    });

    test("done by someone without a right to it", async () => {
        await join();
        tell(mallory, await signed(mallory, 1n, banned(bob)));
        expect(await it.next("act-refused")).toMatchObject({ code: "not-allowed", by: { name: "mallory" } });
        // It had a number all the same; what the owner does next holds.
        tell(bob, await signed(bob, 2n, banned(mallory)));
        await it.next("room-acted");
        expect((await it.next("room-rules")).rules.banned).toEqual([mallory.key]);
    });

    test("with something before it that isn't told is said to be so, and holds", async () => {
        await join();
        tell(bob, await signed(bob, 3n, banned(mallory)));
        expect(await it.next("act-refused")).toMatchObject({ code: "acts-missing", by: { name: "bob" } });
        expect((await it.next("room-rules")).rules.banned).toEqual([mallory.key]);
    });

    test("told a second time", async () => {
        await join();
        const act = await signed(bob, 1n, banned(mallory));
        tell(bob, act);
        await it.next("room-rules");
        tell(bob, await signed(bob, 2n, { kind: RoomActKind.UNBAN, target: fromHex(mallory.key)! }));
        expect((await it.next("room-rules")).rules.banned).toEqual([]);
        tell(bob, act);
        await it.rest();
        expect(it.all("room-rules").at(-1)!.rules.banned).toEqual([]);
    });

    test("among what is in force when one enters", async () => {
        const good = await signed(bob, 1n, banned(mallory));
        const forged = {
            ...(await signed(bob, 2n, { kind: RoomActKind.SLOW_MODE, seconds: 30 })),
            seconds: 3,
        };
        await join({ acts: [good, forged], lastAct: 2n });
        expect(await it.next("act-refused")).toMatchObject({ code: "bad-signature", by: { name: "bob" } });
        expect(it.all("room-entered")[0]!.room.rules).toMatchObject({
            ...{ banned: [mallory.key], slowModeSeconds: 0 },
        });
    });
});

test("who is muted says nothing, whatever the server lets through", async () => {
    await join();
    const cipher = new RoomCipher(toolsOf(mallory.identity), ROOM);
    cipher.enter(create("RoomInfo", info()));
    const post = async (text: string, timeUnixMs: bigint) => {
        const { envelope } = await cipher.seal(toPlaintext({ text, isAction: false }), 2);
        const position = { room: ROOM, epoch: 1n, sequence: ++sequence };
        const value = { position, envelope, from: mallory.public, messageId: randomBytes(16), timeUnixMs };
        session.socket.say(serverFrame({ case: "posted", value }));
    };
    await post("before", 500n);
    tell(bob, await signed(bob, 1n, { ...banned(mallory), kind: RoomActKind.MUTE, seconds: 60 }));
    await post("smuggled in", 2_000n);
    await post("after it was over", 61_001n);
    const { reason, room } = await it.next("unreadable");
    expect([reason, room]).toEqual(["not-allowed", ROOM]);
    await it.next("message", ({ body }) => body.text === "after it was over");
    expect(it.all("message").map(({ body }) => body.text)).toEqual([...["before", "after it was over"]]);
});

test("a sealed room with another owner than its invite names is left at once", async () => {
    const invite = await inviteOf(2, SECRET, bob.identity.fingerprint);
    it.do({ type: "join", target: invite.code, name: "Garden" });
    const asked = await session.find("join");
    expect(asked).toMatchObject({ room: invite.room, create: false });
    const position = { room: invite.room, epoch: 1n, sequence: 0n };
    const value = { ...info({ position, ownerKey: mallory.identity.point }), openSecret: new Uint8Array() };
    session.reply(asked.ref, { case: "joined", value });
    expect((await session.find("leave")).room).toBe(invite.room);
    expect(await it.next("room-left")).toMatchObject({ code: "room-forged" });
    expect(it.all("room-entered")).toEqual([]);
});

test("a topic passed off as a message is a message seen before", async () => {
    await join();
    const cipher = new RoomCipher(toolsOf(bob.identity), ROOM);
    cipher.enter(create("RoomInfo", info()));
    const { envelope } = await cipher.seal(toPlaintext({ text: "Roses", isAction: false }), 2);
    tell(bob, await signed(bob, 1n, { kind: RoomActKind.TOPIC, envelope }));
    expect((await it.next("topic-changed")).topic).toBe("Roses");
    const position = { room: ROOM, epoch: 1n, sequence: ++sequence };
    const value = { position, envelope, from: bob.public, messageId: randomBytes(16), timeUnixMs: 5n };
    session.socket.say(serverFrame({ case: "posted", value }));
    expect((await it.next("notice", ({ code }) => code === "replay-dropped")).sentence).toContain(
        "second time",
    );
    expect(it.all("message")).toEqual([]);
});

test("a topic that can't be read is told without its text", async () => {
    await join();
    tell(bob, await signed(bob, 1n, { kind: RoomActKind.TOPIC, envelope: new Uint8Array([1, 2, 3]) }));
    expect(await it.next("topic-changed")).toMatchObject({ topic: undefined, unreadable: "malformed" });
    expect(toHex(bob.identity.fingerprint)).toBe(it.all("topic-changed")[0]!.by.key);
});
