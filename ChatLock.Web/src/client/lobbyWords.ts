/** How the lobby is encrypted, in words: said when it is entered for the first time, and when it changed. */

import type { RoomChange } from "../conversations/roomCipher";
import type { SuiteInfo } from "../suites/contract";
import type { ClientEvent } from "./events";

type Notice = Extract<ClientEvent, { type: "notice" }>;

/** @param said the suite that was told of last. @returns undefined when all is as it was. */
export function lobbyNotice(
    change: RoomChange,
    suite: SuiteInfo,
    said: number | undefined,
): Notice | undefined {
    const { insecure, label, name } = suite;
    if (change === "unusable") return notice("lobby-unusable", UNUSABLE, true);
    if (change === "weaker" && said !== undefined) return notice("lobby-weaker", weaker(label, name), true);
    if (said === suite.id) return undefined;
    return notice("open-lobby", insecure ? readable(label, name) : OPEN, insecure);
}

const notice = (code: string, sentence: string, isWarning: boolean): Notice => ({
    type: "notice",
    code,
    sentence,
    isWarning,
});

const UNUSABLE =
    "The lobby is encrypted in a way that this version doesn't know: nothing can be said or read there. A newer client can.";

const OPEN =
    "The lobby is open: its key comes from the gateway, which could read it. Private messages are sealed.";

const weaker = (label: string, name: string): string =>
    `The lobby is ${label} now (${name}); before, it was not. Nothing typed before was sent.`;

const readable = (label: string, name: string): string =>
    `${label}: the lobby's suite is ${name}; anyone who listens can read it within a day. Private messages are sealed.`;
