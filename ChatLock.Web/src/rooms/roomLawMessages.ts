/** What can happen to a room's rules as a member knows them, and what they can want done. */

import type { RefusalCode, Reply, RoomAct } from "../wire/generated/chatlock_pb";
import type { RoomActKind } from "../wire/generated/chatlock_pb";

/** What the user wants done in a room as its owner or op. */
export interface ActWish {
    readonly kind: RoomActKind;
    /** 64 hexadecimal digits; undefined with topic and slow mode. */
    readonly target: string | undefined;
    /** Of a mute or of slow mode. */
    readonly seconds: number;
    /** The new topic, cleaned; empty: none. Only with topics. */
    readonly topic: string;
}

/** What is wrong with an act that came. */
export type ActFault =
    /** It isn't signed by the key that it names, or isn't whole. */
    | "bad-signature"
    /** Who did it hasn't the right. */
    | "not-allowed"
    /** Acts before it didn't come, so nobody can say what they changed. It is applied. */
    | "acts-missing";

/** An act as it came, with what its signature turned out to be. */
export interface CheckedAct {
    readonly act: RoomAct;
    readonly isGenuine: boolean;
}

/** An act of ours on its way. */
export interface OwnAct {
    readonly wish: ActWish;
    /** As signed; undefined until it is. */
    readonly act: RoomAct | undefined;
    readonly number: bigint;
}

export type LawInput =
    /** The room was entered, as the server tells it. `isAgain`: what was missed follows, acts among it. */
    | {
          readonly type: "entered";
          /** Whose it is. */
          readonly owner: string | undefined;
          /** Of its log. */
          readonly epoch: bigint;
          /** Those in force, by rising numbers. */
          readonly acts: readonly CheckedAct[];
          readonly lastAct: bigint;
          readonly isAgain: boolean;
      }
    /** An act came, at this number of the log. */
    | { readonly type: "came"; readonly checked: CheckedAct; readonly sequence: bigint }
    /** Numbers of the log won't come; acts may be among them. */
    | { readonly type: "missed" }
    | { readonly type: "wish"; readonly wish: ActWish }
    /** The server's answer to our act. */
    | { readonly type: "replied"; readonly reply: Reply }
    /** A wait is over. */
    | { readonly type: "overdue" }
    /** Disconnected; whatever had no answer has none. */
    | { readonly type: "offline" }
    /** No longer in the room. */
    | { readonly type: "close"; readonly sentence: string };

export type LawEffect =
    /** Sign this, keep it with `withSigned`, and send it. */
    | { readonly type: "sign"; readonly own: OwnAct }
    /** Send an act that is signed already. */
    | { readonly type: "send"; readonly act: RoomAct }
    /** Come back with `overdue`. */
    | { readonly type: "wake-after"; readonly delayMs: number }
    /** An act is in force, or was done. */
    | { readonly type: "acted"; readonly act: RoomAct }
    /** Something is wrong with an act; say so. */
    | { readonly type: "refused"; readonly act: RoomAct; readonly fault: ActFault }
    /** A wish isn't fulfilled. */
    | { readonly type: "failed"; readonly code: RefusalCode; readonly sentence: string };
