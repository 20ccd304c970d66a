/** What happens in rooms, in words. */

import type { ClientEvent } from "../../client/events";

type Acted = Extract<ClientEvent, { type: "room-acted" }>;
type TopicChanged = Extract<ClientEvent, { type: "topic-changed" }>;
type Missing = Extract<ClientEvent, { type: "missing" }>;

export function actSentence({ by, kind, target, seconds, isByYou, isAboutYou }: Acted): string {
    const who = isByYou ? "You" : by.name;
    const whom = isAboutYou ? (isByYou ? "yourself" : "you") : (target?.name ?? "someone");
    switch (kind) {
        case "kick":
            return `${who} sent ${whom} out.`;
        case "ban":
            return `${who} banned ${whom}.`;
        case "unban":
            return `${who} lifted the ban on ${whom}.`;
        case "mute":
            return `${who} muted ${whom} ${seconds === 0 ? "until further notice" : `for ${spanOf(seconds)}`}.`;
        case "unmute":
            return `${who} let ${whom} speak again.`;
        case "op":
            return `${who} made ${whom} an op: ${isAboutYou ? "you" : "they"} may send out, ban and mute.`;
        case "deop":
            return isByYou && isAboutYou
                ? "You are no longer an op."
                : `${who} took the op's rights from ${whom}.`;
        case "slow-mode":
            return seconds === 0
                ? `${who} ended slow mode.`
                : `${who} turned slow mode on: one message of each in ${spanOf(seconds)}.`;
    }
}

export function topicSentence({ by, topic, isYou, unreadable }: TopicChanged): string {
    const who = isYou ? "You" : by.name;
    if (unreadable) return `${who} changed the topic to something that can't be read here.`;
    return topic === undefined ? `${who} took the topic away.` : `${who} changed the topic to: ${topic}`;
}

/** @param place "the lobby", "Garden". */
export function missingSentence({ from, to, isPrivate }: Missing, place: string): string {
    const what = isPrivate ? "private message" : "message";
    const where = isPrivate ? "" : ` of ${place}`;
    if (to === 0n)
        return isPrivate
            ? "Private messages may be missing here: the server's record of them began anew."
            : `Messages${where} may be missing here: the server's record of it began anew, and nobody knows how many there were.`;
    const count = to - from + 1n;
    return count === 1n
        ? `A ${what}${where} is missing here: the server doesn't have it any more.`
        : `${count} ${what}s${where} are missing here: the server doesn't have them any more.`;
}

/** "10 minutes", "90 seconds". */
export function spanOf(seconds: number): string {
    for (const [unit, name] of units)
        if (seconds % unit === 0 && seconds >= unit) {
            const count = seconds / unit;
            return `${count} ${name}${count === 1 ? "" : "s"}`;
        }
    return `${seconds} seconds`;
}

const units: readonly (readonly [number, string])[] = [
    [24 * 3600, "day"],
    [3600, "hour"],
    [60, "minute"],
    [1, "second"],
];
