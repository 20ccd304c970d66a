/** A room's rules as a member follows them: whatever comes, in whatever order. */

import { beforeEach, describe, expect, test } from "vitest";
import { fromHex, toHex } from "../../src/crypto/bytes";
import { fingerprintOf } from "../../src/identity/fingerprint";
import {
    ACT_TRIES_MAX,
    mayPost,
    newRoomLaw,
    onLawInput,
    OVERTAKER_MS,
    unsignedAct,
    WISHES_MAX,
    withSigned,
    type RoomLaw,
} from "../../src/rooms/roomLaw";
import type { CheckedAct, LawEffect, LawInput } from "../../src/rooms/roomLawMessages";
import { create } from "../../src/wire/codec";
import { RefusalCode, RoomActKind, type RoomAct } from "../../src/wire/generated/chatlock_pb";
import { below, numbers } from "../client/support/random";

interface Someone {
    readonly point: Uint8Array<ArrayBuffer>;
    readonly key: string;
}

const someone = async (number: number): Promise<Someone> => {
    const point = new Uint8Array(65).fill(number);
    return { point, key: toHex(await fingerprintOf(point)) };
};
const [owner, me, bob, carol] = await Promise.all([someone(1), someone(2), someone(3), someone(4)]);

let law: RoomLaw;
let effects: LawEffect[];
let sequence: bigint;

beforeEach(() => {
    law = newRoomLaw(me.point);
    effects = [];
    sequence = 100n;
});

function on(...inputs: LawInput[]): void {
    for (const input of inputs) {
        const step = onLawInput(law, input);
        law = step.next;
        effects.push(...step.effects);
    }
}

const of = <T extends LawEffect["type"]>(type: T) =>
    effects.filter((effect): effect is Extract<LawEffect, { type: T }> => effect.type === type);
const acted = () => of("acted").map(({ act }) => Number(act.number));
const faults = () => of("refused").map(({ fault }) => fault);
const toSign = () => of("sign").at(-1)!.own;

const genuine = (act: RoomAct): CheckedAct => ({ act, isGenuine: true });
const forged = (act: RoomAct): CheckedAct => ({ act, isGenuine: false });

function act(
    number: number,
    kind: RoomActKind,
    by: Someone,
    about: Someone | undefined,
    { seconds = 0, timeMs = 1_000 } = {},
): RoomAct {
    return create("RoomAct", {
        ...{ kind, seconds, number: BigInt(number), by: by.point, timeUnixMs: BigInt(timeMs) },
        target: about === undefined ? new Uint8Array() : fromHex(about.key)!,
    });
}

const came = (told: RoomAct): LawInput => ({ type: "came", checked: genuine(told), sequence: ++sequence });

function entered(lastAct: number, acts: CheckedAct[] = [], more = {}): LawInput {
    return {
        ...{ type: "entered", owner: owner.key, epoch: 7n, acts, lastAct: BigInt(lastAct), isAgain: false },
        ...more,
    } as LawInput;
}
const asOwner = (lastAct: number, acts: CheckedAct[] = []) => entered(lastAct, acts, { owner: me.key });
const again = { isAgain: true };

const wish = (about: Someone, kind = RoomActKind.KICK): LawInput => ({
    type: "wish",
    wish: { kind, target: about.key, seconds: 0, topic: "" },
});

const accepted: LawInput = {
    type: "replied",
    reply: create("Reply", {
        result: { case: "accepted", value: create("Accepted", { sequence: 1n, timeUnixMs: 1n }) },
    }),
};
const refused = (code: RefusalCode, retryAfterMs: number): LawInput => ({
    type: "replied",
    reply: create("Reply", {
        result: { case: "refused", value: create("Refused", { code, sentence: "No.", retryAfterMs }) },
    }),
});
const stale = refused(RefusalCode.STALE_ACT, 0);
const offline: LawInput = { type: "offline" };

/** Signs what is to be signed, as a room does. */
function signed(): RoomAct {
    const own = toSign();
    const made = unsignedAct(law, own.wish, own.number);
    made.signature = new TextEncoder().encode(`signature ${own.number}`);
    law = withSigned(law, own, made)!;
    return made;
}

describe("what others do", () => {
    test("is followed one by one", () => {
        on(entered(0));
        const mute = act(1, RoomActKind.MUTE, owner, bob, { seconds: 60 });
        on(came(mute), came(act(2, RoomActKind.OP, owner, me)));
        expect(acted()).toEqual([1, 2]);
        expect(law.rules.ops.has(me.key)).toBe(true);
        expect(faults()).toEqual([]);
    });

    test("doesn't count unless it is signed by whom it names", () => {
        on(entered(0));
        on({ type: "came", checked: forged(act(1, RoomActKind.BAN, owner, bob)), sequence: 5n });
        expect(faults()).toEqual(["bad-signature"]);
        expect(law.rules.banned.size).toBe(0);
        on(came(act(1, RoomActKind.MUTE, owner, bob)));
        expect(acted()).toEqual([1]);
    });

    test("doesn't count without the right to it, and what is next does", () => {
        on(entered(0));
        on(came(act(1, RoomActKind.KICK, bob, carol)), came(act(2, RoomActKind.BAN, owner, bob)));
        expect(faults()).toEqual(["not-allowed"]);
        expect(acted()).toEqual([2]);
    });

    test("is checked too when it is told at the door", () => {
        const told = [
            genuine(act(2, RoomActKind.OP, owner, bob)),
            genuine(act(4, RoomActKind.BAN, carol, bob)),
            forged(act(5, RoomActKind.BAN, owner, carol)),
        ];
        on(entered(9, told));
        expect(faults()).toEqual(["bad-signature", "not-allowed"]);
        expect(of("refused").at(-1)!.act.number).toBe(4n);
        expect(law.rules.banned.size).toBe(0);
        expect(law.rules.ops.has(bob.key)).toBe(true);
        on(came(act(10, RoomActKind.MUTE, bob, carol)));
        expect(acted()).toEqual([10]);
    });

    test("while one was away is followed from where one stood", () => {
        on(entered(0), came(act(1, RoomActKind.MUTE, owner, bob)), offline);
        effects = [];
        const [op, ban] = [act(3, RoomActKind.OP, owner, carol), act(4, RoomActKind.BAN, carol, bob)];
        const maySpeak = () => mayPost(law, bob.key, 5_000n, ++sequence);
        on(entered(4, [genuine(op), genuine(ban)], again));
        expect(maySpeak()).toBe(false);
        on(came(act(2, RoomActKind.UNMUTE, owner, bob)));
        expect(maySpeak()).toBe(true);
        on(came(op), came(ban));
        expect(maySpeak()).toBe(false);
        expect(acted()).toEqual([2, 3, 4]);
        expect(faults()).toEqual([]);
    });

    test("and isn't in the log any more is as it was told at the door", () => {
        on(entered(0), offline);
        const ban = act(7, RoomActKind.BAN, owner, bob);
        on(entered(7, [genuine(ban)], again));
        on({ type: "missed" }, came(ban), came(act(8, RoomActKind.UNBAN, owner, bob)));
        expect(acted()).toEqual([8]);
        expect(faults()).toEqual([]);
    });

    test("and was told at the door, but doesn't come, is shown by what is next", () => {
        on(entered(0), offline);
        on(entered(7, [genuine(act(6, RoomActKind.OP, owner, carol))], again));
        on(came(act(8, RoomActKind.BAN, carol, bob)));
        expect(acted()).toEqual([8]);
        expect(faults()).toEqual([]);
    });

    test("and never came is said to be missing", () => {
        on(entered(2));
        on(came(act(5, RoomActKind.BAN, owner, bob)));
        expect(faults()).toEqual(["acts-missing"]);
        expect(acted()).toEqual([5]);
    });

    test("counts once when it comes twice", () => {
        on(entered(0));
        const mute = act(1, RoomActKind.MUTE, owner, bob);
        on(came(mute), came(mute));
        expect(acted()).toEqual([1]);
        expect(faults()).toEqual([]);
    });
});

test("a post counts by its place in the log, and where that isn't known by its time", () => {
    const mute = act(3, RoomActKind.MUTE, owner, bob, { seconds: 60, timeMs: 10_000 });
    on(entered(3, [genuine(mute)]));
    const may = (atMs: bigint, at: bigint, who = bob) => mayPost(law, who.key, atMs, at);
    expect([may(9_999n, 50n), may(10_000n, 50n), may(69_999n, 50n), may(70_000n, 50n)]).toEqual([
        ...[true, false, false, true],
    ]);
    const ban = act(4, RoomActKind.BAN, owner, bob, { timeMs: 80_000 });
    on({ type: "came", checked: genuine(ban), sequence: 200n });
    expect(may(90_000n, 199n)).toBe(true);
    expect(may(79_000n, 201n)).toBe(false); // the clock was set back
    expect(may(90_000n, 201n, carol)).toBe(true);
});

describe("what one wants done", () => {
    test("is refused at once without the right to it", () => {
        on(entered(0), wish(bob));
        expect(of("failed").map(({ code }) => code)).toEqual([RefusalCode.NOT_ALLOWED]);
        expect(of("sign")).toEqual([]);
    });

    test("is done one by one, under the next numbers", () => {
        on(asOwner(4), wish(bob), wish(carol));
        expect(signed().number).toBe(5n);
        on(accepted);
        expect(signed().number).toBe(6n);
        on(accepted);
        expect(acted()).toEqual([5, 6]);
    });

    test("comes through the log too, before its answer or after, and counts once", () => {
        on(asOwner(0), wish(bob));
        const first = signed();
        on(came(first), accepted, wish(carol));
        const second = signed();
        on(accepted, came(second));
        expect(acted()).toEqual([1, 2]);
        expect(faults()).toEqual([]);
    });

    test("is known again as it was signed in an earlier try", () => {
        on(asOwner(0), wish(bob));
        const before = { ...signed(), signature: new Uint8Array(64).fill(9) };
        on(came(before));
        expect(acted()).toEqual([1]);
        on(wish(carol));
        expect(toSign().number).toBe(2n);
    });

    test("lets what overtakes its answer wait", () => {
        on(asOwner(1, [genuine(act(1, RoomActKind.OP, me, carol))]), wish(bob));
        signed();
        on(came(act(3, RoomActKind.SLOW_MODE, carol, undefined, { seconds: 5 })));
        expect(acted()).toEqual([]);
        on(accepted);
        expect(acted()).toEqual([2, 3]);
        expect(faults()).toEqual([]);
    });

    test("gets a number later when somebody else was first", () => {
        on(asOwner(1, [genuine(act(1, RoomActKind.OP, me, carol))]), wish(bob));
        signed();
        on(came(act(2, RoomActKind.SLOW_MODE, carol, undefined, { seconds: 5 })), stale);
        expect(signed().number).toBe(3n);
        on(accepted);
        expect(acted()).toEqual([2, 3]);
    });

    test("and is said to be too late before what was first has come waits for that", () => {
        on(asOwner(1, [genuine(act(1, RoomActKind.OP, me, carol))]), wish(bob));
        signed();
        on(stale);
        expect(of("sign")).toHaveLength(1);
        expect(of("wake-after").map(({ delayMs }) => delayMs)).toEqual([OVERTAKER_MS]);
        on(came(act(2, RoomActKind.SLOW_MODE, carol, undefined, { seconds: 5 })));
        expect(toSign().number).toBe(3n);
    });

    test("and was taken before the connection broke isn't done twice", () => {
        on(asOwner(0), wish(bob));
        const own = signed();
        on(offline);
        on(entered(1, [], { isAgain: true, owner: me.key }));
        expect(of("send").map(one => one.act)).toEqual([own]);
        on(stale, came(own), { type: "overdue" });
        expect(of("sign")).toHaveLength(1);
        expect(acted()).toEqual([1]);
    });

    test("isn't tried for ever", () => {
        on(asOwner(0), wish(bob));
        signed();
        for (let times = 0; times < ACT_TRIES_MAX; times++)
            on(refused(RefusalCode.NOT_STORED, 5), { type: "overdue" });
        expect(of("failed").map(({ code }) => code)).toEqual([RefusalCode.NOT_STORED]);
        on(wish(carol));
        expect(toSign().number).toBe(1n);
    });

    test("is signed anew for a log that began anew", () => {
        on(asOwner(5), wish(bob));
        expect(toSign().number).toBe(6n);
        signed();
        on(offline);
        on(entered(0, [], { isAgain: true, owner: me.key, epoch: 8n }));
        expect(toSign().number).toBe(1n);
        expect(of("send")).toEqual([]);
    });

    test("is handed back when one leaves", () => {
        on(asOwner(0), wish(bob), wish(carol), { type: "close", sentence: "You left." });
        expect(of("failed")).toHaveLength(2);
    });

    test("is bounded", () => {
        on(asOwner(0));
        for (let count = 0; count <= WISHES_MAX; count++) on(wish(bob));
        expect(of("failed").map(({ code }) => code)).toEqual([RefusalCode.TOO_FAST]);
    });

    test("ends exactly once, done or failed, whatever happens in whatever order", () => {
        for (let seed = 1; seed <= 300; seed++) {
            const random = numbers(seed);
            law = newRoomLaw(me.point);
            let [wished, ended, signatures, isOnline] = [0, 0, 0, false];
            let own: RoomAct | undefined;
            const step = (input: LawInput) => {
                const { next, effects: done } = onLawInput(law, input);
                law = next;
                const over = done.filter(({ type }) => type === "acted" || type === "failed").length;
                ended += over;
                if (over > 0) own = undefined;
                for (const effect of done)
                    if (effect.type === "sign") {
                        own = unsignedAct(law, effect.own.wish, effect.own.number);
                        own.signature = Uint8Array.of(++signatures);
                        law = withSigned(law, effect.own, own)!;
                    }
            };
            const inputs: (() => LawInput | undefined)[] = [
                () => wish(bob),
                () => wish(bob),
                () => entered(Number(law.rules.lastAct), [], { isAgain: true, owner: me.key }),
                () => offline,
                () => (isOnline ? accepted : undefined),
                () => (isOnline ? stale : undefined),
                () => (isOnline ? refused(RefusalCode.TOO_FAST, 5) : undefined),
                () => ({ type: "overdue" }),
                () => (isOnline ? (own ? came(own) : { type: "missed" }) : undefined),
            ];
            for (let count = 0; count < 60; count++) {
                const input = inputs[below(random, inputs.length)]!();
                if (!input) continue;
                if (input.type === "wish") wished++;
                isOnline = input.type === "entered" || (isOnline && input.type !== "offline");
                step(input);
            }
            step({ type: "close", sentence: "Over." });
            expect(ended, `seed ${seed}`).toBe(wished);
        }
    });
});
