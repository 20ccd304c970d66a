/** vectors/rooms: what rooms are called, who is let in and who may do what, the same in every language. */

import { expect, test } from "vitest";
import { toHex } from "../../src/crypto/bytes";
import { parseInvite, inviteOf } from "../../src/rooms/inviteCode";
import { actContext, verifyAct } from "../../src/rooms/roomActs";
import { roomKindOf, sealedRoomOf } from "../../src/rooms/roomId";
import { RoomRules } from "../../src/rooms/roomRules";
import { create } from "../../src/wire/codec";
import { RoomActKind, type RoomAct } from "../../src/wire/generated/chatlock_pb";
import { bytes, passed, readJson } from "../vectors";

/** vectors/rooms/README.md says what the fields are. */

interface ActVector {
    readonly kind: string;
    readonly number: string;
    readonly target: string;
    readonly seconds: number;
    readonly envelope: string;
    readonly by: string;
    readonly time_unix_ms: string;
}

test("each id is what the file says", async () => {
    type Sealed = { suite: number } & Record<"owner" | "secret" | "id", string>;
    type File = { ids: { text: string; kind: string }[]; sealed: Sealed[] };
    const { ids, sealed } = readJson<File>("rooms/ids.json");
    for (const { text, kind } of ids) expect([text, roomKindOf(text) ?? "none"]).toEqual([text, kind]);
    for (const { suite, owner, secret, id } of sealed)
        expect(await sealedRoomOf(suite, bytes(owner), bytes(secret))).toBe(id);
    passed("rooms/ids.json", ids.length + sealed.length, 39);
});

test("each invite is what the file says", async () => {
    type Invite = Record<"code" | "expected" | "comment", string> & {
        suite?: number;
        owner?: string;
        secret?: string;
        room?: string;
    };
    const { invites } = readJson<{ invites: Invite[] }>("rooms/invites.json");
    for (const { code, expected, comment, suite, owner, secret, room } of invites) {
        const parsed = await parseInvite(code);
        expect(parsed.ok, comment).toBe(expected === "good");
        if (!parsed.ok) expect(parsed.sentence.includes("newer"), comment).toBe(expected === "newer");
        else {
            const { invite } = parsed;
            expect([invite.suite, toHex(invite.owner), toHex(invite.secret), invite.room]).toEqual([
                ...[suite, owner, secret, room],
            ]);
            expect(await inviteOf(suite!, bytes(secret!), bytes(owner!))).toEqual(invite);
        }
    }
    passed("rooms/invites.json", invites.length, 27);
});

test("each act is signed as the file says", async () => {
    type Signed = { act: ActVector; context?: string } & Record<
        "comment" | "expected" | "room" | "epoch" | "signature",
        string
    >;
    const { acts } = readJson<{ acts: Signed[] }>("rooms/acts.json");
    for (const { act, context, comment, expected, room, epoch, signature } of acts) {
        const read = { ...actOf(act), signature: bytes(signature) };
        if (context !== undefined)
            expect(toHex(actContext(room, BigInt(epoch), read)), comment).toBe(context);
        expect(await verifyAct(room, BigInt(epoch), read), comment).toBe(expected === "good");
    }
    passed("rooms/acts.json", acts.length, 35);
});

test("each story of a room's rules ends as the file says", () => {
    type Story = {
        comment: string;
        owner?: string;
        steps: { act: ActVector; expected: string }[];
        end: object;
    };
    const { rules: stories } = readJson<{ rules: Story[] }>("rooms/rules.json");
    for (const { comment, owner, steps, end } of stories) {
        let rules = RoomRules.of(owner);
        for (const { act, expected } of steps) {
            const read = actOf(act);
            expect(rules.check(read), comment).toBe(expected);
            if (expected === "none") rules = rules.apply(read);
        }
        expect(stateOf(rules), comment).toEqual(end);
        const told = RoomRules.read(owner, rules.inForce, rules.lastAct);
        expect(told.refused, comment).toBeUndefined();
        expect(stateOf(told.rules), comment).toEqual(end);
    }
    passed("rooms/rules.json", stories.length, 17);
});

function actOf(vector: ActVector): RoomAct {
    const kind = vector.kind.replace(/(?<=[a-z])(?=[A-Z])/g, "_").toUpperCase() as keyof typeof RoomActKind;
    return create("RoomAct", {
        kind: RoomActKind[kind],
        number: BigInt(vector.number),
        target: bytes(vector.target),
        seconds: vector.seconds,
        envelope: bytes(vector.envelope),
        by: bytes(vector.by),
        timeUnixMs: BigInt(vector.time_unix_ms),
    });
}

function stateOf(rules: RoomRules): object {
    const numberOf = ({ number }: RoomAct) => `${number}`;
    const muted = [...rules.mutedUntilMs].map(([key, until]) => ({ key, until_unix_ms: `${until}` }));
    return {
        last_act: `${rules.lastAct}`,
        in_force: rules.inForce.map(numberOf),
        ops: [...rules.ops].sort(),
        banned: [...rules.banned].sort(),
        muted: muted.sort((a, b) => (a.key < b.key ? -1 : 1)),
        slow_mode_seconds: rules.slowModeSeconds,
        ...(rules.topic ? { topic: numberOf(rules.topic) } : {}),
    };
}
