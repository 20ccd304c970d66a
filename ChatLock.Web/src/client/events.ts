/** What happens in the client, in order. The same list as ChatLock.Client's ClientEvent (docs/TERMINAL.md section 5). */

import type { RoomKind } from "../rooms/roomId";
import type { SuiteInfo } from "../suites/contract";
import type { ActOnSomeone } from "./commands";

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
    | "bad-signature"
    | "cannot-decrypt"
    | "malformed"
    | "unknown-suite"
    | "wrong-suite"
    | "not-text"
    /** Its sender is muted or banned in the room, and the server let it through. */
    | "not-allowed";

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

/** Where a message goes or came: everyone in a room (undefined: the lobby), or one key. */
export type Target =
    { readonly to: "all"; readonly room?: string | undefined } | { readonly to: "peer"; readonly peer: Peer };

/** A room that we are in, as it is shown. */
export interface RoomView {
    /** As on the wire: "lobby", "#name", or "~" and 64 hexadecimal digits. What commands name it by. */
    readonly id: string;
    /** "#name", or what the invite calls a sealed room: foreign text. Two rooms may have the same. */
    readonly displayName: string;
    /** Whether its secret comes from the gateway (lobby, open) or from the invite (sealed). */
    readonly kind: RoomKind;
    readonly suite: SuiteInfo;
    /** Who made it; undefined: nobody owns it. In an open room, the gateway's word. */
    readonly owner: string | undefined;
    /** Foreign text; undefined: none, or none that could be read. */
    readonly topic: string | undefined;
    /** Who may do what, as keys. */
    readonly rules: RoomRulesView;
    /** The first page of the others in it. */
    readonly members: readonly Peer[];
    readonly away: readonly string[];
    /** All of them, us among them. */
    readonly memberCount: number;
    /** Whether its link can be shown: for a sealed room, in the tab where it was made or its invite was opened. */
    readonly canInvite: boolean;
}

/** A room's rules as they are shown; keys. */
export interface RoomRulesView {
    readonly ops: readonly string[];
    readonly banned: readonly string[];
    /** Until when, Unix ms by the server's clock; undefined until unmuted. */
    readonly muted: ReadonlyMap<string, number | undefined>;
    readonly slowModeSeconds: number;
}

/** An open room that somebody is in. */
export interface RoomListing {
    /** What commands name it by; "#name" is also what it is called. */
    readonly id: string;
    readonly memberCount: number;
    readonly suite: SuiteInfo;
    readonly isIn: boolean;
}

/** A sealed room whose key this browser has. */
export interface KnownRoom {
    readonly id: string;
    readonly displayName: string;
    readonly isIn: boolean;
}

export type ClientEvent =
    | { readonly type: "status"; readonly status: Status }
    /** Codes: open-lobby, lobby-weaker, lobby-unusable, server-pinned, replay-dropped, private-dropped, not-saved, bug,
     * older-key, open-room, room-insecure, room-unusable. `room`: where it belongs; undefined: the lobby. */
    | {
          readonly type: "notice";
          readonly code: string;
          readonly sentence: string;
          readonly isWarning: boolean;
          readonly room?: string | undefined;
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
          /** The session goes on: for the others we were never gone. */
          readonly isResumed: boolean;
          /** Those of `here` that have no connection at present, as keys. */
          readonly away: readonly string[];
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
          /** Undefined for the lobby, or if private. */
          readonly room?: string | undefined;
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
          readonly room?: string | undefined;
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
          /** What it waits for, where that isn't the connection; then the event comes again. */
          readonly why?: string | undefined;
      }
    /** The server took it: it is stored. */
    | {
          readonly type: "sent";
          readonly localId: number;
          readonly number: number;
          readonly suite: SuiteInfo;
          readonly timeMs: number;
          readonly sequence: bigint;
          /** Private only: the receiver is away and gets it when it is back. */
          readonly isWaiting: boolean;
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
    /** Messages that were posted and don't come. `from` and `to` 0n: the log began anew, and nobody knows how many there
     * were. */
    | {
          readonly type: "missing";
          readonly from: bigint;
          readonly to: bigint;
          readonly room?: string | undefined;
          /** Whether they were private messages to us. */
          readonly isPrivate: boolean;
      }
    | {
          readonly type: "presence";
          /** Undefined: the lobby, where everyone is. */
          readonly room?: string | undefined;
          readonly joined: readonly Peer[];
          readonly left: readonly { readonly peer: Peer; readonly reason: string }[];
          readonly renamed: readonly { readonly before: string; readonly peer: Peer }[];
          /** Who has had no connection for a while, and who has one again. */
          readonly away: readonly Peer[];
          readonly back: readonly Peer[];
          readonly online: number;
          /** Further changes that the server only counted. */
          readonly more: number;
      }
    /** In a room other than the lobby. `isAgain`: brought back after a reconnect; what was missed follows. */
    | { readonly type: "room-entered"; readonly room: RoomView; readonly isAgain: boolean }
    /** No longer in a room, or not back in it. `code`: left as we wished; kicked, banned, no-such-room ... (PROTOCOL.md
     * section 8). */
    | {
          readonly type: "room-left";
          readonly id: string;
          readonly displayName: string;
          readonly code: string;
          readonly sentence: string;
      }
    | {
          readonly type: "rooms-listed";
          readonly rooms: readonly RoomListing[];
          readonly known: readonly KnownRoom[];
          readonly isComplete: boolean;
      }
    /** Who is in a room, us among them. */
    | {
          readonly type: "members-listed";
          readonly room: string;
          readonly people: readonly Peer[];
          readonly away: readonly string[];
          readonly you: string;
          readonly isComplete: boolean;
      }
    /** Foreign text; undefined: none, or unreadable with the reason. */
    | {
          readonly type: "topic-changed";
          readonly room: string;
          readonly by: Peer;
          readonly topic: string | undefined;
          readonly isYou: boolean;
          readonly unreadable?: Unreadable | undefined;
          /** When, by the server's clock, Unix ms. */
          readonly timeMs: number;
      }
    /** The owner or an op of a room did something: signed, and within their rights. `seconds`: of a mute (0: until unmuted) or
     * of slow mode (0: off). */
    | {
          readonly type: "room-acted";
          readonly room: string;
          readonly by: Peer;
          readonly kind: ActOnSomeone | "slow-mode";
          /** Whom it is about; undefined with slow mode. */
          readonly target: Peer | undefined;
          readonly seconds: number;
          readonly isByYou: boolean;
          readonly isAboutYou: boolean;
          readonly timeMs: number;
      }
    /** Who may do what in a room now. */
    | {
          readonly type: "room-rules";
          readonly room: string;
          readonly rules: RoomRulesView;
          readonly topic: string | undefined;
      }
    /** Something was passed off as an act that isn't signed by who it names, or that they have no right to: it isn't applied.
     * Or something before it is missing: it is. `code`: bad-signature, not-allowed, acts-missing. */
    | {
          readonly type: "act-refused";
          readonly room: string;
          readonly by: Peer | undefined;
          readonly code: string;
          readonly sentence: string;
      }
    /** What leads into a room. The code of a sealed one holds its secret: only for those who may read everything there.
     * `code`: undefined for an open room, which is found by its name. */
    | {
          readonly type: "invite-shown";
          readonly room: string;
          readonly displayName: string;
          readonly code: string | undefined;
      }
    /** We have another name now. */
    | { readonly type: "renamed"; readonly before: string; readonly now: string }
    | {
          readonly type: "who";
          readonly people: readonly Peer[];
          readonly away: readonly string[];
          readonly you: string;
          readonly isComplete: boolean;
      }
    | {
          readonly type: "peer";
          readonly peer: Peer;
          /** The key that was remembered for the name, if any. */
          readonly pinned?: string;
          readonly you: string;
          /** Has a session, if not a connection at present. */
          readonly isHere: boolean;
          readonly isAway: boolean;
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
    /** A command that wasn't carried out, other than sending. `room`: the one that we are in already, with already-in. */
    | {
          readonly type: "refused";
          readonly code: string;
          readonly sentence: string;
          readonly room?: string;
      };
