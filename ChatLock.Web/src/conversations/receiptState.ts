/** Which messages of a peer's are shown and not told to be so yet, and how far the next receipt is. A value. Receipts wait while
 * the peer is away, so as not to fill its mailbox, and while we are. One whose answer a cut connection took is told again: its
 * receiver takes each message once. docs/PROTOCOL.md section 6. */

import { RECEIPT_IDS_MAX } from "./receipt";

/** From one receipt to the next, for one peer. */
export const RECEIPT_REST_MS = 500;

/** Messages that wait for their receipt; for further ones none is sent. */
export const RECEIPTS_WAITING_MAX = 1_024;

/** A message of the peer's that is shown. */
export interface Shown {
    /** In hexadecimal. */
    readonly id: string;
    /** How it was encrypted; its receipt is too. */
    readonly suite: number;
}

export interface ReceiptState {
    readonly waiting: readonly Shown[];
    /** What the receipt under way tells. */
    readonly told: readonly Shown[];
    /** Where the next receipt is on its way. */
    readonly stage: "none" | "awaiting-turn" | "meeting" | "under-way";
    readonly isOnline: boolean;
    readonly isResting: boolean;
    readonly isPeerAway: boolean;
}

export const newReceiptState: ReceiptState = {
    waiting: [],
    told: [],
    stage: "none",
    isOnline: false,
    isResting: false,
    isPeerAway: false,
};

export type ReceiptInput =
    /** A message of the peer's is shown, and nobody has been told yet. */
    | { readonly type: "show"; readonly shown: Shown }
    /** A request would keep no message waiting now. */
    | { readonly type: "turn" }
    /** The peer's session key is known. `isHere`: it has a connection, too. */
    | { readonly type: "met"; readonly isHere: boolean }
    /** The peer came, went or connected anew: what is known of its session key may be old. */
    | { readonly type: "stale"; readonly isHere: boolean }
    /** Nobody holds the peer's key any more: nobody waits for these receipts. */
    | { readonly type: "gone" }
    | { readonly type: "online" }
    /** Disconnected; whatever had no answer has none. */
    | { readonly type: "offline" }
    /** The server has answered, yes or no, or the receipt never left. */
    | { readonly type: "answered" }
    /** The rest after a receipt is over. */
    | { readonly type: "rested" };

export type ReceiptEffect =
    /** Say when a request would keep no message waiting. */
    | { readonly type: "await-turn" }
    /** Find out the peer's session key, if it isn't known. */
    | { readonly type: "meet" }
    /** Seal and send a receipt for these messages now. */
    | { readonly type: "send"; readonly ids: readonly string[]; readonly suite: number }
    /** Let others have their turn. */
    | { readonly type: "end-turn" }
    /** Rest, then say so. */
    | { readonly type: "rest-for"; readonly delayMs: number };

type Step = readonly [next: ReceiptState, effects: readonly ReceiptEffect[]];

export function onReceiptInput(state: ReceiptState, input: ReceiptInput): Step {
    const { stage, waiting } = state;
    switch (input.type) {
        case "show":
            return onShow(state, input.shown);
        case "offline":
            return [
                {
                    ...newReceiptState,
                    waiting: [...state.told, ...waiting].slice(0, RECEIPTS_WAITING_MAX),
                },
                [],
            ];
        case "online":
            return start({ ...state, isOnline: true });
        case "turn":
            if (stage !== "awaiting-turn") return [state, []];
            return waiting.length === 0
                ? endTurn(state)
                : [{ ...state, stage: "meeting" }, [{ type: "meet" }]];
        case "met":
            if (stage !== "meeting") return [state, []];
            return input.isHere ? send(state) : endTurn({ ...state, isPeerAway: true });
        case "stale": {
            const next = { ...state, isPeerAway: !input.isHere };
            return stage === "meeting" ? [next, [{ type: "meet" }]] : start(next);
        }
        case "gone": {
            const next = { ...state, waiting: [] };
            return stage === "meeting" ? endTurn(next) : [next, []];
        }
        case "answered":
            return stage === "under-way" ? endTurn({ ...state, told: [] }) : [state, []];
        case "rested":
            return start({ ...state, isResting: false });
    }
}

/** Who sends may be here again, even if nobody said so. */
function onShow(state: ReceiptState, shown: Shown): Step {
    return state.waiting.length < RECEIPTS_WAITING_MAX
        ? start({ ...state, waiting: [...state.waiting, shown], isPeerAway: false })
        : [state, []];
}

function start(state: ReceiptState): Step {
    const { stage, isOnline, isResting, isPeerAway, waiting } = state;
    const mayStart = stage === "none" && isOnline && !isResting && !isPeerAway && waiting.length > 0;
    return mayStart ? [{ ...state, stage: "awaiting-turn" }, [{ type: "await-turn" }]] : [state, []];
}

function endTurn(state: ReceiptState): Step {
    const [next, effects] = start({ ...state, stage: "none" });
    return [next, [{ type: "end-turn" }, ...effects]];
}

/** The oldest first; those of another suite wait for the next receipt. */
function send(state: ReceiptState): Step {
    const { suite } = state.waiting[0]!;
    const other = state.waiting.findIndex(shown => shown.suite !== suite);
    const count = Math.min(other < 0 ? state.waiting.length : other, RECEIPT_IDS_MAX);
    const [told, waiting] = [state.waiting.slice(0, count), state.waiting.slice(count)];
    return [
        { ...state, stage: "under-way", isResting: true, told, waiting },
        [
            { type: "send", ids: told.map(({ id }) => id), suite },
            { type: "rest-for", delayMs: RECEIPT_REST_MS },
        ],
    ];
}
