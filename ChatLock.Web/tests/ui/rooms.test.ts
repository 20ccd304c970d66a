/** Rooms as the page shows them: what is said of what happens, who may do what, and what was missed. */

import { beforeEach, describe, expect, test } from "vitest";
import type { ClientEvent, Peer, RoomView } from "../../src/client/events";
import { submit } from "../../src/ui/submit";
import { everything } from "../../src/ui/store/conversations";
import { lobby } from "../../src/ui/store/lines";
import { isMutedIn, mayDo, rankOf, type RoomPane } from "../../src/ui/store/roomPanes";
import { actSentence, missingSentence, spanOf, topicSentence } from "../../src/ui/store/roomWords";
import { bob, carol, Desk, sealed, you } from "./support";

const garden = `~${"9".repeat(64)}`;

const noRules = { ops: [], banned: [], muted: new Map<string, number | undefined>(), slowModeSeconds: 0 };

const view = (more: Partial<RoomView> = {}): RoomView => ({
    ...{ id: garden, displayName: "Garden", kind: "sealed", suite: sealed, owner: bob.key, topic: undefined },
    ...{ rules: noRules, members: [bob, carol], away: [], memberCount: 3, canInvite: true },
    ...more,
});

let desk: Desk;

beforeEach(() => {
    desk = new Desk();
});

const come = (more: Partial<RoomView> = {}, isAgain = false) =>
    desk.on({ type: "room-entered", room: view(more), isAgain });

const leave = (code: string, sentence = "You left.") =>
    desk.on({ type: "room-left", id: garden, displayName: "Garden", code, sentence });

const pane = () => desk.store.rooms.of(garden)!.value;

const said = (room: string | undefined, text = "hello"): ClientEvent => ({
    ...{ type: "message", number: 1, from: bob, isPrivate: false, suite: sealed, timeMs: 5, sequence: 1n },
    ...{ body: { text, isAction: false }, room },
});

const presence = (room: string | undefined, changes: object): ClientEvent => ({
    ...{ type: "presence", joined: [], left: [], renamed: [], away: [], back: [], online: 3, more: 0, room },
    ...changes,
});

describe("a room", () => {
    test("that one asked for is opened once one is in it; one that comes by itself isn't", () => {
        come();
        expect(desk.store.conversations.open.value).toBe(everything);
        desk.store.panel.value = { kind: "rooms" };
        desk.store.join("#lawn");
        expect(desk.sent).toEqual([{ type: "join", target: "#lawn", name: undefined }]);
        come({ id: "#lawn", displayName: "#lawn" });
        expect(desk.store.conversations.open.value).toBe("#lawn");
        expect(desk.store.panel.value).toEqual({ kind: "none" });
    });

    test("that can't be entered is said beside the field, and nothing else is opened later", () => {
        desk.store.join("#lawn");
        desk.on({ type: "refused", code: "banned", sentence: "You are banned from that room." });
        expect(desk.store.refusal.value).toBe("You are banned from that room.");
        come({ id: "#lawn", displayName: "#lawn" });
        expect(desk.store.conversations.open.value).toBe(everything);
    });

    test("that one is in already is gone to", () => {
        come();
        desk.store.panel.value = { kind: "join", target: "x", name: undefined };
        desk.store.join("x");
        desk.on({ type: "refused", code: "already-in", sentence: "You are in that room.", room: garden });
        expect(desk.store.conversations.open.value).toBe(garden);
        expect(desk.store.panel.value).toEqual({ kind: "none" });
    });

    test("counts what is unread in it, names us or not", () => {
        come();
        desk.store.conversations.show(lobby);
        desk.on(said(garden));
        desk.on(said(garden, "ada, look"));
        const { unread, urgent } = desk.store.conversations.of(garden);
        expect([unread.value, urgent.value, desk.store.conversations.unread.value]).toEqual([2, 1, 2]);
        expect(desk.messages(garden)).toHaveLength(2);
        expect(desk.messages(everything)[0]!.roomName).toBe("Garden");
        expect(desk.messages(lobby)).toEqual([]);
    });

    test("tells in its own pane who comes and goes, and in the lobby who lost the connection", () => {
        come();
        desk.on(presence(garden, { left: [{ peer: carol, reason: "left" }], online: 2 }));
        desk.on(presence(garden, { joined: [carol], online: 3 }));
        desk.on(presence(garden, { left: [{ peer: bob, reason: "connection-lost" }], online: 2, more: 4 }));
        expect(desk.told(garden)).toEqual([
            "You are in Garden.",
            "carol left the room",
            "carol came in",
            "4 others came or went; 2 are here.",
        ]);
        expect([...pane().members]).toEqual([carol.key]);
        expect(pane().online).toBe(2);
        expect(desk.told(everything)).toEqual([]);
    });

    test("that one left is gone from the list; with words typed for it, it stays", () => {
        come();
        leave("left");
        expect(desk.store.rooms.ids.value).toEqual([]);
        expect(desk.store.toast.value).toBe("You left Garden.");
        come();
        desk.store.conversations.of(garden).draft.value = "half a";
        leave("left");
        expect(desk.store.rooms.ids.value).toEqual([garden]);
        expect(pane().isIn).toBe(false);
    });

    test("that one was sent out of stays with the reason, until one is in again", () => {
        come();
        desk.on(said(garden));
        leave("kicked", "bob sent you out.");
        expect(pane()).toMatchObject({ isIn: false, why: "bob sent you out.", online: 0 });
        expect(desk.told(garden).at(-1)).toBe("bob sent you out.");
        come({}, true);
        expect(pane()).toMatchObject({ isIn: true, why: "" });
        expect(desk.told(garden).at(-1)).toBe("You are in Garden again.");
        expect(desk.messages(garden)).toHaveLength(1);
    });

    test("that goes on after a short drop says nothing of it", () => {
        come();
        const before = desk.told(garden);
        desk.on({ type: "status", status: { state: "connecting", isAgain: true } });
        desk.enter(true, [bob, carol], true);
        come({}, true);
        expect(desk.told(garden)).toEqual(before);
        expect(desk.told(lobby)).toEqual([]);
    });

    test("that can't be come back to and has no pane is told of in the lobby", () => {
        leave("no-such-room", "That room isn't there any more.");
        expect(desk.told(lobby)).toEqual(["Garden: That room isn't there any more."]);
    });

    test("shows its topic and rules as they change", () => {
        come();
        const changed = { type: "topic-changed", room: garden, by: bob, isYou: false, timeMs: 7 } as const;
        desk.on({ ...changed, topic: "bees" });
        expect(pane().topic).toBe("bees");
        desk.on({
            type: "room-rules",
            room: garden,
            rules: { ...noRules, ops: [carol.key] },
            topic: "wasps",
        });
        expect(pane()).toMatchObject({ topic: "wasps", rules: { ops: [carol.key] } });
        expect(desk.told(garden).at(-1)).toBe("bob changed the topic to: bees");
    });

    test("tells what is done about one as news, and about others as a line", () => {
        come();
        desk.store.conversations.show(lobby);
        const acted = { type: "room-acted", room: garden, by: bob, isByYou: false, timeMs: 8 } as const;
        desk.on({ ...acted, kind: "mute", seconds: 600, target: carol, isAboutYou: false });
        expect(desk.store.conversations.of(garden).unread.value).toBe(0);
        const ada: Peer = { name: "ada", key: you, standing: "known" };
        desk.on({ ...acted, kind: "mute", seconds: 0, target: ada, isAboutYou: true });
        expect(desk.store.conversations.of(garden).unread.value).toBe(1);
        desk.on({ ...acted, kind: "ban", seconds: 0, target: carol, isAboutYou: false });
        expect([...pane().members]).toEqual([bob.key]);
        expect(desk.told(garden).slice(1)).toEqual([
            "bob muted carol for 10 minutes.",
            "bob muted you until further notice.",
            "bob banned carol.",
        ]);
    });

    test("warns of what is passed off as somebody's act", () => {
        come();
        const sentence = "It isn't signed by them.";
        desk.on({ type: "act-refused", room: garden, by: carol, code: "bad-signature", sentence });
        expect(desk.lines(garden).at(-1)).toMatchObject({
            tone: "warning",
            text: "Something was said to be done in the name of carol. It isn't signed by them.",
        });
    });
});

describe("what was missed", () => {
    const drop = () => {
        desk.on({ type: "status", status: { state: "connecting", isAgain: true } });
        desk.enter(true, [bob, carol], true);
    };
    const markOf = (id: string) => desk.store.conversations.of(id).mark.value;

    test("stands below a line in the open pane, although the window had the focus", () => {
        desk.store.conversations.show(lobby);
        desk.on(said(undefined, "before"));
        expect(markOf(lobby)).toBe(undefined);
        drop();
        desk.on(said(undefined, "while away"));
        desk.on(said(undefined, "and more"));
        expect(markOf(lobby)).toBe(desk.messages(lobby)[1]!.id);
        expect(desk.store.conversations.of(lobby).unread.value).toBe(2);
    });

    test("is read as soon as somebody is there, and what comes then is seen as it comes", () => {
        desk.store.conversations.show(lobby);
        drop();
        desk.on(said(undefined, "while away"));
        desk.store.attend();
        expect(desk.store.conversations.of(lobby).unread.value).toBe(0);
        expect(markOf(lobby)).toBe(desk.messages(lobby)[0]!.id);
        desk.on(said(undefined, "seen"));
        expect(desk.store.conversations.of(lobby).unread.value).toBe(0);
    });

    test("isn't over while there is no connection, whatever one does", () => {
        desk.store.conversations.show(lobby);
        desk.on({ type: "status", status: { state: "connecting", isAgain: true } });
        desk.store.attend();
        desk.enter(true, [bob, carol], true);
        desk.on(said(undefined, "while away"));
        expect(markOf(lobby)).toBe(desk.messages(lobby)[0]!.id);
    });

    test("and isn't there any more is a line that says how much", () => {
        const gone = { type: "missing", from: 3n, to: 5n, isPrivate: false } as const;
        desk.on(gone);
        come();
        desk.on({ ...gone, room: garden, to: 3n });
        expect(desk.lines(lobby).at(-1)).toMatchObject({ tone: "warning" });
        expect(desk.told(lobby).at(-1)).toMatch(/^3 messages of the lobby are missing here/);
        expect(desk.told(garden).at(-1)).toMatch(/^A message of Garden is missing here/);
    });
});

describe("a message of ours", () => {
    test("to somebody who is away waits, and is delivered when they are back", () => {
        desk.answer = command =>
            command.type === "say-to" &&
            desk.on({
                ...{ type: "queued", localId: command.localId, target: { to: "peer", peer: bob } },
                ...{ body: command.body, suite: sealed },
            });
        desk.store.say({ text: "hi", isAction: false }, { name: "bob" }, () => {});
        const [line] = desk.messages(bob.key);
        const localId = line!.localId!;
        const sent = { type: "sent", localId, number: 3, suite: sealed, timeMs: 9, sequence: 0n } as const;
        desk.on({ ...sent, isWaiting: true });
        expect(line!.delivery!.value.state).toBe("waiting");
        expect(desk.store.own.unsafe.value).toBe(0);
        desk.on({ type: "delivered", localId });
        expect(line!.delivery!.value.state).toBe("delivered");
    });

    test("goes to the room that is open, and a command is about that room", () => {
        come();
        const open = desk.store.conversations.of(garden);
        submit(desk.store, open, "hello", () => {});
        submit(desk.store, open, "/kick bob", () => {});
        submit(desk.store, open, "/mute bob 10m", () => {});
        submit(desk.store, open, "/slow off", () => {});
        submit(desk.store, open, "/topic bees", () => {});
        submit(desk.store, open, "/invite", () => {});
        submit(desk.store, open, "/who", () => {});
        const about = { room: garden, receiver: { name: "bob" } };
        expect(desk.sent).toMatchObject([
            { type: "say", room: garden, body: { text: "hello" } },
            { ...about, type: "moderate", kind: "kick", seconds: 0 },
            { ...about, type: "moderate", kind: "mute", seconds: 600 },
            { type: "slow-mode", room: garden, seconds: 0 },
            { type: "set-topic", room: garden, text: "bees" },
            { type: "show-invite", room: garden },
            { type: "members", room: garden },
        ]);
    });

    test("that is a command about a room is refused where there is none", () => {
        const here = desk.store.conversations.of(lobby);
        submit(desk.store, here, "/part", () => expect.unreachable());
        expect(desk.store.refusal.value).toMatch(/^Everyone is in the lobby/);
        submit(desk.store, desk.store.conversations.of(everything), "/topic bees", () =>
            expect.unreachable(),
        );
        expect(desk.store.refusal.value).toBe("Open the room that you mean first.");
        submit(desk.store, here, "/room attic", () => expect.unreachable());
        expect(desk.store.refusal.value).toBe("You are in no room called attic.");
        expect(desk.sent).toEqual([]);
    });

    test("goes to a room by what it is called, however that is written", () => {
        come();
        const here = desk.store.conversations.of(lobby);
        submit(desk.store, here, "/room GARDEN", () => {});
        expect(desk.store.conversations.open.value).toBe(garden);
        submit(desk.store, here, "/room lobby", () => {});
        expect(desk.store.conversations.open.value).toBe(lobby);
        submit(desk.store, here, "/join Garden", () => {});
        expect(desk.store.conversations.open.value).toBe(garden);
        submit(desk.store, here, "/part garden", () => {});
        expect(desk.sent).toEqual([{ type: "part", room: garden }]);
    });
});

describe("who may do what", () => {
    const [ownerKey, op, other, member] = ["o", "p", "q", "m"].map(letter => letter.repeat(64)) as [
        string,
        string,
        string,
        string,
    ];
    const room: RoomPane = {
        ...{ id: garden, displayName: "Garden", kind: "sealed", suite: sealed, topic: undefined },
        ...{ owner: ownerKey, isIn: true, why: "", online: 4, canInvite: true },
        ...{ members: new Set([ownerKey, op, other, member]), rules: { ...noRules, ops: [op, other] } },
    };
    const may = (by: string, about: string, rules: Partial<RoomPane["rules"]> = {}) =>
        mayDo({ ...room, rules: { ...room.rules, ...rules } }, by, about, 1_000).join(" ");

    test("a member nothing, an op nothing about the owner and other ops", () => {
        expect(may(member, op)).toBe("");
        expect(may(op, ownerKey)).toBe("");
        expect(may(op, other)).toBe("");
        expect(may(op, member)).toBe("kick ban mute");
    });

    test("the owner everything, to oneself only giving up an op's rights", () => {
        expect(may(ownerKey, op)).toBe("kick ban mute deop");
        expect(may(ownerKey, member)).toBe("kick ban mute op");
        expect(may(ownerKey, ownerKey)).toBe("");
        expect(may(op, op)).toBe("deop");
    });

    test("what is so already is lifted instead", () => {
        expect(may(op, member, { banned: [member], muted: new Map([[member, undefined]]) })).toBe(
            "kick unban unmute",
        );
        expect(may(op, member, { muted: new Map([[member, 999]]) })).toBe("kick ban mute");
    });

    test("and a mute ends by itself", () => {
        const muted = { rules: { ...noRules, muted: new Map([[member, 2_000]]) } };
        expect([1_999, 2_000].map(now => isMutedIn(muted, member, now))).toEqual([true, false]);
    });

    test("whoever is banned is no op", () => {
        expect(rankOf({ ...room, rules: { ...room.rules, banned: [op] } }, op)).toBe("member");
    });
});

describe("in words", () => {
    const acted = { type: "room-acted", room: garden, by: bob, timeMs: 1, seconds: 0 } as const;
    test.each([
        ["kick", carol, false, false, "bob sent carol out."],
        ["kick", carol, true, false, "You sent carol out."],
        ["unban", carol, false, false, "bob lifted the ban on carol."],
        ["unmute", bob, false, true, "bob let you speak again."],
        ["op", carol, false, false, "bob made carol an op: they may send out, ban and mute."],
        ["deop", bob, true, true, "You are no longer an op."],
        ["deop", carol, false, false, "bob took the op's rights from carol."],
        ["slow-mode", undefined, false, false, "bob ended slow mode."],
    ] as const)("%s", (kind, target, isByYou, isAboutYou, words) =>
        expect(actSentence({ ...acted, kind, target, isByYou, isAboutYou })).toBe(words),
    );

    test("a time has the largest unit that fits", () =>
        expect([1, 90, 60, 7_200, 604_800].map(spanOf)).toEqual([
            ...["1 second", "90 seconds", "1 minute", "2 hours", "7 days"],
        ]));

    test("a topic that can't be read isn't shown", () => {
        const changed = { type: "topic-changed", room: garden, by: bob, isYou: false, timeMs: 1 } as const;
        expect(topicSentence({ ...changed, topic: undefined, unreadable: "bad-signature" })).toBe(
            "bob changed the topic to something that can't be read here.",
        );
        expect(topicSentence({ ...changed, topic: undefined })).toBe("bob took the topic away.");
    });

    test("nobody knows how much is missing of a record that began anew", () => {
        const missing = { type: "missing", from: 0n, to: 0n, isPrivate: true } as const;
        expect(missingSentence(missing, "")).toMatch(/^Private messages may be missing here/);
    });
});
