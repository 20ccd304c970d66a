import { describe, expect, test } from "vitest";
import { completionsFor, OPTIONS_MAX } from "../../src/input/completion";
import { emojiNames, replaceEmoji } from "../../src/input/emoji";

const names = ["alice", "Bob", "alan"];

const insertsFor = (before: string, isAsked = true) =>
    completionsFor(before, before.length, names, isAsked)?.options.map(option => option.insert);

describe("what is asked for", () => {
    test.each([
        ["ali", ["alice: "]],
        ["hi ali", ["alice "]],
        ["hi\nal", ["alan ", "alice "]],
        ["/ms", ["/msg "]],
        ["/names", ["/who "]],
        ["/msg ali", ["alice "]],
        ["/whois BO", ["Bob "]],
        ["private:ali", ["private:alice:"]],
        ["hi :wav", ["👋 "]],
        ["", undefined],
        ["x", undefined],
        ["hi ", undefined],
        ["/nick ali", ["alice "]],
    ])("%j", (before, inserts) => expect(insertsFor(before)).toEqual(inserts));
});

describe("what is offered while typing", () => {
    test.each([
        ["ali", undefined],
        ["hi ali", undefined],
        ["/ms", ["/msg "]],
        ["/msg ali", ["alice "]],
        ["/msg alice", undefined],
        [":w", undefined],
        [":wa", ["👋 ", "⚠️ "]],
        ["10:30", undefined],
    ])("%j", (before, inserts) => expect(insertsFor(before, false)).toEqual(inserts));
});

describe("a room", () => {
    const rooms = ["#garden", "Garden shed", "Attic"];
    const roomsFor = (before: string) =>
        completionsFor(before, before.length, names, false, rooms)?.options.map(option => option.insert);
    test.each([
        ["/room gar", ["#garden", "Garden shed"]],
        ["/join #GAR", ["#garden", "Garden shed"]],
        ["/part a", ["Attic"]],
        ["/invite ", ["#garden", "Garden shed", "Attic"]],
        ["/room attic", undefined],
        ["/create a", undefined],
    ])("is completed where one is meant: %j", (before, inserts) => expect(roomsFor(before)).toEqual(inserts));
});

test("the word before the cursor is what is replaced", () => {
    expect(completionsFor("hello ali, how", 9, names, true)).toMatchObject({ start: 6, end: 9 });
    expect(completionsFor(" ali", 0, names, true)).toBeUndefined();
});

test("Enter sends a command that is offered, and takes an emoji", () => {
    expect(completionsFor("/wh", 3, names, false)!.isEnterTaken).toBe(false);
    expect(completionsFor(":wave", 5, names, false)!.isEnterTaken).toBe(true);
});

test("no more is offered than can be read", () => {
    const many = Array.from({ length: 500 }, (_, at) => `user${at}`);
    expect(completionsFor("user", 4, many, true)!.options).toHaveLength(OPTIONS_MAX);
});

test("there are emoji enough, each of one or two characters to see", () => {
    expect(emojiNames.size).toBeGreaterThan(150);
    for (const [name, emoji] of emojiNames) {
        expect(name).toMatch(/^[a-z0-9_+-]{1,32}$/);
        expect(emoji, name).toMatch(/^\p{Emoji}\uFE0F?$/u);
    }
});

test.each([
    ["hi :wave:", "hi 👋"],
    [":wave::wave:", "👋👋"],
    ["at 10:100:5", "at 10:100:5"],
    [":nosuch:", ":nosuch:"],
    ["`:wave:` :wave:", "`:wave:` 👋"],
    ["```\n:wave:\n``` :wave:", "```\n:wave:\n``` 👋"],
])("emoji in the place of their names: %j", (typed, sent) => expect(replaceEmoji(typed)).toBe(sent));
