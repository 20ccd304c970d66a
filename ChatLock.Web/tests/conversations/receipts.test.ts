import { expect, test } from "vitest";
import { readContent, toPlaintext } from "../../src/conversations/messageBody";
import { RECEIPT_IDS_MAX, receiptOf } from "../../src/conversations/receipt";
import {
    dropReceipts,
    noReceipts,
    owe,
    postponeReceipt,
    receiptDueIn,
    RECEIPT_INTERVAL_MS,
    RECEIPTS_WAITING_MAX,
    takeReceipt,
} from "../../src/conversations/receiptState";
import { SENT_REMEMBERED, SentMessages } from "../../src/conversations/sentMessages";
import { concat, utf8 } from "../../src/crypto/bytes";

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

test("the first receipt goes at once, the next ones together after the interval", () => {
    let state = owe(noReceipts, { id: id(1), suite: 2 });
    expect(receiptDueIn(state, 10_000)).toBe(0);
    state = takeReceipt(state, 10_000).next;
    expect(receiptDueIn(state, 10_000)).toBeUndefined();
    state = owe(owe(state, { id: id(2), suite: 2 }), { id: id(3), suite: 2 });
    expect(receiptDueIn(state, 10_100)).toBe(RECEIPT_INTERVAL_MS - 100);
    expect(takeReceipt(state, 10_500)).toMatchObject({ ids: [id(2), id(3)], suite: 2 });
});

test("one receipt has one suite", () => {
    const state = owe(owe(noReceipts, { id: id(1), suite: 1 }), { id: id(2), suite: 2 });
    const first = takeReceipt(state, 0);
    expect(first).toMatchObject({ ids: [id(1)], suite: 1 });
    expect(takeReceipt(first.next, 500)).toMatchObject({ ids: [id(2)], suite: 2 });
});

test("no more is owed than the bound, and a receipt names no more than its own", () => {
    let state = noReceipts;
    for (let number = 0; number < RECEIPTS_WAITING_MAX + 10; number++)
        state = owe(state, { id: id(number), suite: 2 });
    expect(state.owed).toHaveLength(RECEIPTS_WAITING_MAX);
    expect(takeReceipt(state, 0).ids).toHaveLength(RECEIPT_IDS_MAX);
    expect(takeReceipt(state, 0).ids[0]).toBe(id(10));
    expect(dropReceipts(state).owed).toEqual([]);
    expect(receiptDueIn(postponeReceipt(state, 100), 100)).toBe(RECEIPT_INTERVAL_MS);
});

test("a receipt counts once, and not before the server's own answer", () => {
    const sent = new SentMessages();
    sent.add(id(1), 11);
    expect(sent.receipt(id(1))).toBeUndefined();
    expect(sent.accept(id(1))).toBe(11);
    expect(sent.receipt(id(1))).toBeUndefined();
    sent.add(id(2), 12);
    expect(sent.accept(id(2))).toBeUndefined();
    expect(sent.receipt(id(2))).toBe(12);
    expect(sent.receipt(id(3))).toBeUndefined();
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
