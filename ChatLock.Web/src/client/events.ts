/** What happens in the client, in order. The same list as ChatLock.Client's ClientEvent (docs/TERMINAL.md section 5). */

import type { SuiteInfo } from "../suites/contract";

/** What is known of a key under a name. */
export type Standing = "new" | "known" | "verified" | "changed";

/** Someone, as they are called at present. Compared by key. */
export interface Peer {
    /** Foreign text: shown through textContent only. "#" and 16 hexadecimal digits where the server's isn't a name. */
    readonly name: string;
    /** The identity key's fingerprint, 64 hexadecimal digits. */
    readonly key: string;
    readonly standing: Standing;
}

export interface MessageBody {
    /** Foreign text. */
    readonly text: string;
    /** Whether it tells what its sender does (/me). */
    readonly isAction: boolean;
}

export type Unreadable =
    "bad-signature" | "cannot-decrypt" | "malformed" | "unknown-suite" | "wrong-suite" | "not-text";

/** How the connection stands. */
export type Status =
    | { readonly state: "connecting"; readonly isAgain: boolean }
    | { readonly state: "online"; readonly name: string; readonly online: number }
    /** Not connected; `retryAtMs` by the clock of `performance.now()`. */
    | { readonly state: "waiting"; readonly why: string; readonly retryAtMs: number }
    | { readonly state: "stopped"; readonly kind: StopKind; readonly why: string };

/** left: by the user. taken-over: by the same key elsewhere. other-tab: by another tab of this browser.
 * not-trusted: the server isn't the one it was, or not the one of the link. refused: trying again would end the same. */
export type StopKind = "left" | "taken-over" | "other-tab" | "not-trusted" | "refused";

/** Where a message goes or came: everyone, or one key. */
export type Target = { readonly to: "all" } | { readonly to: "peer"; readonly peer: Peer };

export type ClientEvent =
    | { readonly type: "status"; readonly status: Status }
    /** Codes: open-lobby, lobby-weaker, lobby-unusable, server-pinned, replay-dropped, private-dropped, not-saved, bug. */
    | {
          readonly type: "notice";
          readonly code: string;
          readonly sentence: string;
          readonly isWarning: boolean;
      }
    /** `wanted` and `code` are undefined when none was asked for yet. */
    | {
          readonly type: "name-needed";
          readonly wanted?: string;
          readonly code?: string;
          readonly sentence: string;
          readonly suggestions: readonly string[];
      }
    | {
          readonly type: "entered";
          readonly name: string;
          readonly key: string;
          readonly lobby: SuiteInfo;
          /** The others, first page. */
          readonly here: readonly Peer[];
          readonly online: number;
          /** After having been here before, in this run. */
          readonly isAgain: boolean;
      }
    /** A genuine message from someone else. */
    | {
          readonly type: "message";
          /** For inspect; counts from 1 in each run. */
          readonly number: number;
          readonly from: Peer;
          readonly isPrivate: boolean;
          readonly body: MessageBody;
          readonly suite: SuiteInfo;
          /** When the server took it, by its clock, Unix ms. */
          readonly timeMs: number;
          /** Its number in the room; 0n if private. */
          readonly sequence: bigint;
      }
    /** A message that isn't shown, with the reason and the remedy; nothing of it is genuine. */
    | {
          readonly type: "unreadable";
          readonly number: number;
          readonly from: Peer;
          readonly isPrivate: boolean;
          readonly reason: Unreadable;
          readonly sentence: string;
          readonly timeMs: number;
      }
    /** A message of ours is in the outbox, from where it leaves only by `sent` or `failed`. Comes before the command
     * returns where the receiver is known; else when the server has told its key, or at once while offline, with the name
     * alone, and a second time with the peer when that is known. */
    | {
          readonly type: "queued";
          /** The command's. */
          readonly localId: number;
          readonly target: Target | { readonly to: "name"; readonly name: string };
          readonly body: MessageBody;
          readonly suite: SuiteInfo;
      }
    /** The server took it. */
    | {
          readonly type: "sent";
          readonly localId: number;
          readonly number: number;
          readonly suite: SuiteInfo;
          readonly timeMs: number;
          readonly sequence: bigint;
      }
    /** Private only: the receiver's client said, signed, that it has read it. */
    | { readonly type: "delivered"; readonly localId: number }
    /** Not sent. `code`: not-here, key-changed, text-invalid, offline, not-sent, yourself, or PROTOCOL.md section 8.
     * If it had been queued it can be tried again with `retry`. */
    | {
          readonly type: "failed";
          readonly localId: number;
          readonly target: Target | { readonly to: "name"; readonly name: string };
          readonly body: MessageBody;
          readonly code: string;
          readonly sentence: string;
      }
    /** Messages of the lobby that were posted and don't come. */
    | { readonly type: "missing"; readonly from: bigint; readonly to: bigint }
    | {
          readonly type: "presence";
          readonly joined: readonly Peer[];
          readonly left: readonly { readonly peer: Peer; readonly reason: string }[];
          readonly renamed: readonly { readonly before: string; readonly peer: Peer }[];
          readonly online: number;
          /** Further changes that the server only counted. */
          readonly more: number;
      }
    /** We have another name now. */
    | { readonly type: "renamed"; readonly before: string; readonly now: string }
    | {
          readonly type: "who";
          readonly people: readonly Peer[];
          readonly you: string;
          readonly isComplete: boolean;
      }
    | {
          readonly type: "peer";
          readonly peer: Peer;
          /** The key that was remembered for the name, if any. */
          readonly pinned?: string;
          readonly you: string;
          readonly isHere: boolean;
          readonly isIgnored: boolean;
          /** Whether this answers `verify`. */
          readonly isVerifying: boolean;
      }
    /** The user's word about a key was taken. Lines of that peer get its new standing. */
    | { readonly type: "pinned"; readonly peer: Peer }
    /** A name has another key than it had; nothing is sent to it until the user has answered. */
    | { readonly type: "key-changed"; readonly name: string; readonly before: string; readonly now: string }
    | { readonly type: "ignore"; readonly peer: Peer; readonly isIgnored: boolean }
    /** The suite of private messages. */
    | { readonly type: "suite"; readonly suite: SuiteInfo }
    /** A command that wasn't carried out, other than sending. */
    | { readonly type: "refused"; readonly code: string; readonly sentence: string };
