import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { keepResume, recallResume } from "../../src/ui/resumeStorage";

const identity = "ab".repeat(32);
const point = {
    token: new Uint8Array(16).fill(7),
    positions: [
        { room: "", epoch: 2n ** 63n, sequence: 5n },
        { room: "lobby", epoch: 1n, sequence: 0n },
    ],
};

let stored: Map<string, string>;

beforeEach(() => {
    stored = new Map();
    vi.stubGlobal("window", {
        sessionStorage: {
            getItem: (key: string) => stored.get(key) ?? null,
            setItem: (key: string, value: string) => void stored.set(key, value),
            removeItem: (key: string) => void stored.delete(key),
        },
    });
});
afterEach(() => void vi.unstubAllGlobals());

const change = (to: (kept: Record<string, unknown>) => unknown) => {
    const [[key, text]] = [...stored] as [[string, string]];
    stored.set(key, JSON.stringify(to(JSON.parse(text) as Record<string, unknown>)));
};

test("a reload goes on where the tab stood", () => {
    keepResume({ identity, point });
    expect(recallResume(identity)).toEqual(point);
    keepResume(undefined);
    expect(recallResume(identity)).toBe(undefined);
});

test("another identity doesn't", () => {
    keepResume({ identity, point });
    expect(recallResume("cd".repeat(32))).toBe(undefined);
});

test("a gateway without a window gives no token, and the positions are good all the same", () => {
    keepResume({ identity, point: { ...point, token: new Uint8Array() } });
    expect(recallResume(identity)?.positions).toHaveLength(2);
});

test.each<[string, (kept: Record<string, unknown>) => unknown]>([
    ["no object", () => "x"],
    ["no token", kept => ({ ...kept, token: 7 })],
    ["a token of another length", kept => ({ ...kept, token: "abcd" })],
    ["a token that isn't hexadecimal", kept => ({ ...kept, token: "x".repeat(32) })],
    ["no positions", kept => ({ ...kept, positions: {} })],
    ["a position that isn't one", kept => ({ ...kept, positions: [["lobby", "1", "-2"]] })],
    ["half a position", kept => ({ ...kept, positions: [["lobby", "1"]] })],
])("what isn't what was kept is nothing: %s", (_, to) => {
    keepResume({ identity, point });
    change(to);
    expect(recallResume(identity)).toBe(undefined);
});

test("nor is what isn't JSON", () => {
    keepResume({ identity, point });
    stored.set([...stored.keys()][0]!, "{");
    expect(recallResume(identity)).toBe(undefined);
});
