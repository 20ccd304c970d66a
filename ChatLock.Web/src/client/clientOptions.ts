/** What a client is told before it starts. */

import { pageClock, type Cancel, type Clock } from "../connection/clock";
import type { OpenSocket } from "../connection/webSocketLink";
import type { SigningKey } from "../crypto/keys";
import { noShelf, type SessionKeyShelf } from "../identity/sessionKeys";
import type { PinStore } from "../pins/pinStore";
import { noRoomShelf, type RoomShelf } from "../rooms/roomShelf";
import type { ResumePoint } from "../session/clientSessionMessages";
import type { Bytes } from "../suites/contract";
import type { ClientListener } from "./client";
import { tabLockOf, type TabLock } from "./tabLock";

/** Where the gateway is, as the page that it served knows. */
export interface ServerPlace {
    /** ws or wss, with the path. */
    readonly url: string;
    /** As people read it: host and port. */
    readonly host: string;
    /** What the server's pin is kept under. */
    readonly origin: string;
}

export interface ClientOptions {
    readonly server: ServerPlace;
    readonly identity: SigningKey;
    readonly pins: PinStore;
    readonly listener: ClientListener;
    /** The name to ask for; undefined asks the user. */
    readonly name?: string | undefined;
    /** The server id of the invite link's fragment, 64 hexadecimal digits: another server isn't talked to. */
    readonly expectedServerId?: string | undefined;
    /** Where this tab stood before it was reloaded. */
    readonly resume?: ResumePoint | undefined;
    /** Where session keys outlive the page. */
    readonly sessionKeys?: SessionKeyShelf;
    /** Where sealed rooms' keys outlive it. */
    readonly rooms?: RoomShelf;
    readonly openSocket?: OpenSocket;
    readonly clock?: Clock;
    /** From 0 to below 1. */
    readonly random?: () => number;
    readonly randomBytes?: (length: number) => Bytes;
    /** Keeps one identity to one tab. */
    readonly tab?: TabLock;
    /** Calls when the page wakes up or the network is back; the answer ends it. */
    readonly wakeUps?: (wake: () => void) => Cancel;
}

/** The gateway that served this page. */
export const serverOf = ({ protocol, host, origin }: Location): ServerPlace => ({
    url: `${protocol === "https:" ? "wss:" : "ws:"}//${host}/ws`,
    host,
    origin,
});

/** With the page's own where nothing else was said. */
export const withDefaults = (options: ClientOptions): Required<ClientOptions> => ({
    openSocket: (url, subprotocol) => new WebSocket(url, subprotocol),
    clock: pageClock,
    random: Math.random,
    randomBytes: length => crypto.getRandomValues(new Uint8Array(length)),
    tab: tabLockOf(globalThis.navigator?.locks, options.identity),
    wakeUps: () => () => {},
    name: undefined,
    expectedServerId: undefined,
    resume: undefined,
    sessionKeys: noShelf,
    rooms: noRoomShelf,
    ...options,
});
