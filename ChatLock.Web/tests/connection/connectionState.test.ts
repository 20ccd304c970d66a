import { beforeEach, describe, expect, test } from "vitest";
import type { Status } from "../../src/client/events";
import { BACKOFF_LONGEST_MS, backoffMs } from "../../src/connection/backoff";
import {
    LEAVE_TIMEOUT_MS,
    newConnectionState,
    onLinkInput,
    OPEN_TIMEOUT_MS,
    PROBE_TIMEOUT_MS,
    type ConnectionState,
} from "../../src/connection/connectionState";
import type { LinkEffect, LinkInput } from "../../src/connection/linkMessages";
import { DEFAULT_LIMITS } from "../../src/session/defaultLimits";
import { CloseReason } from "../../src/wire/generated/chatlock_pb";

let state: ConnectionState;
let effects: readonly LinkEffect[];

beforeEach(() => {
    state = newConnectionState("here:4680");
    effects = [];
});

function on(...inputs: readonly LinkInput[]): void {
    for (const input of inputs) [state, effects] = onLinkInput(state, input);
}

const connect = (nowMs = 0): LinkInput => ({ type: "connect", nowMs });
const opened = (nowMs = 0): LinkInput => ({ type: "opened", nowMs });
const tick = (nowMs: number): LinkInput => ({ type: "tick", nowMs });
const failed = (sentence = "Nothing answers.", random = 1): LinkInput => ({
    type: "failed",
    sentence,
    nowMs: 0,
    random,
});
const ended = (reason: CloseReason, sentence = "x", random = 1): LinkInput => ({
    type: "ended",
    reason,
    sentence,
    nowMs: 0,
    random,
});
const entered: LinkInput = {
    ...{ type: "entered", name: "alice", online: 2, limits: DEFAULT_LIMITS, nowMs: 0 },
    renewInMs: 24 * 3_600_000,
};
const retryDue: LinkInput = { type: "retry-due", nowMs: 0 };

const enter = () => on(connect(), opened(), entered);
const reported = (): Status => {
    const reports = effects.filter(effect => effect.type === "report");
    expect(reports).toHaveLength(1);
    return reports[0]!.status;
};
const has = (type: LinkEffect["type"]): boolean => effects.some(effect => effect.type === type);
const delay = (): number | undefined => effects.find(effect => effect.type === "retry-in")?.delayMs;

test("connecting opens a socket and says so", () => {
    on(connect());
    expect(has("open")).toBe(true);
    expect(reported()).toEqual({ state: "connecting", isAgain: false });
});

test("the first connection is tried again too, with the sentence that helps", () => {
    on(connect(), failed("Nothing answers. Is the gateway running?"));
    expect(reported()).toEqual({
        state: "waiting",
        why: "Nothing answers. Is the gateway running?",
        retryAtMs: 500,
    });
    on(retryDue);
    expect(has("open")).toBe(true);
});

test("a lost connection is tried again later and later, up to half a minute", () => {
    enter();
    on(ended(CloseReason.CONNECTION_LOST));
    expect(reported()).toMatchObject({ why: "Connection lost." });
    const delays = [delay()];
    for (let times = 0; times < 9; times++) {
        on(retryDue, failed());
        delays.push(delay());
    }
    expect(delays).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000, 30_000]);
});

test("jitter takes half of the delay at most", () => {
    expect(backoffMs(1, 0)).toBe(250);
    expect(backoffMs(1, 0.999)).toBeCloseTo(499.75);
    expect(backoffMs(1_000, 0)).toBe(BACKOFF_LONGEST_MS / 2);
});

test("reaching the lobby again starts the delays over", () => {
    enter();
    on(ended(CloseReason.CONNECTION_LOST), retryDue, failed(), retryDue, opened(), entered);
    on(ended(CloseReason.CONNECTION_LOST));
    expect(delay()).toBe(500);
});

test.each(["connect", "wake"] as const)("%s doesn't wait on", type => {
    enter();
    on(ended(CloseReason.SERVER_STOPPING, "The server is stopping."));
    expect(reported()).toMatchObject({ why: "The server is stopping." });
    on({ type, nowMs: 5 });
    expect(has("open")).toBe(true);
});

test.each([
    [CloseReason.TAKEN_OVER, "taken-over"],
    [CloseReason.BAD_PROOF, "refused"],
    [CloseReason.BAD_KEY, "refused"],
] as const)("what would end the same way again isn't tried again: %i", (reason, kind) => {
    enter();
    on(ended(reason, "No."));
    expect(reported()).toEqual({ state: "stopped", kind, why: "No." });
    on({ type: "wake", nowMs: 0 }, retryDue, tick(1_000_000));
    expect(effects).toEqual([]);
});

test("after having stopped the user can connect again", () => {
    enter();
    on(ended(CloseReason.TAKEN_OVER), connect());
    expect(has("open")).toBe(true);
    on(opened(), entered);
    expect(state.phase).toBe("online");
});

describe("silence", () => {
    test("a ping is sent once and then the connection counts as lost", () => {
        enter();
        for (let nowMs = 1_000; nowMs < 20_000; nowMs += 1_000) on(tick(nowMs));
        expect(effects).toEqual([]);
        on(tick(20_000));
        expect(effects).toEqual([{ type: "ping" }]);
        for (let nowMs = 21_000; nowMs < 60_000; nowMs += 1_000) on(tick(nowMs));
        expect(effects).toEqual([]);
        on(tick(60_000));
        expect(has("drop")).toBe(true);
        expect(reported()).toMatchObject({ state: "waiting", why: "Connection lost." });
    });

    test("anything heard is a sign of life", () => {
        enter();
        for (let nowMs = 1_000; nowMs < 60_000; nowMs += 1_000) {
            if (nowMs === 21_000) on({ type: "heard", nowMs });
            on(tick(nowMs));
        }
        expect(state.phase).toBe("online");
        expect(state.isPinged).toBe(true);
    });

    test("a page that slept asks first, for what came meanwhile isn't read yet", () => {
        enter();
        on(tick(1_000), tick(3_600_000));
        expect(effects).toEqual([{ type: "ping" }, { type: "tick-in", delayMs: PROBE_TIMEOUT_MS }]);
        on({ type: "heard", nowMs: 3_600_001 }, tick(3_603_000));
        expect(state.phase).toBe("online");
    });

    test("waking up asks, and three seconds without an answer are enough", () => {
        enter();
        on(tick(1_000), { type: "wake", nowMs: 1_500 });
        expect(has("ping")).toBe(true);
        on({ type: "wake", nowMs: 1_600 });
        expect(effects).toEqual([]);
        on(tick(4_000));
        expect(effects).toEqual([]);
        on(tick(1_500 + PROBE_TIMEOUT_MS));
        expect(reported()).toMatchObject({ state: "waiting" });
    });
});

test("a server that doesn't wait for the name is connected to again when it is chosen", () => {
    on(connect(), opened(), { type: "name-missing" }, ended(CloseReason.HELLO_TIMEOUT));
    expect(state.phase).toBe("parked");
    expect(effects).toEqual([{ type: "drop" }]);
    on({ type: "name-chosen", nowMs: 0 });
    expect(has("open")).toBe(true);
});

test("thinking about a name takes as long as it takes", () => {
    on(connect(), opened(), { type: "name-missing" }, tick(1_000_000));
    expect(effects).toEqual([]);
});

test.each([false, true])("a server that says nothing is given up for now (open: %s)", isOpen => {
    on(connect());
    if (isOpen) on(opened());
    on(tick(OPEN_TIMEOUT_MS - 1));
    expect(effects).toEqual([]);
    on(tick(OPEN_TIMEOUT_MS));
    expect(reported()).toMatchObject({ state: "waiting" });
    expect(has("drop")).toBe(true);
});

test("whoever is not trusted is not talked to again until the user says so", () => {
    on(connect(), opened(), { type: "stop", kind: "not-trusted", sentence: "Another key." });
    expect(reported()).toMatchObject({ kind: "not-trusted" });
    on(retryDue, { type: "wake", nowMs: 0 });
    expect(effects).toEqual([]);
    on(connect());
    expect(has("open")).toBe(true);
});

test("leaving says goodbye and waits for it to be out but not for ever", () => {
    enter();
    on({ type: "leave", nowMs: 0 });
    expect(has("say-bye")).toBe(true);
    on(tick(LEAVE_TIMEOUT_MS));
    expect(reported()).toEqual({ state: "stopped", kind: "left", why: "You left." });
});

test("leaving while waiting ends at once", () => {
    enter();
    on(ended(CloseReason.CONNECTION_LOST), { type: "leave", nowMs: 0 });
    expect(reported()).toMatchObject({ kind: "left" });
});

test("a server that ends the connection before the lobby is told by its address", () => {
    on(connect(), opened(), ended(CloseReason.CONNECTION_LOST));
    expect(reported()).toMatchObject({ why: expect.stringContaining("here:4680") });
});
