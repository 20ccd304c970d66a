import { describe, expect, test } from "vitest";
import { commands } from "../../src/input/commandList";
import { parseLine } from "../../src/input/lineParser";
import { spanOfTime } from "../../src/input/spanOfTime";
import { readJson } from "../vectors";

test.each(["hello", "  hello  ", "a/b", "1 // 2", "it's private: don't look"])(
    "a line is said as it was typed: %j",
    line => expect(parseLine(line)).toEqual({ kind: "say", text: line, isAction: false, isToAll: false }),
);

test.each([
    ["//help", "/help"],
    ["///", "//"],
    ["/say private:x", "private:x"],
    ["/SAY /me", "/me"],
])("what looks like a command can be said too: %j", (line, text) =>
    expect(parseLine(line)).toMatchObject({ kind: "say", text }),
);

test.each([
    ["private:bob:psst", "bob", "psst"],
    ["PRIVATE:bob:a:b", "bob", "a:b"],
    [" private: bob :psst", "bob", "psst"],
    ["/msg bob psst", "bob", "psst"],
    ["/MSG bob  two  words", "bob", "two  words"],
    ["/query bob psst", "bob", "psst"],
])("the report's form and /msg say it to one: %j", (line, name, text) =>
    expect(parseLine(line)).toEqual({ kind: "say-to", name, text }),
);

test.each([
    ...["private:", "private:bob", "private:bob:", "private::text", "Private: bob,  secret"],
    ...["/msg", "/msg bob", "/nope hello", "/", "/ hello", " /msgbob secret", "/query", "/clear all"],
    ...["/nick", "/nick a b", "/verify", "/verify bob maybe", "/verify a b c"],
    ...["/inspect x", "/inspect -1", "/inspect 99999999999", "/me", "/say", "/ignore", "/whois"],
])("what is cut short or mistyped is never sent: %j", line => expect(parseLine(line).kind).toBe("wrong"));

describe("every command is understood in any case", () => {
    const receiver = { name: "bob" };
    test.each([
        ["/NICK carol", { type: "rename", name: "carol" }],
        ["/who", { type: "who" }],
        ["/Names", { type: "who" }],
        ["/whois bob", { type: "whois", receiver }],
        ["/verify bob", { type: "verify", receiver, answer: "show" }],
        ["/verify bob YES", { type: "verify", receiver, answer: "yes" }],
        ["/verify accept bob", { type: "verify", receiver, answer: "accept" }],
        ["/ignore bob", { type: "ignore", receiver, isIgnored: true }],
        ["/unignore bob", { type: "ignore", receiver, isIgnored: false }],
        ["/suite", { type: "use-suite" }],
        ["/suite classic", { type: "use-suite", name: "classic" }],
        ["/reconnect", { type: "connect" }],
        ["/quit", { type: "leave" }],
        ["/EXIT", { type: "leave" }],
    ])("%s", (line, command) => expect(parseLine(line)).toEqual({ kind: "command", command }));

    test.each([
        ["/help", { kind: "page", action: "help" }],
        ["/?", { kind: "page", action: "help" }],
        ["/clear", { kind: "page", action: "clear" }],
        ["/inspect", { kind: "page", action: "inspect", number: undefined }],
        ["/inspect 17", { kind: "page", action: "inspect", number: 17 }],
        ["/query bob", { kind: "page", action: "query", name: "bob" }],
        ["/me waves", { kind: "say", text: "waves", isAction: true, isToAll: false }],
        ["/all hi", { kind: "say", text: "hi", isAction: false, isToAll: true }],
        ["  ", { kind: "nothing" }],
    ])("%s", (line, meant) => expect(parseLine(line)).toEqual(meant));
});

describe("what is done in rooms is understood in any case", () => {
    const about = (kind: string, seconds = 0) => ({ do: "act", kind, name: "bob", seconds });
    test.each([
        ["/join #kitchen", { do: "join", target: "#kitchen" }],
        ["/J https://h/#room=x", { do: "join", target: "https://h/#room=x" }],
        ["/create Tea party", { do: "create", name: "Tea party" }],
        ["/room tea party", { do: "go", name: "tea party" }],
        ["/part", { do: "part", name: undefined }],
        ["/leave Tea party", { do: "part", name: "Tea party" }],
        ["/invite", { do: "invite", name: undefined }],
        ["/invite garden", { do: "invite", name: "garden" }],
        ["/topic", { do: "show-topic" }],
        ["/topic roses and  bees", { do: "topic", text: "roses and  bees" }],
        ["/topic -", { do: "topic", text: "" }],
        ["/kick bob", about("kick")],
        ["/ban bob", about("ban")],
        ["/unban bob", about("unban")],
        ["/mute bob 10m", about("mute", 600)],
        ["/mute bob", about("mute")],
        ["/unmute bob", about("unmute")],
        ["/op bob", about("op")],
        ["/DEOP bob", about("deop")],
        ["/slow 30", { do: "slow", seconds: 30 }],
        ["/slow off", { do: "slow", seconds: 0 }],
    ])("%s", (line, wish) => expect(parseLine(line)).toEqual({ kind: "room", wish }));

    test.each([
        "/join",
        "/create",
        "/room",
        "/kick",
        "/kick a b",
        "/mute",
        "/mute bob soon",
        "/slow",
        "/slow x",
    ])("and what isn't is told how to be written: %s", line =>
        expect(parseLine(line)).toMatchObject({
            kind: "wrong",
            sentence: expect.stringMatching(/^Write: \//),
        }),
    );
});

test.each([
    ["90", 90],
    ["90s", 90],
    ["10M", 600],
    ["2h", 7_200],
    ["7d", 604_800],
    ["OFF", 0],
])("a time is a number with a unit: %s", (typed, seconds) => expect(spanOfTime(typed)).toBe(seconds));

test.each(["", "s", "-1", "1w", "8d", "604801", "99999999999", "1.5h"])(
    "anything else is no time: %s",
    typed => expect(spanOfTime(typed)).toBe(undefined),
);

test("every command of the list is one", () => {
    for (const { name, aliases } of commands)
        for (const word of [name, ...aliases]) {
            const parsed = parseLine(`/${word} x`);
            expect(parsed.kind === "wrong" && parsed.sentence.startsWith("There is no")).toBe(false);
        }
});

test("nothing with a slash in front is said unless it is doubled", () => {
    const { strings } = { strings: readJson<readonly string[]>("naughty-strings/blns.json") };
    for (const text of strings.filter(text => !text.trimStart().startsWith("/"))) {
        const parsed = parseLine(`/${text}`);
        const isSay = parsed.kind === "say" && !parsed.isAction && !parsed.isToAll;
        expect(isSay, text).toBe(false);
    }
});

test("naughty strings are said as they are or not at all", () => {
    const strings = readJson<readonly string[]>("naughty-strings/blns.json");
    for (const text of strings) {
        const parsed = parseLine(text);
        if (parsed.kind === "say" && !text.trimStart().startsWith("/")) expect(parsed.text).toBe(text);
    }
    expect(strings.length).toBe(515);
});
