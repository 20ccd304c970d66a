/** What can happen to a connection, and what it can want done. Times are milliseconds of one monotonic clock. */

import type { Status, StopKind } from "../client/events";
import type { CloseReason, Limits } from "../wire/generated/chatlock_pb";

export type LinkPhase =
    /** Nothing was asked yet. */
    | "idle"
    | "opening"
    /** Connected, not yet in the lobby. */
    | "entering"
    /** Connected; the user is choosing a name. */
    | "naming"
    /** The server didn't wait for the user to choose a name; the choice connects again. */
    | "parked"
    /** In the lobby. */
    | "online"
    /** Until the next try. */
    | "waiting"
    /** Goodbye was said; what was sent is on its way out. */
    | "leaving"
    /** Over until the user wants to connect again. */
    | "stopped";

export type LinkInput =
    /** The user wants to be connected now. */
    | { readonly type: "connect"; readonly nowMs: number }
    /** The page is looked at again, or the network is back. */
    | { readonly type: "wake"; readonly nowMs: number }
    /** The socket is open. */
    | { readonly type: "opened"; readonly nowMs: number }
    /** No socket. `random`: 0 to below 1, for the jitter. */
    | { readonly type: "failed"; readonly sentence: string; readonly nowMs: number; readonly random: number }
    /** The server isn't who it should be, or what makes this client itself is elsewhere. */
    | { readonly type: "stop"; readonly kind: StopKind; readonly sentence: string }
    /** A frame came in. */
    | { readonly type: "heard"; readonly nowMs: number }
    /** The server wants a name that only the user can give. */
    | { readonly type: "name-missing" }
    | { readonly type: "name-chosen"; readonly nowMs: number }
    /** In the lobby, under these limits of the server's. */
    | {
          readonly type: "entered";
          readonly name: string;
          readonly online: number;
          readonly limits: Limits;
          /** When the session key is due for another. */
          readonly renewInMs: number;
          readonly nowMs: number;
      }
    /** The session ended, by word or by a lost socket. */
    | {
          readonly type: "ended";
          readonly reason: CloseReason;
          readonly sentence: string;
          readonly nowMs: number;
          readonly random: number;
      }
    /** Time passed. */
    | { readonly type: "tick"; readonly nowMs: number }
    /** The wait is over. */
    | { readonly type: "retry-due"; readonly nowMs: number }
    | { readonly type: "leave"; readonly nowMs: number };

export type LinkEffect =
    | { readonly type: "open" }
    /** Drop the socket, whatever it was doing; the session over it is lost. */
    | { readonly type: "drop" }
    /** Say goodbye, and end once it is out. */
    | { readonly type: "say-bye" }
    /** Ask for a sign of life. */
    | { readonly type: "ping" }
    /** Come back after a while with `retry-due`. */
    | { readonly type: "retry-in"; readonly delayMs: number }
    /** Come back after a while with `tick`, beside the regular ones. */
    | { readonly type: "tick-in"; readonly delayMs: number }
    /** Tell the user. */
    | { readonly type: "report"; readonly status: Status };
