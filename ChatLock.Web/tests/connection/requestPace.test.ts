import { create } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { paceUnder, takeTurn, turnOver } from "../../src/connection/requestPace";
import { RequestQueue, WAITING_MAX, type Answer } from "../../src/connection/requestQueue";
import { fullBucket, takeToken } from "../../src/connection/tokenBucket";
import { DEFAULT_LIMITS } from "../../src/session/defaultLimits";
import { clientFrame } from "../../src/wire/frames";
import { LimitsSchema, ReplySchema } from "../../src/wire/generated/chatlock_pb";
import { below, numbers } from "../client/support/random";

test("four fifths of the burst go at once and then it waits", () => {
    let pace = paceUnder(DEFAULT_LIMITS, 0);
    for (let sent = 0; sent < 40; sent++) {
        const turn = takeTurn(pace, true, 0);
        expect(turn.mayGo).toBe(true);
        pace = turnOver(turn.next);
    }
    expect(takeTurn(pace, true, 0)).toMatchObject({ mayGo: false, waitMs: 125 });
    expect(takeTurn(pace, false, 0).mayGo).toBe(true);
});

test("requests without an answer hold the next ones back", () => {
    let pace = paceUnder(create(LimitsSchema, { ...DEFAULT_LIMITS, inFlightMax: 5 }), 0);
    for (let sent = 0; sent < 4; sent++) pace = takeTurn(pace, true, 0).next;
    expect(takeTurn(pace, true, 0)).toMatchObject({ mayGo: false, waitMs: 0 });
    expect(takeTurn(turnOver(pace), true, 0).mayGo).toBe(true);
});

test("however the network bunches what was sent the server never refuses it", () => {
    for (let seed = 0; seed < 50; seed++) {
        const random = numbers(seed);
        let pace = paceUnder(DEFAULT_LIMITS, 0);
        let server = fullBucket(DEFAULT_LIMITS.postsBurst, 0);
        let nowMs = 0;
        for (let count = 0; count < 200; count++) {
            nowMs += below(random, 900);
            const turn = takeTurn(pace, true, nowMs);
            pace = turn.next;
            if (!turn.mayGo) continue;
            pace = turnOver(pace);
            // Up to a second of delay, so that what was sent in a second can arrive at once.
            const arrivesMs = Math.ceil(nowMs / 1_000) * 1_000;
            const taken = takeToken(
                server,
                DEFAULT_LIMITS.postsPerSecond,
                DEFAULT_LIMITS.postsBurst,
                arrivesMs,
            );
            server = taken.next;
            expect(taken.isTaken, `seed ${seed}`).toBe(true);
        }
    }
});

const WHO = clientFrame({ case: "who", value: {} });

test("whoever asked gets exactly one answer, whatever happens", () => {
    const answers: [number, Answer["is"]][] = [];
    const ask = (queue: RequestQueue, number: number) =>
        queue.add(WHO, answer => answers.push([number, answer.is]));
    const queue = new RequestQueue();
    ask(queue, 0);
    expect(answers).toEqual([[0, "not-sent"]]);
    queue.start(create(LimitsSchema, { ...DEFAULT_LIMITS, postsBurst: 3 }), 0);
    for (let number = 1; number <= 4; number++) ask(queue, number);
    const first = queue.take(0);
    queue.take(0);
    expect(queue.take(0)).toMatchObject({ waitMs: expect.any(Number) });
    if ("tag" in first) queue.answer(first.tag, { is: "replied", reply: create(ReplySchema) });
    queue.stop();
    expect(answers.slice(1)).toEqual([
        [1, "replied"],
        [2, "unknown"],
        [3, "not-sent"],
        [4, "not-sent"],
    ]);
});

test("no more waits than the bound", () => {
    const queue = new RequestQueue();
    queue.start(DEFAULT_LIMITS, 0);
    let refused = 0;
    for (let count = 0; count < WAITING_MAX + 3; count++)
        queue.add(WHO, answer => {
            if (answer.is === "not-sent") refused++;
        });
    expect(refused).toBe(3);
});

test("whoever has time gets a turn when nothing waits, one at a time, with half of the burst to spare", () => {
    const queue = new RequestQueue();
    const turns: number[] = [];
    queue.awaitTurn(() => turns.push(0)); // no session: never
    queue.start(create(LimitsSchema, { ...DEFAULT_LIMITS, postsBurst: 10, postsPerSecond: 10 }), 0);
    queue.awaitTurn(() => turns.push(1));
    queue.awaitTurn(() => turns.push(2));
    queue.add(WHO, () => {});
    expect(queue.giveTurn(0)).toBeUndefined();
    expect(turns).toEqual([]);
    queue.take(0);
    queue.giveTurn(0);
    queue.giveTurn(0);
    expect(turns).toEqual([1]);
    queue.endTurn();
    for (let asked = 0; asked < 4; asked++) {
        queue.add(WHO, () => {});
        queue.take(0);
    }
    expect(queue.giveTurn(0)).toBe(250);
    expect(turns).toEqual([1]);
    queue.giveTurn(250);
    expect(turns).toEqual([1, 2]);
    queue.awaitTurn(() => turns.push(3));
    queue.stop();
    queue.start(DEFAULT_LIMITS, 0);
    queue.giveTurn(0);
    expect(turns).toEqual([1, 2]);
});
