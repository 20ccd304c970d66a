import { beforeEach, expect, test } from "vitest";
import { readContent, toPlaintext } from "../../src/conversations/messageBody";
import { RECEIPT_IDS_MAX, receiptOf } from "../../src/conversations/receipt";
import {
    newReceiptState,
    onReceiptInput,
    RECEIPT_REST_MS,
    RECEIPTS_WAITING_MAX,
    type ReceiptEffect,
    type ReceiptInput,
    type ReceiptState,
} from "../../src/conversations/receiptState";
import { SENT_REMEMBERED, SentMessages } from "../../src/conversations/sentMessages";
import { concat, utf8 } from "../../src/crypto/bytes";
import { below, numbers } from "../client/support/random";

const id = (number: number): string => number.toString(16).padStart(32, "0");

test("a receipt names its messages and is read as it was made", () => {
    const ids = Array.from({ length: RECEIPT_IDS_MAX }, (_, at) => id(at));
    expect(readContent(receiptOf(ids))).toEqual({ is: "receipt", ids });
    expect(readContent(receiptOf([id(7)]))).toEqual({ is: "receipt", ids: [id(7)] });
});

test.each([0, 1, 15, 17, 16 * (RECEIPT_IDS_MAX + 1)])("a receipt of %i bytes is malformed", length => {
    expect(readContent(concat(Uint8Array.of(2), new Uint8Array(length)))).toEqual({ is: "malformed" });
});

test("texts and actions are read as they were said, and what isn't text isn't", () => {
    for (const body of [
        { text: "hello", isAction: false },
        { text: "waves", isAction: true },
        { text: "\ufeffüöä 👋", isAction: false },
    ])
        expect(readContent(toPlaintext(body))).toEqual({ is: "text", body });
    expect(readContent(Uint8Array.of(0xc3, 0x28))).toEqual({ is: "not-text" });
    expect(readContent(new Uint8Array())).toEqual({ is: "text", body: { text: "", isAction: false } });
    expect(readContent(utf8("\u0003"))).toMatchObject({ is: "text" });
});

let state: ReceiptState;
let effects: ReceiptEffect[];

beforeEach(() => {
    state = { ...newReceiptState, isOnline: true };
    effects = [];
});

function on(...inputs: readonly ReceiptInput[]): void {
    for (const input of inputs) {
        const [next, more] = onReceiptInput(state, input);
        state = next;
        effects.push(...more);
    }
}

const show = (number: number, suite = 2): ReceiptInput => ({
    type: "show",
    shown: { id: id(number), suite },
});
const turn: ReceiptInput = { type: "turn" };
const met: ReceiptInput = { type: "met", isHere: true };
const answered: ReceiptInput = { type: "answered" };
const rested: ReceiptInput = { type: "rested" };
/** Numbers, receipt by receipt. */
const told = () =>
    effects.flatMap(effect =>
        effect.type === "send" ? [effect.ids.map(one => Number.parseInt(one, 16))] : [],
    );
const count = (type: ReceiptEffect["type"]) => effects.filter(effect => effect.type === type).length;
/** The next receipt, from its turn to its rest. */
const next = () => on(turn, met, answered, rested);

test("a message that is shown is told when it has its turn and the peer is met", () => {
    on(show(1));
    expect(effects).toEqual([{ type: "await-turn" }]);
    on(turn);
    expect(effects.at(-1)).toEqual({ type: "meet" });
    on(met);
    expect(told()).toEqual([[1]]);
    expect(effects.at(-1)).toEqual({ type: "rest-for", delayMs: RECEIPT_REST_MS });
    on(answered);
    expect(effects.at(-1)).toEqual({ type: "end-turn" });
});

test("what is shown meanwhile is told together after the rest", () => {
    on(show(1), turn, met, show(2), answered, show(3));
    expect(count("await-turn")).toBe(1);
    on(rested);
    expect(count("await-turn")).toBe(2);
    on(show(4), turn, met);
    expect(told()).toEqual([[1], [2, 3, 4]]);
});

test("a rest that is over before the answer waits for it", () => {
    on(show(1), turn, met, show(2), rested);
    expect(count("await-turn")).toBe(1);
    on(answered);
    expect(effects.at(-1)).toEqual({ type: "await-turn" });
});

test("each suite has receipts of its own, in the order of the messages", () => {
    on(show(1), show(2), show(3, 1), show(4));
    for (let receipt = 0; receipt < 3; receipt++) next();
    expect(told()).toEqual([[1, 2], [3], [4]]);
    expect(effects.flatMap(effect => (effect.type === "send" ? [effect.suite] : []))).toEqual([2, 1, 2]);
});

test("one receipt names so many, and so many wait and no more", () => {
    for (let number = 0; number < RECEIPTS_WAITING_MAX + 5; number++) on(show(number));
    for (let receipt = 0; receipt < RECEIPTS_WAITING_MAX / RECEIPT_IDS_MAX + 2; receipt++) next();
    expect(told().every(one => one.length === RECEIPT_IDS_MAX)).toBe(true);
    expect(told().flat()).toEqual(Array.from({ length: RECEIPTS_WAITING_MAX }, (_, at) => at));
});

test("what waits for someone who is gone is dropped, and the turn given back", () => {
    on(show(1), { type: "gone" }, turn);
    expect(effects.at(-1)).toEqual({ type: "end-turn" });
    on(show(2), turn, show(3), { type: "gone" });
    expect(effects.at(-1)).toEqual({ type: "end-turn" });
    on(met);
    expect(told()).toEqual([]);
    on(show(4), turn, met);
    expect(told()).toEqual([[4]]);
});

test("what is shown of someone who is away is told when they are back", () => {
    on(show(1), turn, { type: "met", isHere: false });
    expect(effects.at(-1)).toEqual({ type: "end-turn" });
    on({ type: "stale", isHere: false }, rested);
    expect(count("await-turn")).toBe(1);
    on({ type: "stale", isHere: true }, turn, met);
    expect(told()).toEqual([[1]]);
});

test("what waits when the connection breaks is told on the next one, and what had no answer again", () => {
    on(show(1), turn, met, show(2), { type: "offline" }, show(3), rested);
    expect(count("await-turn")).toBe(1);
    on({ type: "online" }, turn, met);
    expect(told()).toEqual([[1], [1, 2, 3]]);
});

test("whatever happens in whatever order: in one connection nothing is told twice, and every turn ends", () => {
    for (let seed = 0; seed < 300; seed++) {
        const random = numbers(seed);
        state = { ...newReceiptState, isOnline: true };
        let [shown, turns, seen]: [number, number, number[]] = [0, 0, []];
        for (let step = below(random, 80) + 8; step > 0; step--) {
            const any: readonly (() => ReceiptInput)[] = [
                ...[() => show(shown++), () => turn, () => met, () => answered, () => rested],
                ...[() => ({ type: "gone" }) as const, () => ({ type: "met", isHere: false }) as const],
                ...[() => ({ type: "stale", isHere: shown % 2 === 0 }) as const],
                ...[() => ({ type: "online" }) as const, () => ({ type: "offline" }) as const],
            ];
            const end = [turn, { type: "gone" }, answered, met, rested, turn, { type: "gone" }, answered];
            const input = step > 8 ? any[below(random, any.length)]!() : (end[8 - step] as ReceiptInput);
            effects = [];
            on(input);
            if (input.type === "offline") [turns, seen] = [0, []];
            seen.push(...told().flat());
            turns += count("await-turn") - count("end-turn");
            expect(turns === 0 || turns === 1).toBe(true);
        }
        expect(turns).toBe(0);
        expect(seen).toEqual([...new Set(seen)].sort((a, b) => a - b));
    }
});

test("messages of long ago are forgotten", () => {
    const sent = new SentMessages();
    for (let number = 0; number <= SENT_REMEMBERED; number++) {
        sent.add(id(number), number);
        sent.accept(id(number));
    }
    expect(sent.receipt(id(0))).toBeUndefined();
    expect(sent.receipt(id(1))).toBe(1);
});
