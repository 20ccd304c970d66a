/** Which private messages were dealt with, and what the server knows of that. A value. Messages of several peers are dealt with
 * side by side, so what is acknowledged is the highest number up to which nothing is open. What isn't acknowledged when the page
 * is closed comes again. docs/PROTOCOL.md section 6b. */

/** How long acknowledgements are collected. */
export const ACK_COLLECT_MS = 500;

/** Messages after which one goes out at once. */
export const ACK_COLLECT_MAX = 16n;

export interface MailboxState {
    readonly isOnline: boolean;
    readonly epoch: bigint;
    /** The last one that came. */
    readonly last: bigint;
    /** Those that came and aren't dealt with. */
    readonly open: ReadonlySet<bigint>;
    readonly acknowledged: bigint;
    readonly underWay: bigint | undefined;
    readonly isWaking: boolean;
}

export const newMailboxState: MailboxState = {
    isOnline: false,
    epoch: 0n,
    last: 0n,
    open: new Set(),
    acknowledged: 0n,
    underWay: undefined,
    isWaking: false,
};

export type MailboxInput =
    /** Connected; messages come after this position. */
    | { readonly type: "welcomed"; readonly epoch: bigint; readonly sequence: bigint }
    /** A message came, in the order of the numbers. */
    | { readonly type: "came"; readonly sequence: bigint }
    /** It is shown, or there was nothing to show. */
    | { readonly type: "handled"; readonly epoch: bigint; readonly sequence: bigint }
    /** The time for collecting is over. */
    | { readonly type: "due" }
    /** The server has answered the acknowledgement, or it never left. */
    | { readonly type: "answered"; readonly isTaken: boolean }
    | { readonly type: "offline" };

export type MailboxEffect =
    /** Tell the server that messages up to this number can be forgotten. */
    | { readonly type: "acknowledge"; readonly epoch: bigint; readonly sequence: bigint }
    /** Come back with `due`. */
    | { readonly type: "wake-after"; readonly delayMs: number };

type Step = readonly [next: MailboxState, effects: readonly MailboxEffect[]];

export function onMailboxInput(state: MailboxState, input: MailboxInput): Step {
    switch (input.type) {
        case "welcomed":
            return pump(onWelcomed(state, input.epoch, input.sequence), false);
        case "came":
            return [{ ...state, last: input.sequence, open: new Set(state.open).add(input.sequence) }, []];
        case "handled":
            return input.epoch === state.epoch ? pump(handled(state, input.sequence), false) : [state, []];
        case "due":
            return pump({ ...state, isWaking: false }, true);
        case "answered":
            return input.isTaken ? pump(taken(state), false) : wake({ ...state, underWay: undefined });
        case "offline":
            return [{ ...state, isOnline: false, underWay: undefined }, []];
    }
}

/** In the same log the server says where it goes on: after what it sent last, or after what it was told was dealt with. */
function onWelcomed(state: MailboxState, epoch: bigint, sequence: bigint): MailboxState {
    return epoch === state.epoch && sequence >= state.acknowledged
        ? { ...state, isOnline: true, last: sequence > state.last ? sequence : state.last }
        : {
              ...newMailboxState,
              ...{ isOnline: true, epoch, last: sequence, acknowledged: sequence, isWaking: state.isWaking },
          };
}

function handled(state: MailboxState, sequence: bigint): MailboxState {
    const open = new Set(state.open);
    open.delete(sequence);
    return { ...state, open };
}

function taken(state: MailboxState): MailboxState {
    const { underWay = 0n, acknowledged } = state;
    return {
        ...state,
        acknowledged: underWay > acknowledged ? underWay : acknowledged,
        underWay: undefined,
    };
}

function pump(state: MailboxState, isDue: boolean): Step {
    const sequence = handledUpTo(state);
    const ready = sequence - state.acknowledged;
    if (!state.isOnline || state.underWay !== undefined || ready <= 0n) return [state, []];
    return isDue || ready >= ACK_COLLECT_MAX
        ? [{ ...state, underWay: sequence }, [{ type: "acknowledge", epoch: state.epoch, sequence }]]
        : wake(state);
}

const wake = (state: MailboxState): Step =>
    state.isWaking
        ? [state, []]
        : [{ ...state, isWaking: true }, [{ type: "wake-after", delayMs: ACK_COLLECT_MS }]];

/** The highest number up to which nothing is open. */
function handledUpTo({ open, last }: MailboxState): bigint {
    let least: bigint | undefined;
    for (const number of open) if (least === undefined || number < least) least = number;
    return least === undefined ? last : least - 1n;
}
