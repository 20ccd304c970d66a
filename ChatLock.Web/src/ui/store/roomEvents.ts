/** What the client's events about rooms make of the page's state. */

import { signal } from "@preact/signals";
import type { ClientEvent, KnownRoom, Peer, RoomListing, RoomView } from "../../client/events";
import type { ChatStore } from "./chatStore";
import { lobby } from "./lines";
import { actSentence, topicSentence } from "./roomWords";

export type RoomEvent = Extract<
    ClientEvent,
    {
        readonly type:
            | ("room-entered" | "room-left" | "rooms-listed" | "members-listed" | "topic-changed")
            | ("room-acted" | "room-rules" | "act-refused" | "invite-shown");
    }
>;

export interface ListedRooms {
    readonly rooms: readonly RoomListing[];
    readonly known: readonly KnownRoom[];
    readonly isComplete: boolean;
}

export class RoomEvents {
    /** The answer to the last question which rooms there are. */
    readonly listed = signal<ListedRooms | undefined>(undefined);
    /** What was asked to be entered, until it is or isn't: its pane is opened then. */
    readonly isJoining = signal(false);

    constructor(private readonly store: ChatStore) {}

    take(event: RoomEvent): void {
        const { rooms, people } = this.store;
        switch (event.type) {
            case "room-entered":
                return this.onEntered(event.room, event.isAgain);
            case "room-left":
                return this.onLeft(event);
            case "rooms-listed":
                this.listed.value = event;
                return;
            case "members-listed": {
                const others = event.people.filter(({ key }) => key !== event.you);
                this.meet(others, event.away);
                return rooms.meet(event.room, others);
            }
            case "topic-changed":
                people.meet(event.by);
                rooms.entitle(event.room, event.topic);
                return this.tell(event.room, topicSentence(event), event.timeMs, !event.isYou);
            case "room-acted":
                return this.onActed(event);
            case "room-rules":
                rooms.rule(event.room, event.rules);
                return rooms.entitle(event.room, event.topic);
            case "act-refused": {
                const who = event.by ? ` in the name of ${event.by.name}` : "";
                const what = `Something was said to be done${who}. ${event.sentence}`;
                return this.store.tell(what, "warning", event.room);
            }
            case "invite-shown":
                this.store.panel.value = { ...event, kind: "room-invite" };
        }
    }

    private onEntered(room: RoomView, isAgain: boolean): void {
        const { rooms, conversations } = this.store;
        const wasIn = rooms.of(room.id)?.peek().isIn ?? false;
        this.meet(room.members, room.away);
        rooms.enter(room);
        conversations.of(room.id);
        if (isAgain) {
            if (!wasIn) this.store.tell(`You are in ${room.displayName} again.`, "presence", room.id);
            return;
        }
        this.store.tell(`You are in ${room.displayName}.`, "presence", room.id);
        if (!this.isJoining.peek()) return;
        this.isJoining.value = false;
        this.store.panel.value = { kind: "none" };
        conversations.show(room.id);
    }

    private onLeft({ id, displayName, code, sentence }: Extract<RoomEvent, { type: "room-left" }>): void {
        const { rooms, conversations } = this.store;
        rooms.leave(id, sentence);
        const draft = conversations.has(id) ? conversations.of(id).draft.peek() : "";
        if (code === "left" && draft === "") {
            conversations.close(id);
            rooms.forget(id);
            this.store.toast.value = `You left ${displayName}.`;
        } else if (rooms.of(id)) this.store.tell(sentence, "warning", id);
        else this.store.tell(`${displayName}: ${sentence}`, "warning", lobby);
    }

    private onActed(event: Extract<RoomEvent, { type: "room-acted" }>): void {
        const { people, rooms } = this.store;
        people.meet(event.by);
        if (event.target) people.meet(event.target);
        // Its presence follows; who is out is not in the list any more.
        if (event.target && (event.kind === "kick" || event.kind === "ban"))
            rooms.part(event.room, [event.target]);
        this.tell(event.room, actSentence(event), event.timeMs, event.isAboutYou && !event.isByYou);
    }

    private tell(room: string, text: string, atMs: number, isNews: boolean): void {
        this.store.tell(text, "plain", room, { at: atMs, isNews });
    }

    private meet(people: readonly Peer[], away: readonly string[]): void {
        for (const peer of people)
            this.store.people.meet(peer, { isHere: true, isAway: away.includes(peer.key) });
    }
}
