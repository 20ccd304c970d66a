/** What the user wants of rooms. */

import { RoomActKind } from "../wire/generated/chatlock_pb";
import { ACT_SECONDS_MAX } from "../rooms/roomActs";
import type { ActWish } from "../rooms/roomLawMessages";
import type { Answer } from "../connection/requestQueue";
import { actKindOf } from "./actNames";
import type { ClientCommand } from "./commands";
import { OFFLINE, type LookUp } from "./lookUp";
import type { RoomDoor } from "./roomDoor";
import type { Rooms } from "./rooms";
import type { Roster } from "./roster";
import { typedTopic } from "./topics";

export type RoomCommand = Extract<
    ClientCommand,
    {
        readonly type:
            | ("join" | "create-room" | "part" | "forget-room" | "list-rooms" | "members")
            | ("set-topic" | "moderate" | "slow-mode" | "show-invite");
    }
>;

export interface RoomCommandTools {
    readonly door: RoomDoor;
    readonly rooms: Rooms;
    readonly roster: Roster;
    readonly lookUp: LookUp;
    readonly topicMaxBytes: () => number;
    readonly isOnline: () => boolean;
    readonly refuse: (answer: Answer) => void;
    readonly refused: (why: { readonly code: string; readonly sentence: string }) => void;
}

export class RoomCommands {
    constructor(private readonly tools: RoomCommandTools) {}

    on(command: RoomCommand): void {
        const { door, roster, refuse } = this.tools;
        if (command.type === "show-invite") return door.showInvite(command.room);
        if (!this.tools.isOnline()) return this.tools.refused(OFFLINE);
        switch (command.type) {
            case "join":
                return door.join(command.target, command.name);
            case "create-room":
                return door.create(command.name, command.suite);
            case "part":
                return door.part(command.room);
            case "forget-room":
                return door.forget(command.room);
            case "list-rooms":
                return door.list();
            case "members":
                return roster.all(command.room, refuse);
            case "set-topic": {
                const topic = typedTopic(command.text, this.tools.topicMaxBytes());
                if (!topic.ok) return this.tools.refused({ code: "text-invalid", sentence: topic.sentence });
                return this.#act(command.room, {
                    ...{ kind: RoomActKind.TOPIC, target: undefined, seconds: 0, topic: topic.text },
                });
            }
            case "slow-mode":
                return this.#act(command.room, {
                    ...{
                        kind: RoomActKind.SLOW_MODE,
                        target: undefined,
                        seconds: command.seconds,
                        topic: "",
                    },
                });
            case "moderate":
                return this.#moderate(command);
        }
    }

    #moderate({ room, kind, receiver, seconds = 0 }: Extract<RoomCommand, { type: "moderate" }>): void {
        this.tools.lookUp.find(receiver, found => {
            if (found.is === "offline") return this.tools.refused(OFFLINE);
            if (found.is === "missing") return this.tools.refused(found);
            const [act, target] = [actKindOf(kind), found.who.key];
            this.#act(room, { kind: act, target, seconds: kind === "mute" ? seconds : 0, topic: "" });
        });
    }

    #act(room: string, wish: ActWish): void {
        if (!Number.isInteger(wish.seconds) || wish.seconds < 0 || wish.seconds > ACT_SECONDS_MAX)
            return this.tools.refused(TOO_LONG);
        if (!this.tools.rooms.act(room, wish)) this.tools.refused(NOT_IN);
    }
}

const NOT_IN = { code: "not-a-member", sentence: "You are not in that room." };

const TOO_LONG = { code: "invalid-field", sentence: "At most a week, in whole seconds." };
