import { create } from "@bufbuild/protobuf";
import { beforeEach, expect, test } from "vitest";
import {
    newConversationState,
    NOT_STORED_MAX,
    onOutboxInput,
    PAUSE_MAX_MS,
    QUEUE_MAX,
    REFUSALS_MAX,
    WINDOW_MAX,
    type ConversationState,
} from "../../src/conversations/conversationState";
import type { OutboxEffect, OutboxEntry, OutboxInput } from "../../src/conversations/outboxMessages";
import type { MessageTrace } from "../../src/suites/contract";
import { RefusalCode, ReplySchema } from "../../src/wire/generated/chatlock_pb";
import { below, numbers } from "../client/support/random";

let state: ConversationState;
let effects: OutboxEffect[];

beforeEach(() => {
    state = newConversationState;
    effects = [];
});

function on(...inputs: readonly OutboxInput[]): void {
    for (const input of inputs) {
        const step = onOutboxInput(state, input);
        state = step.next;
        effects.push(...step.effects);
    }
}

const say = (number: number): OutboxInput => ({
    type: "say",
    entry: {
        id: `${number}`,
        localId: number,
        body: { text: `text ${number}`, isAction: false },
        suite: 2,
        inFlight: false,
        refusals: 0,
    },
});

const accept = (number: number): OutboxInput => ({
    type: "replied",
    id: `${number}`,
    reply: create(ReplySchema, { result: { case: "accepted", value: { sequence: 1n } } }),
});

const refuse = (number: number, code: RefusalCode, retryAfterMs = 0): OutboxInput => ({
    type: "replied",
    id: `${number}`,
    reply: create(ReplySchema, {
        result: { case: "refused", value: { code, sentence: "no", retryAfterMs } },
    }),
});

const online = (isAgain = false): OutboxInput => ({ type: "online", isAgain });
const found = (sameKey = true): OutboxInput => ({ type: "found", sameKey });
const notFound: OutboxInput = { type: "not-found", sentence: "bob isn't here." };
const offline: OutboxInput = { type: "offline" };
const TRACE = {} as MessageTrace;

function ready(): void {
    on(online(), found());
    effects = [];
}

const of = <Type extends OutboxEffect["type"]>(type: Type) =>
    effects.filter((effect): effect is Extract<OutboxEffect, { type: Type }> => effect.type === type);

const numbersOf = (type: "send" | "queued" | "accepted" | "failed"): number[] =>
    of(type).map(effect => (effect as { readonly entry: OutboxEntry }).entry.localId);

test("what is said offline waits and goes out in order when there is somebody", () => {
    on(say(1), say(2));
    expect(numbersOf("queued")).toEqual([1, 2]);
    effects = [];
    on(online());
    expect(effects).toEqual([{ type: "look-up" }]);
    on(found(), accept(1));
    expect(numbersOf("send")).toEqual([1, 2]);
});

test("nobody is looked up before there is something to say", () => {
    on(online());
    expect(effects).toEqual([]);
    on(say(1));
    expect(of("look-up")).toHaveLength(1);
    on(notFound, { type: "stale" });
    expect(of("look-up")).toHaveLength(1);
});

test("what had no answer when the connection broke is sent again as it was encrypted", () => {
    ready();
    on(say(1), say(2), accept(1), { type: "sealed", id: "2", trace: TRACE });
    expect(numbersOf("send")).toEqual([1, 2]);
    effects = [];
    on(offline, online(true), found(true));
    expect(numbersOf("send")).toEqual([2]);
    expect(of("send")[0]!.entry.sealed).toBe(TRACE);
});

test("for another key it is encrypted anew, under the same id", () => {
    ready();
    on(say(1), { type: "sealed", id: "1", trace: TRACE }, offline, online(true));
    effects = [];
    on(found(false));
    expect(of("send")[0]!.entry).toMatchObject({ id: "1", sealed: undefined });
});

test("what was encrypted for a key that is gone waits for the new one", () => {
    ready();
    on(say(1), { type: "stale" });
    expect(of("look-up")).toEqual([]);
    on({ type: "unsent", id: "1" });
    expect(of("look-up")).toHaveLength(1);
    on(found(false));
    expect(numbersOf("send")).toEqual([1, 1]);
});

test("a receiver who is not here hands the text back", () => {
    on(online(), say(1), notFound);
    expect(of("failed")).toMatchObject([{ entry: { body: { text: "text 1" } }, code: RefusalCode.NOT_HERE }]);
    expect(state.outbox).toEqual([]);
});

test("after our own reconnect a receiver has some time to be back too", () => {
    on(say(1), online(true), notFound);
    expect(state.reach).toBe("awaited");
    on({ type: "stale" });
    expect(of("look-up")).toHaveLength(2);
    on(found(false));
    expect(numbersOf("send")).toEqual([1]);
});

test("when that time is over the text is handed back", () => {
    on(say(1), online(true), notFound, { type: "grace-over" });
    expect(numbersOf("failed")).toEqual([1]);
});

test("too fast is tried again after the pause and nothing overtakes it", () => {
    ready();
    on(say(1), refuse(1, RefusalCode.TOO_FAST, 200), say(2));
    expect(of("pause-for")).toEqual([{ type: "pause-for", delayMs: 200 }]);
    expect(numbersOf("send")).toEqual([1]);
    on({ type: "resume" }, accept(1));
    expect(numbersOf("send")).toEqual([1, 1, 2]);
});

test("what is not stored is said to wait, and tried less and less often", () => {
    ready();
    on(say(1));
    for (let times = 0; times < 8; times++) on(refuse(1, RefusalCode.NOT_STORED, 1_000), { type: "resume" });
    const pauses = of("pause-for").map(({ delayMs }) => delayMs / 1_000);
    expect(pauses).toEqual([1, 2, 4, 8, 16, 30, 30, 30]);
    expect(of("queued").map(({ why }) => why)).toEqual([undefined, "no"]);
    expect(of("failed")).toEqual([]);
    for (let times = 8; times <= NOT_STORED_MAX; times++)
        on(refuse(1, RefusalCode.NOT_STORED, 1_000), { type: "resume" });
    expect(numbersOf("failed")).toEqual([1]);
});

test.each([RefusalCode.MUTED, RefusalCode.SLOW_MODE])(
    "muted and slow mode hand the text back, however soon it would do: %d",
    code => {
        ready();
        on(say(1), say(2), refuse(1, code, 10));
        expect(numbersOf("failed")).toEqual([1]);
        expect(numbersOf("send")).toEqual([1, 2]);
    },
);

test("no wait is longer than the longest", () => {
    ready();
    on(say(1), refuse(1, RefusalCode.TOO_FAST, 4_000_000_000));
    expect(of("pause-for")).toEqual([{ type: "pause-for", delayMs: PAUSE_MAX_MS }]);
});

test("try again is not heard for ever", () => {
    ready();
    on(say(1));
    for (let times = 0; times <= REFUSALS_MAX; times++)
        on(refuse(1, RefusalCode.INTERNAL, 1), { type: "resume" });
    expect(numbersOf("failed")).toEqual([1]);
});

test("an answer that makes no sense hands the text back", () => {
    ready();
    on(say(1), { type: "replied", id: "1", reply: create(ReplySchema) });
    expect(of("failed")[0]!.sentence).toContain("no sense");
});

test("a full queue hands the next text back", () => {
    for (let id = 0; id < QUEUE_MAX; id++) on(say(id));
    expect(of("failed")).toEqual([]);
    on(say(7_777));
    expect(numbersOf("failed")).toEqual([7_777]);
    expect(numbersOf("queued")).not.toContain(7_777);
});

test("one is under way at a time", () => {
    ready();
    on(say(1), say(2), say(3));
    expect(numbersOf("send")).toEqual([1]);
    on(accept(1));
    expect(numbersOf("send")).toEqual([1, 2]);
});

test("what was typed for a better suite is handed back", () => {
    ready();
    on(say(1), offline, say(2), { type: "fail-all", sentence: "weaker" });
    expect(numbersOf("failed")).toEqual([1, 2]);
});

test("stopping hands everything back, and says what may have arrived", () => {
    ready();
    on(say(1), { type: "sealed", id: "1", trace: TRACE }, offline, say(2), {
        type: "close",
        sentence: undefined,
    });
    expect(numbersOf("failed")).toEqual([1, 2]);
    expect(of("failed").map(({ sentence }) => sentence.includes("may have arrived"))).toEqual([true, false]);
    expect(state.outbox).toEqual([]);
});

test("whatever happens in whatever order: each text ends exactly once", () => {
    for (let seed = 0; seed < 300; seed++) {
        const random = numbers(seed);
        state = newConversationState;
        effects = [];
        let said = 0;
        for (let count = below(random, 60); count > 0; count--) {
            const any = `${below(random, said + 1)}`;
            const inputs: readonly (() => OutboxInput)[] = [
                () => say(said++),
                () => online(true),
                () => offline,
                () => found(false),
                () => notFound,
                () => ({ type: "grace-over" }),
                () => accept(Number(any)),
                () => refuse(Number(any), RefusalCode.TOO_FAST, 5),
                () => ({ type: "resume" }),
                () => ({ type: "unsent", id: any }),
                () => ({ type: "stale" }),
                () => ({ type: "sealed", id: any, trace: TRACE }),
            ];
            on(inputs[below(random, inputs.length)]!());
            expect(state.outbox.filter(entry => entry.inFlight).length).toBeLessThanOrEqual(WINDOW_MAX);
        }
        on({ type: "close", sentence: undefined });
        const ended = [...numbersOf("failed"), ...numbersOf("accepted")].sort((a, b) => a - b);
        expect(ended, `seed ${seed}`).toEqual(Array.from({ length: said }, (_, at) => at));
    }
});
