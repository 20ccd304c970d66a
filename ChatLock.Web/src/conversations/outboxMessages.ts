/** What can happen to a conversation's outgoing side, and what it can want done. */

import type { MessageBody } from "../client/events";
import type { MessageTrace } from "../suites/contract";
import { RefusalCode, type Accepted, type Reply } from "../wire/generated/chatlock_pb";

/** A message that was typed and isn't acknowledged yet. */
export interface OutboxEntry {
    /** 16 random bytes in hexadecimal, the same in every try. */
    readonly id: string;
    /** The page's. */
    readonly localId: number;
    readonly body: MessageBody;
    /** The suite it was typed under. A room's own suite outranks it. */
    readonly suite: number;
    /** As encrypted and signed; sent again as it is when its fate is unknown, so that receivers know a second one for a
     * replay. */
    readonly sealed?: MessageTrace | undefined;
    /** Whether it is being encrypted, or an answer is awaited. */
    readonly inFlight: boolean;
    /** How often the server said to try again. */
    readonly refusals: number;
}

/** Whether anything can be sent in a conversation now. */
export type Reach =
    /** Not connected. */
    | "offline"
    /** Connected; the receiver's session key isn't known, or not any more. */
    | "unknown"
    /** The server was asked for it. */
    | "looking-up"
    /** Nobody holds that key now, but the connection is young: the receiver may be on its way back too. */
    | "awaited"
    /** Messages go out. */
    | "ready";

export type OutboxInput =
    | { readonly type: "say"; readonly entry: OutboxEntry }
    /** Connected. `isAgain`: after having been so before. */
    | { readonly type: "online"; readonly isAgain: boolean }
    /** Disconnected; whatever had no answer has none. */
    | { readonly type: "offline" }
    /** There is somebody to encrypt to. `sameKey`: what is encrypted already stays good. */
    | { readonly type: "found"; readonly sameKey: boolean }
    /** Nobody holds that key now. */
    | { readonly type: "not-found"; readonly sentence: string }
    /** The receiver came, went or connected anew. */
    | { readonly type: "stale" }
    /** The time is over in which the receiver might come back after our own reconnect. */
    | { readonly type: "grace-over" }
    /** It was encrypted, and stays so for sending it again. */
    | { readonly type: "sealed"; readonly id: string; readonly trace: MessageTrace }
    /** It never left: the receiver's key, or the connection, wasn't there any more when it was encrypted. */
    | { readonly type: "unsent"; readonly id: string }
    | { readonly type: "replied"; readonly id: string; readonly reply: Reply }
    /** The pause that the server asked for is over. */
    | { readonly type: "resume" }
    /** Nothing can be said here any more. `sentence`: why; undefined: the client stops. */
    | { readonly type: "close"; readonly sentence: string | undefined }
    /** What waits must not go out: the room isn't what it was when it was typed. */
    | { readonly type: "fail-all"; readonly sentence: string };

export type OutboxEffect =
    /** Encrypt it unless it is, and send it. */
    | { readonly type: "send"; readonly entry: OutboxEntry }
    /** Ask the server for the receiver's session key. */
    | { readonly type: "look-up" }
    /** It is in the outbox. `why`: what it waits for, where that isn't the connection. */
    | { readonly type: "queued"; readonly entry: OutboxEntry; readonly why: string | undefined }
    | { readonly type: "accepted"; readonly entry: OutboxEntry; readonly accepted: Accepted }
    /** It won't be sent; the text is handed back. */
    | {
          readonly type: "failed";
          readonly entry: OutboxEntry;
          readonly code: RefusalCode;
          readonly sentence: string;
      }
    /** Send nothing for a while. */
    | { readonly type: "pause-for"; readonly delayMs: number };
