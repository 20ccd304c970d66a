import { expect, test } from "vitest";
import { cleanText, DEFAULT_TEXT_MAX_BYTES } from "../../src/text/messageText";
import { readJson } from "../vectors";

test.each([
    ["hello", "hello"],
    ["  a\tb\n", "  a\tb\n"],
    ["a\r\nb\r\n", "a\nb\n"],
    ["a\0\0", "a"],
    ["\u202e\u0085\ufeff", "\u202e\u0085\ufeff"],
])("text is sent as it was typed but for line ends and NULs at its end: %j", (typed, text) =>
    expect(cleanText(typed, 100)).toEqual({ ok: true, text }),
);

test.each([
    ["", "empty", "nothing to send"],
    ["\0\0", "empty", "nothing to send"],
    ["a\u001b[31m", "control-character", "U+001B"],
    ["\u0001a", "control-character", "U+0001"],
    ["\u0002a", "control-character", "U+0002"],
    ["a\0b", "control-character", "U+0000"],
    ["a\rb", "control-character", "U+000D"],
    ["a\r", "control-character", "U+000D"],
    ["a\ud83dx", "lone-surrogate", "U+D83D"],
    ["\udc00", "lone-surrogate", "U+DC00"],
])("what is not text is refused by name: %j", (typed, problem, part) => {
    const cleaned = cleanText(typed, 100);
    expect(cleaned).toMatchObject({ ok: false, problem });
    expect(!cleaned.ok && cleaned.sentence).toContain(part);
    expect(!cleaned.ok && cleaned.sentence).toMatch(/^[A-Z][ -~]+\.$/);
});

test("the bound is in bytes of UTF-8", () => {
    expect(cleanText("\u4e2d".repeat(3), 9).ok).toBe(true);
    expect(cleanText("\u4e2d".repeat(3), 8)).toMatchObject({ ok: false, problem: "too-long" });
    expect(cleanText("a\ud83d\ude00x", 100).ok).toBe(true);
    expect(DEFAULT_TEXT_MAX_BYTES).toBe(16_384);
});

test("whatever is sent obeys the rule of content", () => {
    for (const typed of readJson<readonly string[]>("naughty-strings/blns.json")) {
        const cleaned = cleanText(typed, 1_000);
        if (cleaned.ok) expect(cleaned.text).not.toMatch(/[\u0000-\u0008\u000b-\u001f]/);
    }
});
