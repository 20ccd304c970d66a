/** Links into rooms, and what rooms are called: whatever was typed, pasted or altered on its way. */

import { describe, expect, test } from "vitest";
import { readFragment, readTarget, roomLink } from "../../src/rooms/inviteLink";
import { cleanTitle, parseTitle, TITLE_MAX_CHARACTERS, titleOf } from "../../src/rooms/roomTitle";
import { readJson } from "../vectors";

const hex = "ab".repeat(32);
const code = "A".repeat(95);

describe("a link", () => {
    test("says the server, the room and what it is called", () => {
        const link = roomLink(`https://example.org:4643/#sha256=${hex}`, code, "Tea & cake #1");
        expect(link).toBe(
            `https://example.org:4643/#sha256=${hex}&room=${code}&name=Tea%20%26%20cake%20%231`,
        );
        expect(readTarget(link)).toEqual({
            is: "link",
            fragment: { serverId: hex, room: code, name: "Tea & cake #1" },
        });
    });

    test("leads into an open room by its name", () => {
        const link = roomLink("http://127.0.0.1:4680/", "#garden", undefined);
        expect(link).toBe("http://127.0.0.1:4680/#room=%23garden");
        expect(readTarget(link)).toMatchObject({ is: "link", fragment: { room: "#garden" } });
    });

    test("has nothing in it that a shell or a chat would take for the end of it", () => {
        expect(roomLink("https://h/", code, "it's (mine)!*")).toMatch(/^[\w:/.#=&%-]+$/);
    });

    test("whose server's fingerprint was cut is damaged", () => {
        expect(readFragment(`#sha256=${hex.slice(1)}&room=${code}`).serverId).toBe("damaged");
        expect(readFragment(`#SHA256=${hex.toUpperCase()}`).serverId).toBe(hex);
    });

    test.each([
        ["%1B%5B31mTea", "[31mTea"],
        ["Tea%0Aparty", "Tea party"],
        ["%E2%80%AEaeT", "aeT"],
        ["%20", undefined],
        ["1".repeat(33), undefined],
        ["1".repeat(32), "1".repeat(32)],
        ["%ZZ", "%ZZ"],
    ])("calls the room by clean text: %s", (written, name) =>
        expect(readFragment(`#room=${code}&name=${written}`).name).toBe(name),
    );
});

test.each([
    ["garden", { is: "open", name: "garden" }],
    [" #Garden ", { is: "open", name: "#Garden" }],
    [code, { is: "code", code }],
    [code.slice(40), { is: "code", code: code.slice(40) }],
    [`~${hex}`, { is: "known", room: `~${hex}` }],
    ["https://host/#name=Tea", { is: "open", name: "https://host/#name=Tea" }],
])("what is typed leads somewhere: %s", (typed, target) => expect(readTarget(typed)).toEqual(target));

test("no text at all makes reading throw", () => {
    for (const text of readJson<readonly string[]>("naughty-strings/blns.json"))
        for (const form of [text, `#${text}`, `x#room=${text}&name=${text}`]) {
            readTarget(form);
            readFragment(form);
            expect([...(cleanTitle(text) ?? "-")].length).toBeLessThanOrEqual(TITLE_MAX_CHARACTERS);
        }
});

describe("what the maker of a room typed", () => {
    test("is its name, without what can't be seen", () =>
        expect(parseTitle("  Herb\u202e\u0007 garden ")).toEqual({ ok: true, title: "Herb garden" }));

    test.each(["", "   ", "\u200b", "n".repeat(33)])("and is no name is said to be none: %j", typed =>
        expect(parseTitle(typed).ok).toBe(false),
    );
});

test("a room that nobody calls anything is called by its id", () => {
    expect(titleOf("#garden", undefined)).toBe("#garden");
    expect(titleOf(`~${hex}`, undefined)).toBe("~abababab");
    expect(titleOf(`~${hex}`, "Attic")).toBe("Attic");
});
