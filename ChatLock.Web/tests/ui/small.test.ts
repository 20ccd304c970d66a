import { signal } from "@preact/signals";
import { describe, expect, it } from "vitest";
import { envelopeFields } from "../../src/ui/inspector/envelopeFields";
import { takeFragment } from "../../src/ui/invite";
import { hueOf } from "../../src/ui/parts/KeyGlyph";
import { History, historyMax } from "../../src/ui/store/history";
import type { Delivery, MessageLine } from "../../src/ui/store/lines";
import { OwnMessages, pendingMax } from "../../src/ui/store/ownMessages";
import { mentions } from "../../src/ui/store/mentions";
import { suggestedName } from "../../src/ui/store/suggestedName";

describe("a mention", () => {
    it.each([
        ["hello bob", true],
        ["BOB!", true],
        ["(bob)", true],
        ["bobby", false],
        ["thumbob", false],
        ["bob2", false],
        ["bobby and bob", true],
        ["", false],
    ])("%j: %s", (text, isOne) => expect(mentions(text, "Bob")).toBe(isOne));

    it("of nobody is none", () => expect(mentions("hello", undefined)).toBe(false));
});

describe("the history of a field", () => {
    it("walks back and comes back to what was begun", () => {
        const history = new History();
        history.add("one");
        history.add("two");
        expect([history.older("begun"), history.older(""), history.older("")]).toEqual([
            "two",
            "one",
            undefined,
        ]);
        expect([history.newer(), history.newer(), history.newer()]).toEqual(["two", "begun", undefined]);
    });

    it("keeps a repeated line once, and is bounded", () => {
        const history = new History();
        history.add("same");
        history.add("same");
        expect([history.older(""), history.older("")]).toEqual(["same", undefined]);
        for (let index = 0; index < historyMax + 3; index++) history.add(`line ${index}`);
        let steps = 0;
        while (history.older("") !== undefined) steps++;
        expect(steps).toBe(historyMax);
    });
});

describe("an invite's fragment", () => {
    const hex = "0cf8dfb6de90173f08b81cc7b5717fde50efd42a3aca9f94112ba034aa1d5724";
    const visit = (hash: string) => {
        let shown = `/${hash}`;
        const history = { state: null, replaceState: (_: unknown, __: string, url: string) => (shown = url) };
        const location = { hash, pathname: "/", search: "" };
        const found = takeFragment(location as Location, history as unknown as History & globalThis.History);
        return { found, shown };
    };

    const nothing = { serverId: undefined, room: undefined, name: undefined };

    it("is read and taken out of the address bar", () => {
        expect(visit(`#sha256=${hex.toUpperCase()}`)).toEqual({
            found: { ...nothing, serverId: hex },
            shown: "/",
        });
    });

    it("that is cut is said to be damaged, never ignored", () => {
        expect(visit(`#sha256=${hex.slice(1)}`)).toEqual({
            found: { ...nothing, serverId: "damaged" },
            shown: "/",
        });
    });

    it("of another kind is none, and goes too", () => {
        expect(visit("#top")).toEqual({ found: nothing, shown: "/" });
        expect(visit("")).toEqual({ found: nothing, shown: "/" });
        expect(visit(`#${"x".repeat(3_000)}`)).toEqual({ found: nothing, shown: "/" });
    });

    it("that leads into a room says which, and what it is called", () => {
        const code = "A".repeat(95);
        expect(visit(`#sha256=${hex}&room=${code}&name=Caf%C3%A9%20%E2%80%AEx`).found).toEqual({
            serverId: hex,
            room: code,
            name: "Café x",
        });
        expect(visit(`#room=%23garden`).found).toEqual({ ...nothing, room: "#garden" });
    });
});

describe("an envelope's fields", () => {
    it("are cut without knowing the message", () => {
        const fields = envelopeFields(Uint8Array.of(0x08, 0x02, 0x18, 0xac, 0x02, 0x22, 0x03, 1, 2, 3));
        expect(fields).toEqual([
            { number: 1, kind: "number", value: 2n },
            { number: 3, kind: "number", value: 300n },
            { number: 4, kind: "bytes", bytes: Uint8Array.of(1, 2, 3) },
        ]);
    });

    it.each([
        [[0x08]],
        [[0x22, 0x05, 1]],
        [[0x22, 0xff, 0xff, 0xff, 0xff, 0x7f]],
        [[0xff]],
        [[0x0d, 0, 0, 0, 0]],
    ])("that are damaged end the list: %j", bytes =>
        expect(envelopeFields(Uint8Array.from(bytes))).toEqual([]),
    );
});

describe("a name to begin with", () => {
    it("is two words at either end of the lists", () => {
        expect(suggestedName(() => 0)).toBe("calm-otter");
        expect(suggestedName(() => 0.9999)).toBe("wise-owl");
    });
});

describe("a key's colour", () => {
    it("is an angle, whatever the key", () => {
        expect(hueOf("ffff")).toBe(65535 % 360);
        expect(hueOf("")).toBe(0);
    });
});

describe("own messages", () => {
    const line = (localId: number): MessageLine => ({
        kind: "message",
        id: localId,
        at: 0,
        conversation: "lobby",
        from: undefined,
        toName: undefined,
        body: { text: "", isAction: false },
        suite: { id: 2, name: "sealed", label: "sealed", insecure: false },
        isMention: false,
        number: signal(0),
        delivery: signal<Delivery>({ state: "queued" }),
        localId,
    });

    it("are followed up to a bound; those that wait are never the ones to go", () => {
        const own = new OwnMessages();
        for (let id = 1; id <= pendingMax; id++) own.follow(id, line(id));
        own.settle(2, { state: "sent" }, false);
        own.follow(pendingMax + 1, line(pendingMax + 1));
        expect(own.find(2)).toBeUndefined();
        expect(own.find(1)).toBeDefined();
        expect(own.unsafe.value).toBe(pendingMax);
    });

    it("that nobody follows can't be settled", () => {
        expect(new OwnMessages().settle(1, { state: "sent" }, true)).toBe(false);
    });
});
