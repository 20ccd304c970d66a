/** What was typed and isn't acknowledged yet, in order, until the server took it or it is handed back.
 * A value. Nothing leaves it silently: every entry that was queued ends in one `accepted` or `failed`. */

import { RefusalCode, type Reply } from "../wire/generated/chatlock_pb";
import type { OutboxEffect, OutboxEntry, OutboxInput, Reach } from "./outboxMessages";

/** Messages that may wait; a further one is handed back. */
export const QUEUE_MAX = 500;

/** Messages sent and not answered yet. One: if the server refused the first of two and took the second, their order would be
 * lost. */
export const WINDOW_MAX = 1;

/** Refusals with "try again" that one message takes. */
export const REFUSALS_MAX = 10;

/** Refusals with "not stored" that one message takes: about an hour of a full disk. */
export const NOT_STORED_MAX = 120;

/** The longest wait between two tries. */
export const PAUSE_MAX_MS = 30_000;

export interface ConversationState {
    readonly reach: Reach;
    readonly outbox: readonly OutboxEntry[];
    readonly isPaused: boolean;
    readonly inGrace: boolean;
}

export const newConversationState: ConversationState = {
    reach: "offline",
    outbox: [],
    isPaused: false,
    inGrace: false,
};

export interface OutboxStep {
    readonly next: ConversationState;
    readonly effects: readonly OutboxEffect[];
}

export function onOutboxInput(state: ConversationState, input: OutboxInput): OutboxStep {
    const effects: OutboxEffect[] = [];
    const next = pump(apply(state, input, effects), effects);
    return { next, effects };
}

function apply(state: ConversationState, input: OutboxInput, effects: OutboxEffect[]): ConversationState {
    switch (input.type) {
        case "say":
            return onSay(state, input.entry, effects);
        case "online":
            return { ...state, reach: "unknown", inGrace: input.isAgain };
        case "offline":
            return {
                ...state,
                reach: "offline",
                isPaused: false,
                outbox: state.outbox.map(entry => ({ ...entry, inFlight: false })),
            };
        case "found":
            return state.reach === "offline" ? state : onFound(state, input.sameKey);
        case "not-found":
            return state.reach === "offline" ? state : onNotFound(state, input.sentence, effects);
        case "stale":
            return state.reach === "offline" ? state : { ...state, reach: "unknown" };
        case "grace-over":
            return onGraceOver(state, effects);
        case "sealed":
            return change(state, input.id, entry => ({ ...entry, sealed: input.trace }));
        case "unsent":
            return change(state, input.id, entry => ({ ...entry, inFlight: false }));
        case "replied":
            return onReply(state, input.id, input.reply, effects);
        case "resume":
            return { ...state, isPaused: false };
        case "fail-all":
            return handBackWaiting(state, RefusalCode.UNSPECIFIED, input.sentence, effects);
        case "close":
            return onClose(state, input.sentence, effects);
    }
}

/** Sends what may go, in order, or finds out to whom. */
function pump(state: ConversationState, effects: OutboxEffect[]): ConversationState {
    const waiting = state.outbox.filter(entry => !entry.inFlight);
    if (state.reach === "unknown" && waiting.length > 0) {
        effects.push({ type: "look-up" });
        return { ...state, reach: "looking-up" };
    }
    if (state.reach !== "ready" || state.isPaused) return state;

    const free = WINDOW_MAX - (state.outbox.length - waiting.length);
    const going = new Set(waiting.slice(0, Math.max(free, 0)));
    if (going.size === 0) return state;
    const outbox = state.outbox.map(entry => (going.has(entry) ? { ...entry, inFlight: true } : entry));
    effects.push(
        ...outbox
            .filter((_, at) => going.has(state.outbox[at]!))
            .map(entry => ({ type: "send", entry }) as const),
    );
    return { ...state, outbox };
}

function onSay(state: ConversationState, entry: OutboxEntry, effects: OutboxEffect[]): ConversationState {
    if (state.outbox.length >= QUEUE_MAX) {
        const sentence = `${QUEUE_MAX} messages wait already; try again when some have gone.`;
        effects.push({ type: "failed", entry, code: RefusalCode.TOO_FAST, sentence });
        return state;
    }
    effects.push({ type: "queued", entry, why: undefined });
    return { ...state, outbox: [...state.outbox, entry] };
}

const onFound = (state: ConversationState, sameKey: boolean): ConversationState => ({
    ...state,
    reach: "ready",
    outbox: sameKey
        ? state.outbox
        : state.outbox.map(entry => (entry.inFlight ? entry : { ...entry, sealed: undefined })),
});

function onNotFound(state: ConversationState, sentence: string, effects: OutboxEffect[]): ConversationState {
    return state.inGrace
        ? { ...state, reach: "awaited" }
        : handBackWaiting({ ...state, reach: "unknown" }, RefusalCode.NOT_HERE, sentence, effects);
}

function onGraceOver(state: ConversationState, effects: OutboxEffect[]): ConversationState {
    const next = { ...state, inGrace: false };
    return state.reach === "awaited"
        ? handBackWaiting(
              { ...next, reach: "unknown" },
              RefusalCode.NOT_HERE,
              "The receiver didn't come back.",
              effects,
          )
        : next;
}

function onReply(
    state: ConversationState,
    id: string,
    reply: Reply,
    effects: OutboxEffect[],
): ConversationState {
    const entry = state.outbox.find(waiting => waiting.id === id);
    if (!entry) return state;
    switch (reply.result.case) {
        case "accepted":
            effects.push({ type: "accepted", entry, accepted: reply.result.value });
            return without(state, entry);
        case "refused":
            return onRefused(state, entry, reply.result.value, effects);
        default:
            return onRefused(state, entry, SENSELESS, effects);
    }
}

interface Refusal {
    readonly code: RefusalCode;
    readonly sentence: string;
    readonly retryAfterMs: number;
}

const SENSELESS: Refusal = {
    code: RefusalCode.UNSPECIFIED,
    sentence: "The server's answer makes no sense.",
    retryAfterMs: 0,
};

/** A refused message reached nobody, so it is encrypted anew under a counter of its own: the old one may be below those
 * that went out meanwhile. A receiver who isn't here is looked up again before the next one. */
function onRefused(
    state: ConversationState,
    entry: OutboxEntry,
    refused: Refusal,
    effects: OutboxEffect[],
): ConversationState {
    const again = { ...entry, inFlight: false, sealed: undefined };
    const pauseMs = pauseAfter(refused, entry.refusals);
    if (pauseMs !== undefined) {
        if (refused.code === RefusalCode.NOT_STORED && entry.refusals === 0)
            effects.push({ type: "queued", entry, why: refused.sentence });
        effects.push({ type: "pause-for", delayMs: pauseMs });
        const counted = { ...again, refusals: entry.refusals + 1 };
        return { ...change(state, entry.id, () => counted), isPaused: true };
    }
    const isGone = refused.code === RefusalCode.NOT_HERE;
    if (isGone && state.inGrace) return { ...change(state, entry.id, () => again), reach: "awaited" };
    effects.push({ type: "failed", entry, code: refused.code, sentence: refused.sentence });
    return { ...without(state, entry), reach: isGone && state.reach === "ready" ? "unknown" : state.reach };
}

/** How long to wait before the same message is tried again; undefined: it is handed back. Muted and slow mode last longer than
 * a user wants to wait without a word, and the text is handed back with theirs. A journal that fails is tried less and less
 * often. */
function pauseAfter({ code, retryAfterMs }: Refusal, refusals: number): number | undefined {
    if (code === RefusalCode.MUTED || code === RefusalCode.SLOW_MODE) return undefined;
    if (code === RefusalCode.NOT_STORED && refusals < NOT_STORED_MAX)
        return Math.min(PAUSE_MAX_MS, Math.max(retryAfterMs, 1_000 * 2 ** Math.min(refusals, 10)));
    return retryAfterMs > 0 && refusals < REFUSALS_MAX ? Math.min(PAUSE_MAX_MS, retryAfterMs) : undefined;
}

function onClose(
    state: ConversationState,
    why: string | undefined,
    effects: OutboxEffect[],
): ConversationState {
    for (const entry of state.outbox) {
        const sentence =
            why ??
            (entry.sealed
                ? "The connection ended before the server's answer; it may have arrived."
                : "The connection ended before it was sent.");
        effects.push({ type: "failed", entry, code: RefusalCode.UNSPECIFIED, sentence });
    }
    return { ...state, reach: "offline", outbox: [] };
}

function handBackWaiting(
    state: ConversationState,
    code: RefusalCode,
    sentence: string,
    effects: OutboxEffect[],
): ConversationState {
    for (const entry of state.outbox)
        if (!entry.inFlight) effects.push({ type: "failed", entry, code, sentence });
    return { ...state, outbox: state.outbox.filter(entry => entry.inFlight) };
}

const change = (
    state: ConversationState,
    id: string,
    to: (entry: OutboxEntry) => OutboxEntry,
): ConversationState => ({
    ...state,
    outbox: state.outbox.map(entry => (entry.id === id ? to(entry) : entry)),
});

const without = (state: ConversationState, entry: OutboxEntry): ConversationState => ({
    ...state,
    outbox: state.outbox.filter(other => other.id !== entry.id),
});
