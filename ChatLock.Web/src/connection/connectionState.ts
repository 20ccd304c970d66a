/** When to connect, when to wait and how long, and when silence means that nobody is there any more.
 * A value: no clock, no socket, no randomness of its own. */

import type { StopKind } from "../client/events";
import { CloseReason, type Limits } from "../wire/generated/chatlock_pb";
import { backoffMs } from "./backoff";
import type { LinkEffect, LinkInput, LinkPhase } from "./linkMessages";
import { endedAtOnce, noGateway, tooQuiet } from "./serverSentences";

/** From the try to the open socket, and from there to the lobby. */
export const OPEN_TIMEOUT_MS = 10_000;

/** How long a goodbye may take. */
export const LEAVE_TIMEOUT_MS = 2_000;

/** How long the answer to a probe may take: after the page was away, or the network. */
export const PROBE_TIMEOUT_MS = 3_000;

/** Between two regular ticks. */
export const TICK_MS = 1_000;

/** Ticks farther apart than this: the page slept, and what is on its way in wasn't read yet. */
export const SLEPT_MS = 10_000;

const SILENCE_LEAST_MS = 1_000;
const SILENCE_MOST_MS = 600_000;

export interface ConnectionState {
    readonly host: string;
    readonly phase: LinkPhase;
    /** Whether the lobby was ever reached. */
    readonly wasOnline: boolean;
    readonly failures: number;
    /** When this phase began. */
    readonly sinceMs: number;
    readonly heardMs: number;
    readonly tickedMs: number;
    readonly isPinged: boolean;
    /** When the answer to a probe must be there; undefined without one. */
    readonly probeUntilMs: number | undefined;
    readonly pingAfterMs: number;
    readonly silenceMs: number;
    /** When a new session key must be told to the server: only a Hello does. */
    readonly renewAtMs: number;
}

type Step = readonly [next: ConnectionState, effects: readonly LinkEffect[]];

export const newConnectionState = (host: string): ConnectionState => ({
    host,
    phase: "idle",
    wasOnline: false,
    failures: 0,
    sinceMs: 0,
    heardMs: 0,
    tickedMs: 0,
    isPinged: false,
    probeUntilMs: undefined,
    pingAfterMs: SILENCE_MOST_MS,
    silenceMs: SILENCE_MOST_MS,
    renewAtMs: Infinity,
});

export function onLinkInput(state: ConnectionState, input: LinkInput): Step {
    if (state.phase === "stopped") return onWhileStopped(state, input);
    if (state.phase === "leaving") return onWhileLeaving(state, input);
    switch (input.type) {
        case "leave":
            return onLeave(state, input.nowMs);
        case "stop":
            return stop(state, input.kind, input.sentence);
        case "connect":
            return isIn(state, "idle", "waiting") ? open(state, input.nowMs) : [state, []];
        case "wake":
            return onWake(state, input.nowMs);
        case "retry-due":
            return state.phase === "waiting" ? open(state, input.nowMs) : [state, []];
        case "name-chosen":
            if (state.phase === "parked") return open(state, input.nowMs);
            return state.phase === "naming" ? [enter(state, input.nowMs), []] : [state, []];
        case "opened":
            return state.phase === "opening" ? [enter(state, input.nowMs), []] : [state, []];
        case "failed":
            return state.phase === "opening"
                ? retry(state, input.sentence, input.nowMs, input.random)
                : [state, []];
        case "heard":
            return [{ ...state, heardMs: input.nowMs, isPinged: false, probeUntilMs: undefined }, []];
        case "name-missing":
            return state.phase === "entering" ? [{ ...state, phase: "naming" }, []] : [state, []];
        case "entered":
            return state.phase === "entering" ? onEntered(state, input) : [state, []];
        case "ended":
            return onEnded(state, input);
        case "tick":
            return onTick(state, input.nowMs);
    }
}

const open = (state: ConnectionState, nowMs: number): Step => [
    { ...state, phase: "opening", sinceMs: nowMs, tickedMs: nowMs },
    [{ type: "report", status: { state: "connecting", isAgain: state.wasOnline } }, { type: "open" }],
];

const enter = (state: ConnectionState, nowMs: number): ConnectionState => ({
    ...state,
    phase: "entering",
    sinceMs: nowMs,
    heardMs: nowMs,
});

function onEntered(
    state: ConnectionState,
    entered: {
        readonly name: string;
        readonly online: number;
        readonly limits: Limits;
        readonly renewInMs: number;
        readonly nowMs: number;
    },
): Step {
    const { name, online, limits, renewInMs, nowMs } = entered;
    return [
        {
            ...state,
            phase: "online",
            wasOnline: true,
            failures: 0,
            heardMs: nowMs,
            isPinged: false,
            probeUntilMs: undefined,
            pingAfterMs: clamp(limits.pingAfterMs, SILENCE_LEAST_MS / 2, SILENCE_MOST_MS / 2),
            silenceMs: clamp(limits.silenceTimeoutMs, SILENCE_LEAST_MS, SILENCE_MOST_MS),
            renewAtMs: nowMs + Math.max(SILENCE_LEAST_MS, renewInMs),
        },
        [{ type: "report", status: { state: "online", name, online } }],
    ];
}

function onEnded(
    state: ConnectionState,
    ended: {
        readonly reason: CloseReason;
        readonly sentence: string;
        readonly nowMs: number;
        readonly random: number;
    },
): Step {
    if (state.phase === "naming") return [{ ...state, phase: "parked" }, [{ type: "drop" }]];
    if (!isIn(state, "entering", "online")) return [state, []];
    switch (ended.reason) {
        case CloseReason.TAKEN_OVER:
            return stop(state, "taken-over", ended.sentence);
        case CloseReason.BAD_PROOF:
        case CloseReason.BAD_KEY:
            return stop(state, "refused", ended.sentence);
        case CloseReason.CONNECTION_LOST:
            return retry(
                state,
                state.wasOnline ? "Connection lost." : endedAtOnce(state.host),
                ended.nowMs,
                ended.random,
            );
        default:
            return retry(state, ended.sentence, ended.nowMs, ended.random);
    }
}

function retry(state: ConnectionState, why: string, nowMs: number, random: number): Step {
    const failures = state.failures + 1;
    const delayMs = backoffMs(failures, random);
    return [
        { ...state, phase: "waiting", failures, sinceMs: nowMs, probeUntilMs: undefined },
        [
            { type: "drop" },
            { type: "report", status: { state: "waiting", why, retryAtMs: nowMs + delayMs } },
            { type: "retry-in", delayMs },
        ],
    ];
}

function onWake(state: ConnectionState, nowMs: number): Step {
    if (state.phase === "waiting") return open(state, nowMs);
    return state.phase === "online" && state.probeUntilMs === undefined ? probe(state, nowMs) : [state, []];
}

const probe = (state: ConnectionState, nowMs: number): Step => [
    { ...state, probeUntilMs: nowMs + PROBE_TIMEOUT_MS },
    [{ type: "ping" }, { type: "tick-in", delayMs: PROBE_TIMEOUT_MS }],
];

/** Jitter has no say in silences: whoever heard nothing for a minute has waited enough. */
function onTick(before: ConnectionState, nowMs: number): Step {
    const state = { ...before, tickedMs: nowMs };
    const sinceMs = nowMs - state.sinceMs;
    if (state.phase === "opening" && sinceMs >= OPEN_TIMEOUT_MS)
        return retry(state, tooQuiet(state.host), nowMs, 0);
    if (state.phase === "entering" && sinceMs >= OPEN_TIMEOUT_MS)
        return retry(state, noGateway(state.host), nowMs, 0);
    return state.phase === "online" ? onTickOnline(state, nowMs, nowMs - before.tickedMs) : [state, []];
}

function onTickOnline(state: ConnectionState, nowMs: number, sinceTickMs: number): Step {
    const silentMs = nowMs - state.heardMs;
    if (state.probeUntilMs !== undefined)
        return nowMs >= state.probeUntilMs ? retry(state, "Connection lost.", nowMs, 0) : [state, []];
    if (sinceTickMs >= SLEPT_MS && silentMs >= state.pingAfterMs) return probe(state, nowMs);
    if (silentMs >= state.silenceMs) return retry(state, "Connection lost.", nowMs, 0);
    if (nowMs >= state.renewAtMs) return renew(state, nowMs);
    return silentMs >= state.pingAfterMs && !state.isPinged
        ? [{ ...state, isPinged: true }, [{ type: "ping" }]]
        : [state, []];
}

/** At once and without a word: the session is resumed, and nobody notices. */
const renew = (state: ConnectionState, nowMs: number): Step => [
    { ...state, phase: "opening", sinceMs: nowMs },
    [{ type: "drop" }, { type: "open" }],
];

function onLeave(state: ConnectionState, nowMs: number): Step {
    return isIn(state, "online", "entering", "naming")
        ? [
              { ...state, phase: "leaving", sinceMs: nowMs },
              [{ type: "say-bye" }, { type: "tick-in", delayMs: LEAVE_TIMEOUT_MS }],
          ]
        : stop(state, "left", "You left.");
}

function onWhileStopped(state: ConnectionState, input: LinkInput): Step {
    if (input.type === "connect") return open({ ...state, failures: 0 }, input.nowMs);
    return input.type === "stop" ? stop(state, input.kind, input.sentence) : [state, []];
}

function onWhileLeaving(state: ConnectionState, input: LinkInput): Step {
    const isOver =
        input.type === "ended" ||
        input.type === "failed" ||
        (input.type === "tick" && input.nowMs - state.sinceMs >= LEAVE_TIMEOUT_MS);
    return isOver ? stop(state, "left", "You left.") : [state, []];
}

const stop = (state: ConnectionState, kind: StopKind, why: string): Step => [
    { ...state, phase: "stopped", probeUntilMs: undefined },
    [{ type: "drop" }, { type: "report", status: { state: "stopped", kind, why } }],
];

const isIn = (state: ConnectionState, ...phases: readonly LinkPhase[]): boolean =>
    phases.includes(state.phase);

const clamp = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), most);
