import { signal } from "@preact/signals";
import { describe, expect, it } from "vitest";
import { Announcements, saidAtOnceMax, saidUnitsMax, spokenLine } from "../../src/ui/store/announcements";
import { lobby, type MessageLine } from "../../src/ui/store/lines";

const message = (more: Partial<MessageLine>): MessageLine => ({
    kind: "message",
    id: 1,
    at: 0,
    conversation: lobby,
    from: { key: "a", name: "alice" },
    toName: undefined,
    body: { text: "hello", isAction: false },
    suite: { id: 2, name: "sealed", label: "sealed", insecure: false },
    isMention: false,
    number: signal(1),
    delivery: undefined,
    localId: undefined,
    ...more,
});

describe("a line is read out", () => {
    it("as who, to whom and what", () => {
        expect(spokenLine(message({}))).toBe("alice to all: hello");
        expect(spokenLine(message({ conversation: "a" }))).toBe("alice to you privately: hello");
        expect(spokenLine(message({ body: { text: "waves", isAction: true } }))).toBe("alice waves (to all)");
    });

    it("not when one wrote it oneself", () => {
        expect(spokenLine(message({ from: undefined }))).toBeUndefined();
    });

    it("up to a bound", () => {
        const spoken = spokenLine(message({ body: { text: "x".repeat(10_000), isAction: false } }));
        expect(spoken?.length).toBeLessThan(saidUnitsMax + 50);
    });
});

describe("announcements", () => {
    const begin = () => {
        const timers: (() => void)[] = [];
        const announcements = new Announcements(act => timers.push(act));
        return { announcements, timers, texts: () => announcements.now.value.map(({ text }) => text) };
    };

    it("gather for a moment and are said together", () => {
        const { announcements, timers, texts } = begin();
        announcements.add("one");
        announcements.add("two");
        expect(texts()).toEqual([]);
        expect(timers.length).toBe(1);
        timers[0]!();
        expect(texts()).toEqual(["one", "two"]);
    });

    it("become a number when there are too many", () => {
        const { announcements, timers, texts } = begin();
        for (let count = 1; count <= saidAtOnceMax + 3; count++) announcements.add(`line ${count}`);
        timers[0]!();
        expect(texts()).toEqual([`${saidAtOnceMax + 3} new. The latest: line ${saidAtOnceMax + 3}`]);
    });

    it("have an id of their own, also when the same is said again", () => {
        const { announcements, timers } = begin();
        announcements.add("again");
        timers[0]!();
        const first = announcements.now.value[0]?.id;
        announcements.add("again");
        timers[1]!();
        expect(announcements.now.value[0]?.id).not.toBe(first);
    });
});
