/** How one gets into rooms and out of them: by name, by invite, by making one. */

import type { Answer } from "../connection/requestQueue";
import { SEALED, suiteInfoNamed, suiteInfoOf } from "../conversations/suiteInfo";
import { equal, toHex } from "../crypto/bytes";
import { keptSecret } from "../crypto/hkdf";
import type { SigningKey } from "../crypto/keys";
import { inviteOf, parseInvite, type InviteCode } from "../rooms/inviteCode";
import { readTarget } from "../rooms/inviteLink";
import { openRoom, ROOM_SECRET_LENGTH } from "../rooms/roomId";
import { parseTitle, titleOf } from "../rooms/roomTitle";
import type { Bytes } from "../suites/contract";
import { clientFrame } from "../wire/frames";
import { RefusalCode, type RoomSummary } from "../wire/generated/chatlock_pb";
import type { ClientEvent, RoomListing } from "./events";
import type { Desk } from "./lookUp";
import type { Mailbox } from "./mailbox";
import type { RoomOrigin } from "./room";
import type { Rooms } from "./rooms";

/** Open rooms listed at most. */
export const ROOMS_LISTED_MAX = 1_000;

export interface DoorTools {
    readonly desk: Desk;
    readonly rooms: Rooms;
    readonly identity: SigningKey;
    readonly mailbox: Mailbox;
    readonly randomBytes: (length: number) => Bytes;
    readonly emit: (event: ClientEvent) => void;
    /** Why a request wasn't carried out. */
    readonly refuse: (answer: Answer) => void;
    readonly refused: (why: { readonly code: string; readonly sentence: string }) => void;
    /** The server that we talk to, 64 hexadecimal digits. */
    readonly serverId: () => string | undefined;
}

/** What the server is asked for. */
interface Wanted {
    readonly origin: RoomOrigin;
    /** Make it if it isn't there. */
    readonly create: boolean;
    readonly suite: number;
    /** It is made now, for others to be invited. */
    readonly isNew: boolean;
}

export class RoomDoor {
    constructor(private readonly tools: DoorTools) {}

    /** @param name what an invite calls the room. */
    join(typed: string, name: string | undefined): void {
        const target = readTarget(typed);
        switch (target.is) {
            case "link": {
                const { serverId, room = "", name: linked } = target.fragment;
                const ours = this.tools.serverId();
                if (serverId !== undefined && ours !== undefined && serverId !== ours)
                    return this.tools.refused(ANOTHER_SERVER);
                return this.join(room, linked ?? name);
            }
            case "code":
                return this.tools.mailbox.pipe(parseInvite(target.code), parsed =>
                    parsed.ok
                        ? this.#joinInvited(parsed.invite, name)
                        : this.tools.refused({ code: "room-invalid", sentence: parsed.sentence }),
                );
            case "known":
                return this.#joinKnown(target.room);
            case "open": {
                const parsed = openRoom(target.name);
                if (!parsed.ok)
                    return this.tools.refused({ code: "room-invalid", sentence: parsed.sentence });
                const origin = this.tools.rooms.originOf(parsed.room)!;
                return this.#ask({ origin, create: true, suite: SEALED, isNew: false });
            }
        }
    }

    create(typed: string, suiteName: string | undefined): void {
        const parsed = parseTitle(typed);
        const suite = suiteName === undefined ? suiteInfoOf(SEALED) : suiteInfoNamed(suiteName);
        if (!parsed.ok) return this.tools.refused({ code: "room-invalid", sentence: parsed.sentence });
        if (!suite) return this.tools.refused({ code: "no-such-suite", sentence: "There is no such suite." });
        const secret = this.tools.randomBytes(ROOM_SECRET_LENGTH);
        const made = inviteOf(suite.id, secret, this.tools.identity.fingerprint);
        this.tools.mailbox.pipe(made, invite =>
            this.#ask({
                ...{ origin: originOf(invite, parsed.title), create: true, suite: suite.id, isNew: true },
            }),
        );
    }

    part(id: string): void {
        const { desk, rooms, refuse } = this.tools;
        if (!rooms.find(id)) return this.tools.refused(NOT_IN);
        desk.ask(clientFrame({ case: "leave", value: { room: id } }), answer => {
            const result = answer.is === "replied" ? answer.reply.result : undefined;
            const isOut =
                result?.case === "accepted" ||
                (result?.case === "refused" && result.value.code === RefusalCode.NOT_A_MEMBER);
            if (!isOut) return refuse(answer);
            rooms.left(id, "left", "You left this room.");
        });
    }

    forget(id: string): void {
        if (this.tools.rooms.find(id)) return this.tools.refused(STILL_IN);
        this.tools.rooms.forget(id);
        this.list();
    }

    showInvite(id: string): void {
        const room = this.tools.rooms.find(id);
        if (!room) return this.tools.refused(NOT_IN);
        const code = room.origin.invite?.code;
        if (room.kind === "sealed" && code === undefined) return this.tools.refused(LINK_GONE);
        const { displayName } = room;
        this.tools.emit({ type: "invite-shown", room: id, displayName, code });
    }

    /** Page after page. */
    list(after = "", soFar: RoomListing[] = []): void {
        const { desk, rooms, emit, refuse } = this.tools;
        desk.ask(clientFrame({ case: "list", value: { after } }), answer => {
            if (answer.is !== "replied" || answer.reply.result.case !== "rooms") return refuse(answer);
            const { rooms: page, more } = answer.reply.result.value;
            soFar.push(...page.map(summary => this.#listed(summary)));
            const last = page.at(-1);
            if (more && last && soFar.length < ROOMS_LISTED_MAX) return this.list(last.room, soFar);
            const known = rooms.known.map(({ room, name }) => ({
                ...{ id: room, displayName: titleOf(room, name), isIn: rooms.find(room) !== undefined },
            }));
            emit({ type: "rooms-listed", rooms: soFar, known, isComplete: !more });
        });
    }

    #listed({ room: id, memberCount, suite }: RoomSummary): RoomListing {
        const isIn = this.tools.rooms.find(id) !== undefined;
        return { id, memberCount, suite: suiteInfoOf(suite), isIn };
    }

    #joinInvited(invite: InviteCode, name: string | undefined): void {
        // Whoever made it makes it again where the server has forgotten it.
        const create = equal(invite.owner, this.tools.identity.fingerprint);
        this.#ask({ origin: originOf(invite, name), create, suite: invite.suite, isNew: false });
    }

    #joinKnown(id: string): void {
        const origin = this.tools.rooms.originOf(id);
        const suite = this.tools.rooms.known.find(({ room }) => room === id)?.suite ?? SEALED;
        if (!origin) return this.tools.refused(NOT_KNOWN);
        const create = origin.owner === toHex(this.tools.identity.fingerprint);
        this.#ask({ origin, create, suite, isNew: false });
    }

    #ask({ origin, create, suite, isNew }: Wanted): void {
        const { desk, rooms, refuse } = this.tools;
        const { id: room } = origin;
        if (rooms.find(room)) return this.tools.emit({ type: "refused", ...IN_ALREADY, room });
        desk.ask(clientFrame({ case: "join", value: { room, create, suite } }), answer => {
            if (answer.is !== "replied" || answer.reply.result.case !== "joined") return refuse(answer);
            rooms.enter(answer.reply.result.value, origin, false);
            if (rooms.find(room)) this.#keep(origin, answer.reply.result.value.suite);
            if (isNew && rooms.find(room))
                rooms.find(room)!.conversation.inOrder(() => this.showInvite(room));
        });
    }

    #keep({ invite, name }: RoomOrigin, suite: number): void {
        if (!invite) return;
        const { room, owner, secret } = invite;
        this.tools.mailbox.pipe(keptSecret(secret), key =>
            this.tools.rooms.keep({ room, name: name ?? "", suite, owner, secret: key }),
        );
    }
}

const originOf = (invite: InviteCode, name: string | undefined): RoomOrigin => ({
    id: invite.room,
    name: name ?? titleOf(invite.room, undefined),
    secret: invite.secret,
    owner: toHex(invite.owner),
    invite,
});

const ANOTHER_SERVER = {
    code: "room-invalid",
    sentence: "That link leads to another server. Open it in the address bar of a browser.",
};

const NOT_IN = { code: "not-a-member", sentence: "You are not in that room." };

const IN_ALREADY = { code: "already-in", sentence: "You are in that room already." };

const STILL_IN = { code: "room-invalid", sentence: "You are in that room; leave it first." };

const NOT_KNOWN = { code: "no-such-room", sentence: "This browser doesn't know that room; open its link." };

const LINK_GONE = {
    code: "no-such-room",
    sentence:
        "This page can't make the room's link again: since it was reloaded, it has the room's key only for reading and writing. Whoever has the link can pass it on.",
};
