import { beforeEach, describe, expect, it } from "vitest";
import type { ClientCommand } from "../../src/client/commands";
import type { ClientEvent, Peer } from "../../src/client/events";
import type { ChatStore } from "../../src/ui/store/chatStore";
import { everything } from "../../src/ui/store/conversations";
import { lobby } from "../../src/ui/store/lines";
import { bob, carol, Desk, sealed } from "./support";

let desk: Desk;
let store: ChatStore;

beforeEach(() => {
    desk = new Desk();
    ({ store } = desk);
});

function came(from: Peer, text: string, isPrivate = false): ClientEvent {
    const body = { text, isAction: false };
    return { type: "message", number: 7, from, isPrivate, body, suite: sealed, timeMs: 5, sequence: 1n };
}

function queue(command: ClientCommand) {
    if (command.type === "say")
        store.on({
            type: "queued",
            localId: command.localId,
            target: { to: "all" },
            body: command.body,
            suite: sealed,
        });
    if (command.type === "say-to")
        store.on({
            type: "queued",
            localId: command.localId,
            target: { to: "peer", peer: bob },
            body: command.body,
            suite: sealed,
        });
}

describe("what one says", () => {
    it("may leave the composer only when it is in the outbox", () => {
        let safe = 0;
        store.say({ text: "hello", isAction: false }, undefined, () => safe++);
        expect(safe).toBe(0);
        desk.answer = queue;
        store.say({ text: "hello", isAction: false }, undefined, () => safe++);
        expect(safe).toBe(1);
        expect(desk.messages(lobby)).toHaveLength(1);
    });

    it("goes from queued to sent to delivered", () => {
        desk.answer = queue;
        store.say({ text: "hi", isAction: false }, { name: "bob" }, () => {});
        const [line] = desk.messages(bob.key);
        const localId = line!.localId!;
        expect(line!.delivery!.value.state).toBe("queued");
        expect(store.own.unsafe.value).toBe(1);
        store.on({
            type: "sent",
            localId,
            number: 3,
            suite: sealed,
            timeMs: 9,
            sequence: 0n,
            isWaiting: false,
        });
        expect(line!.delivery!.value.state).toBe("sent");
        expect(line!.number.value).toBe(3);
        expect(store.own.unsafe.value).toBe(0);
        store.on({ type: "delivered", localId });
        expect(line!.delivery!.value.state).toBe("delivered");
    });

    it("to a name stands in the unified view until its key is known, then in the pane too", () => {
        store.say({ text: "later", isAction: false }, { name: "bob" }, () => {});
        const { localId } = desk.sent.at(-1) as { localId: number };
        const event = {
            type: "queued",
            localId,
            body: { text: "later", isAction: false },
            suite: sealed,
        } as const;
        store.on({ ...event, target: { to: "name", name: "bob" } });
        expect(desk.messages(everything).map(line => line.toName)).toEqual(["bob"]);
        expect(store.conversations.has(bob.key)).toBe(false);
        store.on({ ...event, target: { to: "peer", peer: bob } });
        expect(desk.messages(everything)).toHaveLength(1);
        expect(desk.messages(bob.key)).toHaveLength(1);
        store.on({
            type: "sent",
            localId,
            number: 4,
            suite: sealed,
            timeMs: 9,
            sequence: 0n,
            isWaiting: false,
        });
        expect(desk.messages(everything)[0]!.delivery!.value.state).toBe("sent");
        expect(desk.messages(bob.key)[0]!.delivery!.value.state).toBe("sent");
    });

    it("says why it failed and can be tried again, on the same line", () => {
        desk.answer = queue;
        store.say({ text: "hi", isAction: false }, { name: "bob" }, () => {});
        const line = desk.messages(bob.key)[0]!;
        const target = { to: "peer", peer: bob } as const;
        const { localId, body } = line;
        store.on({
            type: "failed",
            localId: localId!,
            target,
            body,
            code: "not-here",
            sentence: "bob isn't here.",
        });
        expect(line.delivery!.value).toEqual({
            state: "failed",
            code: "not-here",
            sentence: "bob isn't here.",
            canRetry: true,
        });
        store.retry(line);
        expect(desk.sent.at(-1)).toEqual({ type: "retry", localId });
        expect(line.delivery!.value.state).toBe("queued");
        store.on({ type: "queued", localId: localId!, target, body, suite: sealed });
        expect(desk.messages(bob.key)).toHaveLength(1);
    });

    it("that was never queued is refused beside the composer, without a line", () => {
        desk.answer = command =>
            command.type === "say" &&
            store.on({
                type: "failed",
                localId: command.localId,
                target: { to: "all" },
                body: command.body,
                code: "text-invalid",
                sentence: "A message can't be empty.",
            });
        store.say({ text: "", isAction: false }, undefined, () => expect.unreachable());
        expect(store.refusal.value).toBe("A message can't be empty.");
        expect(desk.messages(lobby)).toHaveLength(0);
    });
});

describe("what comes", () => {
    it("is shown in the sender's pane when it is private, and in the unified view", () => {
        store.on(came(bob, "psst", true));
        expect(desk.messages(bob.key)).toHaveLength(1);
        expect(desk.messages(everything)).toHaveLength(1);
        expect(desk.messages(lobby)).toHaveLength(0);
    });

    it("is urgent when it is private or names us, as a whole word", () => {
        const urgent: string[] = [];
        store.onUrgent = line => urgent.push(line.body.text);
        store.on(came(bob, "psst", true));
        store.on(came(bob, "ADA: look"));
        store.on(came(bob, "adagio"));
        store.on(came(bob, "hello"));
        expect(urgent).toEqual(["psst", "ADA: look"]);
    });

    it("is never shown as a message when it can't be verified", () => {
        store.on({
            type: "unreadable",
            number: 8,
            from: bob,
            isPrivate: false,
            reason: "bad-signature",
            sentence: "signature does not verify",
            timeMs: 5,
        });
        expect(desk.messages(lobby)).toHaveLength(0);
        expect(desk.lines(lobby).at(-1)).toMatchObject({ kind: "unreadable", reason: "bad-signature" });
    });
});

describe("people", () => {
    it("come, go and are called otherwise", () => {
        const dave: Peer = { name: "dave", key: "d".repeat(64), standing: "new" };
        store.on({
            type: "presence",
            joined: [dave],
            left: [{ peer: carol, reason: "left" }],
            renamed: [{ before: "bob", peer: { ...bob, name: "robert" } }],
            away: [],
            back: [],
            online: 3,
            more: 0,
        });
        expect(store.people.names).toEqual(["dave", "robert"]);
        expect(desk.lines(lobby).map(line => line.kind === "system" && line.text)).toEqual([
            "carol disconnected",
            "dave joined",
            "bob is now called robert",
        ]);
    });

    it("are those of the new session after a reconnect", () => {
        desk.enter(true, [carol]);
        expect(store.people.names).toEqual(["carol"]);
        expect(store.people.of(bob.key)!.value.isHere).toBe(false);
    });

    it("keep one standing, wherever they are shown", () => {
        store.on(came(bob, "before"));
        store.on({ type: "pinned", peer: { ...bob, standing: "verified" } });
        expect(store.people.of(bob.key)!.value.standing).toBe("verified");
    });

    it("whose key changed are warned of until it is answered", () => {
        store.on({ type: "key-changed", name: "bob", before: bob.key, now: "e".repeat(64) });
        expect([...store.keyChanges.value.keys()]).toEqual(["e".repeat(64)]);
        expect(store.people.of("e".repeat(64))!.value.standing).toBe("changed");
        store.on({ type: "pinned", peer: { name: "bob", key: "e".repeat(64), standing: "known" } });
        expect(store.keyChanges.value.size).toBe(0);
    });
});

describe("connecting again", () => {
    it("asks the client", () => {
        store.on({ type: "status", status: { state: "waiting", why: "", retryAtMs: 1 } });
        store.connect();
        expect(desk.sent).toEqual([{ type: "connect" }]);
    });

    it("trusts another server key only by the user's own word", () => {
        store.on({ type: "status", status: { state: "stopped", kind: "not-trusted", why: "" } });
        expect(desk.sent).toEqual([]);
        store.connect();
        expect(desk.sent.at(-1)).toEqual({ type: "connect", trustServer: true });
    });
});
