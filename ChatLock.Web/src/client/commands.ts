/** What a user can want. Names are as typed, in any case; a key (64 hexadecimal digits) is taken where one is known. Rooms are
 * named by their ids, as in a `RoomView`. */

import type { MessageBody } from "./events";

/** yes: compared and the same. accept: take a changed key uncompared. */
export type VerifyAnswer = "show" | "yes" | "accept";

/** A name as typed, or a key from a `Peer`. */
export type Receiver = { readonly name: string } | { readonly key: string };

/** What can be done about someone in a room. */
export type ActOnSomeone = "kick" | "ban" | "unban" | "mute" | "unmute" | "op" | "deop";

export type ClientCommand =
    /** Connect, or connect now instead of waiting on; after `stopped` too (taking over, or trusting a new server key). */
    | { readonly type: "connect"; readonly trustServer?: boolean }
    /** The answer to `name-needed`. */
    | { readonly type: "choose-name"; readonly name: string }
    /** `localId` is the page's, each used once. `room` undefined: the lobby. */
    | {
          readonly type: "say";
          readonly localId: number;
          readonly body: MessageBody;
          readonly room?: string | undefined;
      }
    /** `suite` outranks the chosen one. */
    | {
          readonly type: "say-to";
          readonly localId: number;
          readonly receiver: Receiver;
          readonly body: MessageBody;
          readonly suite?: string;
      }
    /** Tries a failed message again under the same local id. */
    | { readonly type: "retry"; readonly localId: number }
    | { readonly type: "rename"; readonly name: string }
    | { readonly type: "who" }
    | { readonly type: "whois"; readonly receiver: Receiver }
    | { readonly type: "verify"; readonly receiver: Receiver; readonly answer: VerifyAnswer }
    | { readonly type: "ignore"; readonly receiver: Receiver; readonly isIgnored: boolean }
    /** Use this suite for private messages from now on; without a name, tells which one is used. */
    | { readonly type: "use-suite"; readonly name?: string }
    /** Enter a room, or make an open one: answered by `room-entered` or `refused`. `target`: an open room's name with or
     * without #, an invite's code, a whole link with one, or the id of a sealed room that this browser knows. `name`: what an
     * invite calls the room, foreign text. */
    | { readonly type: "join"; readonly target: string; readonly name?: string | undefined }
    /** Make a sealed room: its secret is made here and never sent. Answered by `room-entered`, then `invite-shown`. `name`: what
     * the room is called in its invite; the server doesn't learn it. `suite`: fixed for good, sealed where none is named. */
    | { readonly type: "create-room"; readonly name: string; readonly suite?: string }
    | { readonly type: "part"; readonly room: string }
    /** Forget the key of a sealed room that we aren't in. */
    | { readonly type: "forget-room"; readonly room: string }
    /** Which open rooms there are, and which sealed ones this browser knows. */
    | { readonly type: "list-rooms" }
    | { readonly type: "members"; readonly room: string }
    /** Which only members can read; empty: none. */
    | { readonly type: "set-topic"; readonly room: string; readonly text: string }
    /** Do something about someone in a room that is ours, or where we are an op. `seconds`: for how long to mute, 0 until
     * unmuted. */
    | {
          readonly type: "moderate";
          readonly room: string;
          readonly kind: ActOnSomeone;
          readonly receiver: Receiver;
          readonly seconds?: number;
      }
    /** Let members post once in so many seconds; 0: as often as they like. */
    | { readonly type: "slow-mode"; readonly room: string; readonly seconds: number }
    | { readonly type: "show-invite"; readonly room: string }
    | { readonly type: "leave" };
