import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { describe, expect, test } from "vitest";
import { openPins } from "../../src/pins/indexedDbPins";
import { nameKey, parseName, shownName } from "../../src/pins/peerName";
import { PEERS_MAX, PeerPins } from "../../src/pins/peerPins";
import { PinStore, type PinDisk } from "../../src/pins/pinStore";

const ALICE = "a".repeat(64);
const MALLORY = "b".repeat(64);
const seen = (key: string) => ({ key, isVerified: false });

test("a name is new, then known, verified by the user's word, and changed under another key", () => {
    const pins = new PeerPins();
    expect(pins.standing("alice", ALICE)).toBe("new");
    pins.set("alice", seen(ALICE));
    expect(pins.standing("ALICE", ALICE)).toBe("known");
    expect(pins.standing("alice", MALLORY)).toBe("changed");
    pins.set("Alice", { key: ALICE, isVerified: true });
    expect(pins.standing("alice", ALICE)).toBe("verified");
    expect(pins.nameOf(ALICE)).toBe("alice");
});

test("two spellings of one name are the same", () => {
    expect(nameKey("Zoe\u0308")).toBe(nameKey("zo\u00eb"));
});

test("the oldest that isn't verified is forgotten first", () => {
    const pins = new PeerPins();
    pins.set("friend", { key: ALICE, isVerified: true });
    for (let number = 1; number < PEERS_MAX; number++) pins.set(`n${number}`, seen(ALICE));
    expect(pins.set("one too many", seen(ALICE))).toBe("n1");
    expect(pins.standing("friend", ALICE)).toBe("verified");
    expect(pins.all).toHaveLength(PEERS_MAX);
});

describe("names", () => {
    test.each(["alice", "Ælfred", "李雷", "a.b-c_d", "_x", "9lives", "o\u0308"])("%s can be one", name => {
        expect(parseName(name)).toEqual({ ok: true, name: name.normalize("NFC") });
        expect(shownName(name, ALICE)).toBe(name.normalize("NFC"));
    });

    test.each([
        ...["", "a b", "a:b", "#a", "a@b", "a/b", "a\u202eb", "a\u200bb", "a\u0000", "a\nb", "\u3164"],
        ...["\ud800", "a\u00a0b", "\u0301a", "-a", "Server", "ME", "lobby", "x".repeat(33), "a\ue000"],
        "x".repeat(300),
    ])("%j can be none", name => {
        const parsed = parseName(name);
        expect(parsed.ok).toBe(false);
        expect(!parsed.ok && parsed.sentence).toMatch(/^[A-Z][ -~]+\.$/);
        expect(shownName(name, ALICE)).toBe(`#${"a".repeat(16)}`);
    });

    test("the bound is in characters, not in units", () => {
        expect(parseName("𠀀".repeat(32)).ok).toBe(true);
        expect(parseName("𠀀".repeat(33)).ok).toBe(false);
    });
});

describe("in the browser's database", () => {
    test("what was learned is there in the next visit, in its order", async () => {
        const factory = new IDBFactory();
        const first = await openPins(factory);
        first.setPeer("zed", seen(MALLORY));
        await first.settled();
        first.setPeer("alice", { key: ALICE, isVerified: true });
        first.setServer("http://here", "c".repeat(64));
        await first.settled();
        const second = await openPins(factory);
        expect(second.peers.standing("alice", ALICE)).toBe("verified");
        expect(second.peers.all.map(([name]) => name)).toEqual(["zed", "alice"]);
        expect(second.serverOf("http://here")).toBe("c".repeat(64));
        expect(second.serverOf("http://there")).toBeUndefined();
    });

    test("what another tab has learned meanwhile is there after a refresh, beside what isn't written yet", async () => {
        const factory = new IDBFactory();
        const [first, second] = [await openPins(factory), await openPins(factory)];
        second.setPeer("bob", { key: ALICE, isVerified: true });
        second.setServer("http://here", "c".repeat(64));
        await second.settled();
        expect(first.peers.standing("bob", MALLORY)).toBe("new");
        const refreshed = first.refresh();
        first.setPeer("carol", seen(ALICE));
        await refreshed;
        expect(first.peers.standing("bob", MALLORY)).toBe("changed");
        expect(first.serverOf("http://here")).toBe("c".repeat(64));
        expect(first.peers.standing("carol", ALICE)).toBe("known");
        await first.settled();
        expect((await openPins(factory)).peers.all.map(([name]) => name).sort()).toEqual(["bob", "carol"]);
    });

    test("what other tabs have learned and can't be read is told", async () => {
        const told: string[] = [];
        const disk: PinDisk = {
            read: () => Promise.reject(new Error("closed")),
            writePeers: async () => {},
            writeServer: async () => {},
        };
        const store = new PinStore({ peers: [["bob", seen(ALICE)]] }, disk);
        store.onFailure(sentence => told.push(sentence));
        await store.refresh();
        expect(told).toEqual(["What other tabs remember can't be read: closed"]);
        expect(store.peers.standing("bob", ALICE)).toBe("known");
    });

    test("many at once are one write, and what can't be written is told", async () => {
        const writes: number[] = [];
        const disk: PinDisk = {
            read: async () => ({ peers: [], servers: new Map(), order: 0 }),
            writePeers: async pins => {
                writes.push(pins.size);
                if (writes.length === 2) throw new Error("disk full");
            },
            writeServer: async () => {},
        };
        const store = new PinStore({}, disk);
        const told: string[] = [];
        store.onFailure(sentence => told.push(sentence));
        for (let number = 0; number < 100; number++) store.setPeer(`n${number}`, seen(ALICE));
        await store.settled();
        expect(writes).toEqual([100]);
        store.setPeer("more", seen(ALICE));
        await store.settled();
        expect(told).toEqual(["What is remembered of others can't be saved: disk full"]);
        store.setPeer("again", seen(ALICE));
        await store.settled();
        expect(writes).toEqual([100, 1, 2]);
    });
});
