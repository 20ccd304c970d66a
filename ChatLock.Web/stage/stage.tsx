/** The page without a gateway, for looking at it: `npm run dev`, then /stage/?scene=talk. Not part of the built page. */

import { signal } from "@preact/signals";
import { render } from "preact";
import type { Client } from "../src/client/client";
import type { ClientCommand } from "../src/client/commands";
import type { Peer, RoomView, Standing } from "../src/client/events";
import { NO_RESUME } from "../src/session/clientSessionMessages";
import type { SuiteInfo } from "../src/suites/contract";
import { StoreContext } from "../src/ui/context";
import { IdentityContext } from "../src/ui/identityActions";
import { App } from "../src/ui/parts/App";
import { listenForShortcuts } from "../src/ui/shortcuts";
import { ChatStore } from "../src/ui/store/chatStore";

const sealed: SuiteInfo = { id: 2, name: "sealed", label: "sealed", insecure: false };
const classic: SuiteInfo = { id: 1, name: "classic", label: "INSECURE", insecure: true };
/** Some 64 hexadecimal digits, others for each seed. */
const key = (seed: number) => {
    let state = seed;
    const next = () => ((state = (state * 1_103_515_245 + 12_345) % 2 ** 31) >> 16) % 16;
    return [...Array(64)].map(() => next().toString(16)).join("");
};
const peer = (name: string, seed: number, standing: Standing = "known"): Peer => ({
    name,
    key: key(seed),
    standing,
});
const alice = peer("alice", 3, "verified");
const bob = peer("bob", 11);
const carol = peer("carol", 29, "changed");
const dave = peer("dave-with-quite-a-long-name-here", 41, "new");
const scene = new URLSearchParams(location.search).get("scene") ?? "talk";

const store = new ChatStore();
let number = 0;
const client: Client = {
    send: (command: ClientCommand) => {
        if (command.type === "say" || command.type === "say-to") {
            const target =
                command.type === "say"
                    ? ({ to: "all", room: command.room } as const)
                    : ({ to: "peer", peer: bob } as const);
            store.on({ type: "queued", localId: command.localId, target, body: command.body, suite: sealed });
            if (scene !== "offline")
                store.on({
                    type: "sent",
                    localId: command.localId,
                    number: ++number,
                    suite: sealed,
                    timeMs: Date.now(),
                    sequence: 1n,
                    isWaiting: false,
                });
        } else if (command.type === "choose-name") enter(command.name);
        else if (command.type === "list-rooms") listRooms();
        else if (command.type === "show-invite") {
            const isSealed = command.room.startsWith("~");
            const displayName = isSealed ? "Herb garden" : command.room;
            const code = isSealed ? `AQAC${"q-4lxRzONM39yt61D7pE".repeat(5)}`.slice(0, 95) : undefined;
            store.on({ type: "invite-shown", room: command.room, displayName, code });
        } else if (command.type === "join") {
            const sentence =
                "That invite was altered on its way: its code doesn't add up. Copy the link again.";
            store.on({ type: "refused", code: "room-invalid", sentence });
        }
    },
    inspect: () => Promise.resolve(undefined),
    dispose: () => Promise.resolve(),
    resumePoint: () => NO_RESUME,
};
store.attach(client);

function enter(name: string) {
    store.on({
        type: "entered",
        name,
        key: key(77),
        lobby: sealed,
        here: [alice, bob, carol, dave],
        online: 5,
        isAgain: false,
        isResumed: false,
        away: [],
    });
    store.on({ type: "status", status: { state: "online", name, online: 5 } });
    store.on({ type: "suite", suite: sealed });
    store.on({
        type: "notice",
        code: "open-lobby",
        sentence:
            "The lobby is open: its key comes from the gateway, which could read it. Private messages are sealed.",
        isWarning: false,
    });
}

const garden = `~${"5e".repeat(32)}`;

function listRooms() {
    const room = (id: string, memberCount: number, isIn = false, suite = sealed) => ({
        ...{ id, memberCount, suite, isIn },
    });
    store.on({
        type: "rooms-listed",
        rooms: [
            room("#block-ciphers", 12, true),
            room("#history", 1, false, classic),
            room("#w\u00fcrfelspiel-mit-einem-langen-namen", 3),
        ],
        known: [
            { id: garden, displayName: "Herb garden", isIn: true },
            {
                id: `~${"7a".repeat(32)}`,
                displayName: "Reading circle \u05e9\u05dc\u05d5\u05dd",
                isIn: false,
            },
        ],
        isComplete: true,
    });
}

function enterRoom(more: Partial<RoomView> = {}) {
    const room: RoomView = {
        ...{ id: garden, displayName: "Herb garden", kind: "sealed", suite: sealed, owner: key(77) },
        ...{ topic: "What grows on a windowsill \u2014 and what doesn't", canInvite: true, memberCount: 5 },
        ...{ members: [alice, bob, carol, dave], away: [bob.key] },
        rules: {
            ops: [alice.key],
            banned: [key(90)],
            muted: new Map([[dave.key, undefined]]),
            slowModeSeconds: 10,
        },
        ...more,
    };
    store.on({ type: "room-entered", room, isAgain: false });
    return room.id;
}

/** Two rooms and what happens in one. */
function roomScene() {
    enter("quiet-otter");
    store.on({ type: "presence", ...none, away: [bob], online: 5 });
    enterRoom({
        ...{ id: "#block-ciphers", displayName: "#block-ciphers", kind: "open", owner: alice.key },
        ...{ topic: undefined, memberCount: 12 },
    });
    const room = enterRoom();
    const act = { type: "room-acted", room, isByYou: true, isAboutYou: false, timeMs: at } as const;
    say(alice, "Basil wants more light than you think.", 1500, { room });
    say(bob, "And less water. **Much** less.", 1501, { room });
    store.on({ ...act, by: you, kind: "mute", target: dave, seconds: 600 });
    store.on({ ...act, by: alice, isByYou: false, kind: "op", target: you, seconds: 0, isAboutYou: true });
    store.on({
        ...{ type: "topic-changed", room, by: alice, isYou: false, timeMs: at },
        topic: "What grows on a windowsill \u2014 and what doesn't",
    });
    store.on({ type: "missing", from: 7n, to: 9n, room, isPrivate: false });
    mine("I gave mine away. quiet-otter has no green thumb.", "sent", undefined, room);
    say(alice, "quiet-otter: take the mint, nobody kills mint", 1503, { room });
    store.on({
        ...{ type: "act-refused", room, by: carol, code: "not-allowed" },
        sentence: "Who did it has no right to; it doesn't count.",
    });
    mine("bob, are you there?", "waiting", bob);
    store.conversations.isWatching.value = false;
    say(alice, "@quiet-otter: quiet-otter, who took the notes?", 1504, { room: "#block-ciphers" });
    say(carol, "not me", 1504, { room: "#block-ciphers" });
    store.conversations.show(scene === "rooms-everything" ? "everything" : room);
    if (scene === "room-left")
        store.on({
            ...{ type: "room-left", id: room, displayName: "Herb garden", code: "kicked" },
            sentence: "You were sent out of the room by its owner.",
        });
    const panel = new URLSearchParams(location.search).get("panel");
    if (panel === "rooms") store.panel.value = { kind: "rooms" };
    if (panel === "room") store.panel.value = { kind: "room", room };
    if (panel === "member") store.panel.value = { kind: "member", room, key: dave.key };
    if (panel === "invite") store.send({ type: "show-invite", room });
    if (panel === "join") {
        const target =
            "AQAC_q-qe4lxRzONM39yt61D7pEissLUcH2QcGcCeXLmyuWBsnhkFK4dPWNAIU9tkVxI2Z5ftKlU3puiJH-cchg9UoZt8mA";
        store.panel.value = { kind: "join", target, name: "Herb garden" };
    }
    if (panel === "join-cut")
        store.panel.value = { kind: "join", target: "A".repeat(80), name: "Herb garden" };
}

const you: Peer = { name: "quiet-otter", key: key(77), standing: "known" };
const none = { joined: [], left: [], renamed: [], away: [], back: [], more: 0 };

const at = Date.now() - 26 * 3_600_000;
const say = (
    from: Peer,
    text: string,
    minutes: number,
    more: { isPrivate?: boolean; isAction?: boolean; suite?: SuiteInfo; room?: string } = {},
) =>
    store.on({
        type: "message",
        number: ++number,
        from,
        isPrivate: more.isPrivate ?? false,
        body: { text, isAction: more.isAction ?? false },
        suite: more.suite ?? sealed,
        timeMs: at + minutes * 60_000,
        sequence: BigInt(number),
        room: more.room,
    });
const mine = (
    text: string,
    fate: "queued" | "sent" | "waiting" | "delivered" | "failed",
    to?: Peer,
    room?: string,
) => {
    const localId = 100_000 + ++number;
    store.on({
        type: "queued",
        localId,
        target: to ? { to: "peer", peer: to } : { to: "all", room },
        body: { text, isAction: false },
        suite: sealed,
    });
    if (fate === "sent" || fate === "waiting" || fate === "delivered")
        store.on({
            type: "sent",
            localId,
            number: ++number,
            suite: sealed,
            timeMs: Date.now(),
            sequence: 1n,
            isWaiting: fate === "waiting",
        });
    if (fate === "delivered") store.on({ type: "delivered", localId });
    if (fate === "failed")
        store.on({
            type: "failed",
            localId,
            target: { to: "all" },
            body: { text, isAction: false },
            code: "not-here",
            sentence: "bob isn't here.",
        });
};

if (scene === "name") store.on({ type: "name-needed", sentence: "", suggestions: [] });
else if (scene === "taken")
    store.on({
        type: "name-needed",
        wanted: "alice",
        code: "name-taken",
        sentence: "",
        suggestions: ["alice2", "alice3", "alice_"],
    });
else if (scene === "many") {
    enter("me");
    for (let i = 0; i < 10_000; i++)
        say([alice, bob, dave][i % 3]!, `Message ${i}: the quick brown fox jumps over the lazy dog`, i / 10);
} else if (scene === "hard") {
    enter("W".repeat(32));
    sayHardThings();
} else if (scene.startsWith("room")) roomScene();
else if (scene === "crowd") {
    enter("me");
    const crowd = [...Array(100)].map((_, i) =>
        peer(i % 9 ? `person-${i}` : "W".repeat(32 - (i % 7)), 100 + i),
    );
    store.on({
        type: "presence",
        joined: crowd.slice(0, 20),
        left: [],
        renamed: [],
        away: [],
        back: [],
        online: 103,
        more: 80,
    });
    for (const one of crowd.slice(20)) store.people.meet(one, { isHere: true });
    for (const one of crowd.slice(0, 40)) say(one, `psst from ${one.name}`, 1504, { isPrivate: true });
} else if (scene === "alone") {
    enter("me");
    store.people.reset([]);
    store.people.online.value = 1;
} else if (scene !== "connecting") {
    enter("quiet-otter");
    say(alice, "Morning! Does anyone have the notes from yesterday's lecture on **block ciphers**?", 0);
    say(bob, "I do. The short version:", 2);
    say(
        bob,
        "```python\nfor round in range(16):\n    left, right = right, left ^ f(right, keys[round])\n```",
        2,
    );
    say(alice, "waves at the new people", 4, { isAction: true });
    store.on({
        type: "presence",
        joined: [dave],
        left: [],
        renamed: [],
        away: [],
        back: [],
        online: 5,
        more: 0,
    });
    say(dave, "hello everyone, first time here — no account, nothing to install, nice", 1500);
    mine("Welcome, dave! Ask away.", "sent");
    say(bob, "psst, quiet-otter: the exam is about DES", 1502, { isPrivate: true });
    mine("Thanks. Is ECDSA in it too?", "delivered", bob);
    say(bob, "the lab says so. here it is in DES, for the lesson", 1503, { isPrivate: true, suite: classic });
    say(alice, "quiet-otter: see https://example.org/notes for the rest", 1504);
    store.on({
        type: "unreadable",
        number: ++number,
        from: dave,
        isPrivate: false,
        reason: "bad-signature",
        sentence: "signature does not verify — not shown; it may be forged",
        timeMs: at + 1505 * 60_000,
    });
    mine("And this one waits.", "queued");
    mine("Are you there?", "failed", bob);
    store.on({ type: "key-changed", name: "carol", before: key(30), now: carol.key });
}
if (scene === "waiting" || scene === "offline")
    store.on({
        type: "status",
        status: { state: "waiting", why: "Connection lost.", retryAtMs: performance.now() + 4_000 },
    });
if (scene === "private") store.openPerson(bob.key);
if (scene === "person") store.panel.value = { kind: "person", key: bob.key };
if (scene === "changed") store.panel.value = { kind: "person", key: carol.key };
if (scene === "help" || scene === "switcher" || scene === "invite" || scene === "you")
    store.panel.value = { kind: scene };
if (scene === "inspector") store.panel.value = { kind: "inspector", number: 1 };

/** What strains a layout: long names and words, right-to-left and mixed text, many lines. */
function sayHardThings() {
    const wide = peer("W".repeat(32), 51);
    const hebrew = peer("\u05d3\u05d5\u05d3_\u05d4\u05de\u05dc\u05da", 53, "verified");
    const arabic = peer("\u0639\u0644\u064a123", 59);
    store.on({
        type: "presence",
        joined: [wide, hebrew, arabic],
        left: [],
        renamed: [],
        away: [],
        back: [],
        online: 8,
        more: 0,
    });
    say(wide, "x".repeat(400), 0);
    say(wide, `https://example.org/${"path/".repeat(40)}?q=${"y".repeat(120)}`, 1);
    say(
        hebrew,
        "\u05e9\u05dc\u05d5\u05dd, alice! \u05de\u05d4 \u05e0\u05e9\u05de\u05e2? (v2.0) \u05d1\u05d3\u05d9\u05e7\u05d4 123.",
        2,
    );
    say(hebrew, "\u05de\u05e0\u05d5\u05e4\u05e3", 3, { isAction: true });
    say(
        arabic,
        "English first, then \u0645\u0631\u062d\u0628\u0627 \u0628\u0643\u0645 and back. `code \u0645\u0631\u062d\u0628\u0627`",
        4,
    );
    say(
        arabic,
        "\u0645\u0631\u062d\u0628\u0627\n```js\nconst a = 1; // \u0645\u0631\u062d\u0628\u0627\n" +
            "z".repeat(200) +
            "\n```",
        5,
    );
    say(wide, "to you alone", 6, { isPrivate: true });
    mine("and back to you, with " + "W".repeat(90), "delivered", wide);
    mine("not to be had", "failed", wide);
    say(bob, "short", 7, { isPrivate: true, suite: classic });
    say(alice, [...Array(300)].map((_, i) => `line ${i + 1} of many`).join("\n"), 8);
    say(alice, "the quick brown fox ".repeat(820), 9);
    say(bob, "W".repeat(32) + ": did you see?", 10);
}

const identity = {
    canExport: signal(true),
    exportBackup: () => Promise.resolve("{}"),
    importBackup: () => Promise.resolve("done" as const),
    replaceIdentity: () => Promise.resolve("done" as const),
};
listenForShortcuts(store);
Object.assign(window, { stage: { store, say, alice } });
render(
    <StoreContext.Provider value={store}>
        <IdentityContext.Provider value={identity}>
            <App />
        </IdentityContext.Provider>
    </StoreContext.Provider>,
    document.getElementById("app")!,
);
