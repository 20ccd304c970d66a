/** Acts by the names that commands and events have for them. */

import { RoomActKind } from "../wire/generated/chatlock_pb";
import type { ActOnSomeone } from "./commands";

type ActName = ActOnSomeone | "slow-mode";

const kinds: Readonly<Record<ActOnSomeone, RoomActKind>> = {
    kick: RoomActKind.KICK,
    ban: RoomActKind.BAN,
    unban: RoomActKind.UNBAN,
    mute: RoomActKind.MUTE,
    unmute: RoomActKind.UNMUTE,
    op: RoomActKind.OP,
    deop: RoomActKind.DEOP,
};

export const actKindOf = (name: ActOnSomeone): RoomActKind => kinds[name];

/** @param kind any but a topic. */
export const actNamed = (kind: RoomActKind): ActName =>
    (Object.keys(kinds) as ActOnSomeone[]).find(name => kinds[name] === kind) ?? "slow-mode";
