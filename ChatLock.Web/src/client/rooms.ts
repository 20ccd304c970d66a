/** The rooms that we are in, or were: by id. How one gets in is in roomDoor.ts. */

import { refusalName } from "../codes/codeNames";
import type { RoomConversation } from "../conversations/roomConversation";
import { SEALED, suiteInfoOf } from "../conversations/suiteInfo";
import { toHex } from "../crypto/bytes";
import { roomKindOf } from "../rooms/roomId";
import type { KeptRoom, RoomShelf } from "../rooms/roomShelf";
import { KEPT_ROOMS_MAX } from "../rooms/roomShelf";
import { titleOf } from "../rooms/roomTitle";
import type { SuiteInfo } from "../suites/contract";
import type { Posted, RoomInfo, RoomLeft } from "../wire/generated/chatlock_pb";
import type { Peer } from "./events";
import type { ActWish } from "../rooms/roomLawMessages";
import { Room, type RoomOrigin, type RoomTools } from "./room";

export interface RoomsTools extends RoomTools {
    /** The conversation of a room, made where there is none. */
    readonly conversation: (room: string) => RoomConversation;
    /** Told once when keys of rooms can't be kept. */
    readonly notKept: (thrown: DOMException) => void;
    /** Leaves a room that was entered by mistake. */
    readonly leave: (room: string) => void;
    /** Asks for the members after those that came with the room. */
    readonly more: (room: string, known: readonly Peer[], away: readonly string[], after: string) => void;
}

export class Rooms {
    /** Those that were left too. */
    readonly #rooms = new Map<string, Room>();
    #known = new Map<string, KeptRoom>();
    #isTold = false;

    constructor(
        private readonly tools: RoomsTools,
        private readonly shelf: RoomShelf,
    ) {}

    /** Reads what this browser knows of sealed rooms; other tabs may have learned of some. */
    async load(): Promise<void> {
        const kept = await this.#tolerant(() => this.shelf.rooms(), undefined);
        if (kept) this.#known = new Map(kept.map(room => [room.room, room]));
    }

    get known(): readonly KeptRoom[] {
        return [...this.#known.values()];
    }

    /** One that we are in. */
    find(id: string): Room | undefined {
        const room = this.#rooms.get(id);
        return room?.isIn ? room : undefined;
    }

    /** What one there is encrypted with, whether we are in it or not. */
    suiteOf(id: string): SuiteInfo {
        return this.#rooms.get(id)?.suite ?? suiteInfoOf(SEALED);
    }

    nameOf(id: string): string {
        return titleOf(id, this.originOf(id)?.name);
    }

    /** What is known of a room that isn't entered yet. */
    originOf(id: string): RoomOrigin | undefined {
        const before = this.#rooms.get(id)?.origin;
        if (before) return before;
        if (roomKindOf(id) === "open")
            return { id, name: undefined, secret: undefined, owner: undefined, invite: undefined };
        const kept = this.#known.get(id);
        return (
            kept && { id, name: kept.name, secret: kept.secret, owner: toHex(kept.owner), invite: undefined }
        );
    }

    /** In a room: just joined, or brought back. */
    enter(info: RoomInfo, origin: RoomOrigin | undefined, isAgain: boolean): void {
        const id = info.position?.room ?? "";
        const room = origin && this.#roomOf(origin);
        if (room?.isTheOne(info))
            return room.enter(info, isAgain, ({ members, away }) => {
                if (info.more) this.tools.more(id, members, away, info.here.at(-1)?.name ?? "");
            });
        this.tools.leave(id);
        this.tools.emit({
            type: "room-left",
            id,
            displayName: this.nameOf(id),
            code: "room-forged",
            sentence: origin ? ANOTHER_ROOM : NO_KEY,
        });
    }

    /** Back in a room of before the connection was lost, or the page reloaded. */
    entered(info: RoomInfo): void {
        this.enter(info, this.originOf(info.position?.room ?? ""), true);
    }

    /** The server says that we aren't in a room any more, or not back in it. */
    onLeft({ room: id, why }: RoomLeft): void {
        const sentence = why?.sentence ?? "You are no longer in this room.";
        this.left(id, why ? refusalName(why.code) : "left", sentence);
    }

    /** @param code "left" as we wished, or why. */
    left(id: string, code: string, sentence: string): void {
        const room = this.#rooms.get(id);
        // What was done last, a kick for one, is told before.
        const tell = () => {
            room?.leave(sentence);
            this.tools.emit({ type: "room-left", id, displayName: this.nameOf(id), code, sentence });
        };
        if (room) room.conversation.inOrder(tell);
        else tell();
    }

    acted({ position, act }: Posted): void {
        if (act && position) this.find(position.room)?.acted(act, position.sequence);
    }

    offline(): void {
        for (const room of this.#rooms.values()) room.offline();
    }

    /** Does something in a room that we are in. @returns false when we aren't. */
    act(id: string, wish: ActWish): boolean {
        const room = this.find(id);
        room?.do(wish);
        return room !== undefined;
    }

    /** So that it comes back after a reload. */
    keep(room: KeptRoom): void {
        this.#known.delete(room.room);
        this.#known.set(room.room, room);
        const oldest = this.#known.size > KEPT_ROOMS_MAX ? this.#known.keys().next().value : undefined;
        void this.#tolerant(() => this.shelf.keepRoom(room), undefined);
        if (oldest !== undefined) this.forget(oldest);
    }

    /** Its key is gone: only its link leads there again. */
    forget(id: string): void {
        this.#known.delete(id);
        if (this.#rooms.get(id)?.kind === "sealed") this.#rooms.delete(id);
        void this.#tolerant(() => this.shelf.forgetRoom(id), undefined);
    }

    #roomOf(origin: RoomOrigin): Room {
        const known = this.#rooms.get(origin.id);
        // An invite is more than what was kept of it.
        if (known && (known.origin.invite || !origin.invite)) return known;
        const room = new Room(this.tools, origin, this.tools.conversation(origin.id));
        this.#rooms.set(origin.id, room);
        return room;
    }

    /** A browser that keeps nothing is no reason not to talk. */
    async #tolerant<T>(act: () => Promise<T>, otherwise: T): Promise<T> {
        try {
            return await act();
        } catch (thrown) {
            if (!(thrown instanceof DOMException)) throw thrown;
            if (!this.#isTold) this.tools.notKept(thrown);
            this.#isTold = true;
            return otherwise;
        }
    }
}

const ANOTHER_ROOM =
    "The server passes another room off as the invite's: its suite or its owner is another. You are not in it.";

const NO_KEY =
    "You are a member of a sealed room whose key this browser doesn't have; you left it. Its link leads there again.";
