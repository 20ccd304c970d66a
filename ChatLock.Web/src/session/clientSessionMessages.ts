/** What can happen to a client's session, and what it can want done. docs/PROTOCOL.md section 3. */

import type { Bytes } from "../suites/contract";
import type {
    Challenge,
    ClientFrame,
    CloseReason,
    Gap,
    Posted,
    Presence,
    PrivateMessage,
    Refused,
    Reply,
    RoomInfo,
    RoomLeft,
    ServerFrame,
    Welcome,
} from "../wire/generated/chatlock_pb";
import type { Standing } from "./clientSessionPositions";

/** What a connection brings to go on where an earlier one ended. docs/PROTOCOL.md section 6b. */
export interface ResumePoint {
    /** From the last Welcome; empty: a new session. A secret: it never goes into a log. */
    readonly token: Bytes;
    /** Each room once, room "" is the mailbox. Good with and without a token. */
    readonly positions: readonly Standing[];
}

/** Of who was never here. */
export const NO_RESUME: ResumePoint = { token: new Uint8Array(), positions: [] };

export type ClientPhase =
    /** Connected; the server speaks first. */
    | "await-challenge"
    /** Challenged; a name is needed from the user. */
    | "await-name"
    /** Hello is on its way. */
    | "await-welcome"
    /** In the lobby. */
    | "ready"
    | "closed";

export type ClientInput =
    | { readonly type: "received"; readonly frame: ServerFrame }
    /** The first name, or another after a refusal. */
    | { readonly type: "name-chosen"; readonly name: string }
    /** Send a request; its answer comes back with `tag`. The frame's ref is set by the session. */
    | { readonly type: "ask"; readonly tag: number; readonly frame: ClientFrame }
    | { readonly type: "leave" }
    /** The socket ended. */
    | { readonly type: "lost" };

export type ClientEffect =
    /** Sign this Challenge under this name and send the Hello with this ref, token and positions. */
    | {
          readonly type: "prove";
          readonly challenge: Challenge;
          readonly name: string;
          readonly ref: bigint;
          readonly resume: ResumePoint;
      }
    | { readonly type: "send"; readonly frame: ClientFrame }
    /** `refusal`: what was wrong with the last name, if there was one. */
    | { readonly type: "need-name"; readonly refusal: Refused | undefined }
    | { readonly type: "entered"; readonly welcome: Welcome }
    | { readonly type: "answered"; readonly tag: number; readonly reply: Reply }
    /** Asked while no session was there to send it; it had no effect. */
    | { readonly type: "not-sent"; readonly tag: number }
    /** Back in a room of the earlier connection. What was missed follows. */
    | { readonly type: "room-entered"; readonly info: RoomInfo }
    /** No longer in a room, or not back in it. */
    | { readonly type: "left-room"; readonly left: RoomLeft }
    /** A post or an act, in the order of its room. */
    | { readonly type: "posted"; readonly post: Posted }
    | { readonly type: "private-came"; readonly message: PrivateMessage }
    | { readonly type: "presence-came"; readonly presence: Presence }
    /** Messages that will not come. */
    | { readonly type: "gap-came"; readonly gap: Gap }
    /** Over; requests with these tags have no answer and may or may not have taken effect. */
    | {
          readonly type: "ended";
          readonly reason: CloseReason;
          readonly sentence: string;
          readonly unanswered: readonly number[];
      };
