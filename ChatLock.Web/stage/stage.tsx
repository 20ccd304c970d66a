/** The page without a gateway, for looking at it: `npm run dev`, then /stage/?scene=talk. Not part of the built page. */

import { signal } from "@preact/signals";
import { render } from "preact";
import type { Client } from "../src/client/client";
import type { ClientCommand } from "../src/client/commands";
import type { Peer, Standing } from "../src/client/events";
import type { SuiteInfo } from "../src/suites/contract";
import { StoreContext } from "../src/ui/context";
import { IdentityContext } from "../src/ui/identityActions";
import { App } from "../src/ui/parts/App";
import { listenForShortcuts } from "../src/ui/shortcuts";
import { ChatStore } from "../src/ui/store/chatStore";

const sealed: SuiteInfo = { id: 2, name: "sealed", label: "sealed", insecure: false };
const classic: SuiteInfo = { id: 1, name: "classic", label: "INSECURE", insecure: true };
const key = (seed: number) =>
    [...Array(64)].map((_, i) => ((seed * 7919 + i * i * 31 + i * seed) % 16).toString(16)).join("");
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
                command.type === "say" ? ({ to: "all" } as const) : ({ to: "peer", peer: bob } as const);
            store.on({ type: "queued", localId: command.localId, target, body: command.body, suite: sealed });
            if (scene !== "offline")
                store.on({
                    type: "sent",
                    localId: command.localId,
                    number: ++number,
                    suite: sealed,
                    timeMs: Date.now(),
                    sequence: 1n,
                });
        } else if (command.type === "choose-name") enter(command.name);
    },
    inspect: () => Promise.resolve(undefined),
    dispose: () => Promise.resolve(),
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

const at = Date.now() - 26 * 3_600_000;
const say = (
    from: Peer,
    text: string,
    minutes: number,
    more: { isPrivate?: boolean; isAction?: boolean; suite?: SuiteInfo } = {},
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
    });
const mine = (text: string, fate: "queued" | "sent" | "delivered" | "failed", to?: Peer) => {
    const localId = 100_000 + ++number;
    store.on({
        type: "queued",
        localId,
        target: to ? { to: "peer", peer: to } : { to: "all" },
        body: { text, isAction: false },
        suite: sealed,
    });
    if (fate === "sent" || fate === "delivered")
        store.on({
            type: "sent",
            localId,
            number: ++number,
            suite: sealed,
            timeMs: Date.now(),
            sequence: 1n,
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
    store.on({ type: "presence", joined: [dave], left: [], renamed: [], online: 5, more: 0 });
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
