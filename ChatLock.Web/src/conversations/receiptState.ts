/** Which received messages still have to be answered with a receipt, and when. A value. */

import { RECEIPT_IDS_MAX } from "./receipt";

/** Between two receipts to one peer, at least. */
export const RECEIPT_INTERVAL_MS = 500;

/** Ids that may wait for one peer; then the oldest get no receipt. */
export const RECEIPTS_WAITING_MAX = 256;

export interface Owed {
    /** In hexadecimal. */
    readonly id: string;
    /** Of the message; its receipt has the same. */
    readonly suite: number;
}

export interface ReceiptState {
    readonly owed: readonly Owed[];
    /** When the last one went out; undefined before that. */
    readonly sentMs: number | undefined;
}

export const noReceipts: ReceiptState = { owed: [], sentMs: undefined };

export const owe = (state: ReceiptState, owed: Owed): ReceiptState => ({
    ...state,
    owed: [...state.owed, owed].slice(-RECEIPTS_WAITING_MAX),
});

/** The peer is gone or its key is stale: what is owed is owed no more. */
export const dropReceipts = (state: ReceiptState): ReceiptState => ({ ...state, owed: [] });

/** Milliseconds until the next receipt may go out; undefined while none is owed. */
export const receiptDueIn = (state: ReceiptState, nowMs: number): number | undefined =>
    state.owed.length === 0
        ? undefined
        : Math.max(0, (state.sentMs ?? -Infinity) + RECEIPT_INTERVAL_MS - nowMs);

/** The next receipt: the oldest ids of one suite. */
export function takeReceipt(
    state: ReceiptState,
    nowMs: number,
): { readonly ids: readonly string[]; readonly suite: number; readonly next: ReceiptState } {
    const suite = state.owed[0]!.suite;
    const other = state.owed.findIndex(owed => owed.suite !== suite);
    const count = Math.min(other < 0 ? state.owed.length : other, RECEIPT_IDS_MAX);
    return {
        ids: state.owed.slice(0, count).map(owed => owed.id),
        suite,
        next: { owed: state.owed.slice(count), sentMs: nowMs },
    };
}

/** Another try after the interval: something more important was on its way. */
export const postponeReceipt = (state: ReceiptState, nowMs: number): ReceiptState => ({
    ...state,
    sentMs: nowMs,
});
