/** What we say, from the composer to its delivery. */

import { signal } from "@preact/signals";
import type { Receiver } from "../../client/commands";
import type { ClientEvent, MessageBody } from "../../client/events";
import type { SuiteInfo } from "../../suites/contract";
import type { ChatStore } from "./chatStore";
import { isRoom, lobby, unknownPeer, type ConversationId, type Delivery, type MessageLine } from "./lines";

export type OwnEvent = Extract<ClientEvent, { readonly type: "queued" | "sent" | "delivered" | "failed" }>;
type Of<T extends OwnEvent["type"]> = Extract<OwnEvent, { type: T }>;

export class OwnEvents {
    /** The latest thing said, until it is in the outbox. */
    private awaited: { readonly localId: number; readonly onSafe: () => void } | undefined;
    private localId = 0;

    constructor(private readonly store: ChatStore) {}

    /** Says something. `onSafe` is called when it is in the outbox, mostly at once: the composer may let go of it then. */
    say(body: MessageBody, to: Receiver | { readonly room: string } | undefined, onSafe: () => void): void {
        const localId = ++this.localId;
        this.store.refusal.value = "";
        this.awaited = { localId, onSafe };
        if (to && !("room" in to)) this.store.send({ type: "say-to", localId, receiver: to, body });
        else this.store.send({ type: "say", localId, body, room: to?.room });
    }

    retry(line: MessageLine): void {
        if (line.localId === undefined) return;
        line.delivery!.value = { state: "queued" };
        this.store.own.follow(line.localId, line);
        this.store.send({ type: "retry", localId: line.localId });
    }

    take(event: OwnEvent): void {
        switch (event.type) {
            case "queued":
                return this.onQueued(event);
            case "sent":
                return this.onSent(event);
            case "delivered":
                this.store.own.settle(event.localId, { state: "delivered" }, true);
                return;
            case "failed":
                return this.onFailed(event);
        }
    }

    private onQueued(event: Of<"queued">): void {
        const { localId, target } = event;
        if (this.awaited?.localId === localId) {
            this.awaited.onSafe();
            this.awaited = undefined;
        }
        const known = this.store.own.find(localId);
        const conversation = this.conversationOf(target);
        if (!known) {
            const line = this.ownLine(localId, conversation, target, event.body, event.suite);
            this.store.own.follow(localId, line);
            this.store.add(line, "no");
            this.store.saidSomething.value++;
        } else {
            known.delivery!.value = { state: "queued", why: event.why };
            // Who is meant by a name is known only now.
            const line = known.conversation === conversation ? known : { ...known, conversation };
            if (line !== known) this.store.conversations.addTo(conversation, line);
            this.store.own.follow(localId, line);
        }
    }

    /** A name whose key isn't known yet has no pane: its line stands in the unified view. */
    private conversationOf(target: Of<"queued">["target"]): ConversationId {
        if (target.to === "all") return target.room ?? lobby;
        if (target.to === "name") return unknownPeer;
        this.store.people.meet(target.peer);
        return target.peer.key;
    }

    private onSent(event: Of<"sent">): void {
        const line = this.store.own.find(event.localId);
        if (line) line.number.value = event.number;
        this.store.lastNumber = event.number;
        const isToAll = line !== undefined && isRoom(line.conversation);
        this.store.own.settle(event.localId, { state: event.isWaiting ? "waiting" : "sent" }, isToAll);
    }

    private onFailed(event: Of<"failed">): void {
        const { code, sentence } = event;
        const canRetry = code !== "text-invalid" && code !== "yourself";
        if (this.store.own.settle(event.localId, { state: "failed", code, sentence, canRetry }, false))
            this.store.announcements.add(`Not sent. ${sentence}`);
        else this.store.refusal.value = sentence;
    }

    private ownLine(
        localId: number,
        conversation: ConversationId,
        target: Of<"queued">["target"],
        body: MessageBody,
        suite: SuiteInfo,
    ): MessageLine {
        return {
            kind: "message",
            id: this.store.nextLineId(),
            at: this.store.now(),
            conversation,
            roomName: this.store.rooms.nameOf(conversation),
            from: undefined,
            toName: target.to === "peer" ? target.peer.name : target.to === "name" ? target.name : undefined,
            body,
            suite,
            isMention: false,
            number: signal(0),
            delivery: signal<Delivery>({ state: "queued" }),
            localId,
        };
    }
}
