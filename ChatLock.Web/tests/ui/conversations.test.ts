import { describe, expect, it } from "vitest";
import { Conversations, everything, panesMax } from "../../src/ui/store/conversations";
import { lobby, type SystemLine } from "../../src/ui/store/lines";

let nextId = 0;
const line = (conversation: string): SystemLine => ({
    kind: "system",
    id: ++nextId,
    at: 0,
    conversation,
    tone: "warning",
    text: "",
});

describe("conversations", () => {
    it("show each line in its own pane and in the unified view", () => {
        const panes = new Conversations();
        panes.add(line(lobby), "yes");
        panes.add(line("bob"), "urgent");
        const count = (id: string) =>
            panes.of(id).log.blocks.value.flatMap(block => block.lines.value).length;
        expect([count(everything), count(lobby), count("bob")]).toEqual([2, 1, 1]);
    });

    it("count nothing as unread while the unified view is watched", () => {
        const panes = new Conversations();
        panes.add(line("bob"), "urgent");
        expect(panes.of("bob").unread.value).toBe(0);
        expect(panes.unread.value).toBe(0);
    });

    it("count what comes elsewhere, and mark where it begins", () => {
        const panes = new Conversations();
        panes.show("bob");
        panes.add(line(lobby), "yes");
        const first = nextId;
        panes.add(line(lobby), "urgent");
        expect(panes.of(lobby).unread.value).toBe(2);
        expect(panes.of(lobby).urgent.value).toBe(1);
        expect(panes.of(lobby).mark.value).toBe(first);
        expect(panes.unread.value).toBe(2);
    });

    it("count what comes to the open pane while nobody watches", () => {
        const panes = new Conversations();
        panes.show(lobby);
        panes.isWatching.value = false;
        panes.add(line(lobby), "yes");
        expect(panes.of(lobby).unread.value).toBe(1);
        panes.read();
        expect(panes.of(lobby).unread.value).toBe(0);
    });

    it("move the mark to what came since one looked last", () => {
        const panes = new Conversations();
        panes.isWatching.value = false;
        panes.add(line(lobby), "yes");
        panes.isWatching.value = true;
        panes.read();
        panes.isWatching.value = false;
        panes.add(line(lobby), "yes");
        const second = nextId;
        panes.add(line(lobby), "yes");
        expect(panes.of(everything).mark.value).toBe(second);
    });

    it("take the mark out of the whole when all was read elsewhere", () => {
        const panes = new Conversations();
        panes.show("carol");
        panes.add(line(lobby), "yes");
        expect(panes.of(everything).mark.value).toBe(nextId);
        panes.show(lobby);
        expect(panes.of(everything).mark.value).toBeUndefined();
    });

    it("take what was read in one pane out of the whole, and keep its mark until it is left", () => {
        const panes = new Conversations();
        panes.show("carol");
        panes.add(line(lobby), "yes");
        panes.add(line("bob"), "urgent");
        panes.show(lobby);
        expect([panes.unread.value, panes.urgent.value]).toEqual([1, 1]);
        expect(panes.of(lobby).mark.value).toBeDefined();
        panes.show("carol");
        expect(panes.of(lobby).mark.value).toBeUndefined();
    });

    it("are all read when the unified view is", () => {
        const panes = new Conversations();
        panes.show("carol");
        panes.add(line("bob"), "urgent");
        panes.show(everything);
        expect(panes.of("bob").unread.value).toBe(0);
        expect(panes.unread.value).toBe(0);
    });

    it("stand with the latest first, and never count what isn't news", () => {
        const panes = new Conversations();
        panes.show("carol");
        panes.add(line("alice"), "no");
        panes.add(line("bob"), "no");
        expect(panes.peers.value).toEqual(["bob", "alice", "carol"]);
        expect(panes.of("bob").unread.value).toBe(0);
    });

    it("are bounded: the longest quiet pane goes, never an open one or one with a draft", () => {
        const panes = new Conversations();
        panes.show("open");
        panes.of("draft").draft.value = "half a sentence";
        for (let index = 0; index < panesMax + 5; index++) panes.add(line(`peer ${index}`), "no");
        expect(panes.peers.value.length).toBeLessThanOrEqual(panesMax);
        expect(panes.has("open") && panes.has("draft")).toBe(true);
        expect(panes.has("peer 0")).toBe(false);
    });

    it("go back to everything when the open one is closed; the fixed ones stay", () => {
        const panes = new Conversations();
        panes.show("bob");
        panes.close("bob");
        panes.close(lobby);
        expect(panes.open.value).toBe(everything);
        expect(panes.has("bob")).toBe(false);
        expect(panes.has(lobby)).toBe(true);
    });
});
