/** Who comes and goes, in the lobby and in rooms. */

import type { ClientEvent, Peer } from "../../client/events";
import type { ChatStore } from "./chatStore";
import { lobby } from "./lines";

type PresenceEvent = Extract<ClientEvent, { readonly type: "presence" }>;

export class PresenceEvents {
    constructor(private readonly store: ChatStore) {}

    take(event: PresenceEvent): void {
        if (event.room !== undefined) return this.onRoomPresence(event, event.room);
        for (const peer of event.away) this.store.people.meet(peer, { isHere: true, isAway: true });
        for (const peer of event.back) this.store.people.meet(peer, { isHere: true, isAway: false });
        for (const { peer } of event.left) {
            this.store.people.meet(peer, { isHere: false });
            this.tellPresence(peer, `${peer.name} disconnected`);
        }
        for (const peer of event.joined) {
            this.store.people.meet(peer, { isHere: true, isAway: false });
            this.tellPresence(peer, `${peer.name} joined`);
        }
        for (const { before, peer } of event.renamed) {
            this.store.people.meet(peer, { isHere: true });
            this.tellPresence(peer, `${before} is now called ${peer.name}`);
        }
        this.store.people.online.value = event.online;
        if (event.more > 0)
            this.store.tell(
                `${event.more} others came, went or changed their names; ${event.online} are here.`,
                "presence",
            );
    }

    /** Whoever lost the connection or has another name is told of in the lobby, where everyone is. */
    private onRoomPresence(event: PresenceEvent, room: string): void {
        const { joined, left, online, more } = event;
        for (const peer of joined) this.store.people.meet(peer, { isHere: true });
        this.store.rooms.part(
            room,
            left.map(({ peer }) => peer),
        );
        this.store.rooms.meet(room, joined);
        this.store.rooms.count(room, online);
        for (const { peer, reason } of left)
            if (reason === "left") this.store.tell(`${peer.name} left the room`, "presence", room);
        for (const peer of joined) this.store.tell(`${peer.name} came in`, "presence", room);
        if (more > 0) this.store.tell(`${more} others came or went; ${online} are here.`, "presence", room);
    }

    /** In the person's own pane when there is one, so that it can be read there too. */
    private tellPresence(peer: Peer, text: string): void {
        this.store.tell(text, "presence", this.store.conversations.has(peer.key) ? peer.key : lobby);
    }
}
