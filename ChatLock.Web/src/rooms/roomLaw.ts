/** A room's rules as one of its members follows them, act by act, and our own acts on their way. A value. The rules are
 * roomRules.ts, as the server has them too; signatures are checked before. Own acts come through the log like everyone's and
 * are answered as well, in either order; whichever is first counts. One whose answer a cut connection took is sent again as it
 * was: then it is stale, or it is taken now. */

import { equal, fromHex } from "../crypto/bytes";
import { create } from "../wire/codec";
import {
    RefusalCode,
    RoomActKind,
    type Refused,
    type Reply,
    type RoomAct,
} from "../wire/generated/chatlock_pb";
import type { ActWish, CheckedAct, LawEffect, LawInput, OwnAct } from "./roomLawMessages";
import { ACTS_MAX, RoomRules, targetOf } from "./roomRules";

/** Acts of ours that may wait. */
export const WISHES_MAX = 16;

/** Tries of one act that the server found too late or asked to repeat. */
export const ACT_TRIES_MAX = 8;

/** Acts of others that wait for the answer to one of ours. */
export const HELD_ACTS_MAX = ACTS_MAX;

/** How long the act may take to come that was before ours. */
export const OVERTAKER_MS = 2_000;

const LONGEST_WAIT_MS = 30_000;

/** An act that came before ours, with a smaller number, was answered. */
interface HeldAct {
    readonly act: RoomAct;
    readonly sequence: bigint;
}

export interface RoomLaw {
    /** Our own key, 65 bytes. */
    readonly selfKey: Uint8Array;
    readonly rules: RoomRules;
    readonly epoch: bigint;
    /** As the server told them last; what follows in the log may lead there. */
    readonly told: RoomRules;
    /** Where in the log an act stands, for those that came through it. */
    readonly standsAt: ReadonlyMap<bigint, bigint>;
    readonly wishes: readonly ActWish[];
    readonly own: OwnAct | undefined;
    readonly held: readonly HeldAct[];
    readonly tries: number;
    readonly isOnline: boolean;
    /** Why our act isn't on its way: somebody else's was first and hasn't come yet (or it is our own, whose answer was lost), or
     * the server asked to try again later. */
    readonly pausing: "none" | "stale" | "later";
}

export const newRoomLaw = (selfKey: Uint8Array): RoomLaw => ({
    selfKey,
    rules: RoomRules.of(undefined),
    epoch: 0n,
    told: RoomRules.of(undefined),
    standsAt: new Map(),
    wishes: [],
    own: undefined,
    held: [],
    tries: 0,
    isOnline: false,
    pausing: "none",
});

export interface LawStep {
    readonly next: RoomLaw;
    readonly effects: readonly LawEffect[];
}

export function onLawInput(law: RoomLaw, input: LawInput): LawStep {
    const effects: LawEffect[] = [];
    const next = pump(apply(law, input, effects), effects);
    return { next, effects };
}

/** Keeps our act as it was signed, for sending it again when its fate is unknown.
 * @returns undefined where it isn't wanted any more. */
export const withSigned = (law: RoomLaw, own: OwnAct, act: RoomAct): RoomLaw | undefined =>
    law.own === own ? { ...law, own: { ...own, act } } : undefined;

/** The act that a wish comes to, without envelope and signature. */
export const unsignedAct = (
    { selfKey }: RoomLaw,
    { kind, target, seconds }: ActWish,
    number: bigint,
): RoomAct =>
    create("RoomAct", {
        ...{ kind, number, seconds, by: selfKey },
        target: target === undefined ? new Uint8Array() : fromHex(target)!,
    });

/** Whether a post counts: its sender wasn't banned or muted when it was posted.
 * @param timeUnixMs by the server's clock. @param sequence its number in the log. */
export function mayPost(
    { rules, standsAt }: RoomLaw,
    sender: string,
    timeUnixMs: bigint,
    sequence: bigint,
): boolean {
    const isAfter = (kind: RoomActKind): boolean => {
        const last = rules.inForce.findLast(act => act.kind === kind && targetOf(act) === sender);
        if (!last) return false;
        const at = standsAt.get(last.number);
        return at === undefined ? timeUnixMs >= last.timeUnixMs : sequence > at;
    };
    const isBanned = rules.banned.has(sender) && isAfter(RoomActKind.BAN);
    return !isBanned && !(rules.isMuted(sender, timeUnixMs) && isAfter(RoomActKind.MUTE));
}

function apply(law: RoomLaw, input: LawInput, effects: LawEffect[]): RoomLaw {
    switch (input.type) {
        case "entered":
            return onEntered(law, input, effects);
        case "came":
            return onCame(law, input.checked, input.sequence, effects);
        case "missed":
            return law.told.lastAct > law.rules.lastAct ? { ...law, rules: law.told } : law;
        case "wish":
            return onWish(law, input.wish, effects);
        case "replied":
            return law.own?.act ? onReplied(law, law.own.act, input.reply, effects) : law;
        case "overdue":
            return onOverdue(law, effects);
        case "offline":
            return { ...law, isOnline: false, pausing: "none" };
        case "close":
            return onClose(law, input.sentence, effects);
    }
}

/** Sends the next wish. */
function pump(law: RoomLaw, effects: LawEffect[]): RoomLaw {
    const [wish] = law.wishes;
    if (!law.isOnline || law.own || !wish) return law;
    const own = { wish, act: undefined, number: law.rules.lastAct + 1n };
    effects.push({ type: "sign", own });
    return { ...law, own };
}

function onEntered(law: RoomLaw, entered: LawInput & { type: "entered" }, effects: LawEffect[]): RoomLaw {
    const { owner, epoch, acts, lastAct, isAgain } = entered;
    for (const { act, isGenuine } of acts)
        if (!isGenuine) effects.push({ type: "refused", act, fault: "bad-signature" });
    const genuine = acts.filter(({ isGenuine }) => isGenuine).map(({ act }) => act);
    const { rules: told, refused } = RoomRules.read(owner, genuine, lastAct);
    if (refused) effects.push({ type: "refused", act: refused, fault: "not-allowed" });
    const isSameLog = epoch === law.epoch;
    const goesOn = isAgain && isSameLog && owner === law.rules.owner && law.rules.lastAct <= lastAct;
    const entering: RoomLaw = { ...law, isOnline: true, pausing: "none", epoch, told };
    const next = goesOn
        ? entering
        : { ...entering, rules: told, standsAt: new Map<bigint, bigint>(), held: [] };
    const act = next.own?.act;
    // Not signed yet, or for a log that isn't there any more: once more.
    if (!act || !isSameLog) return { ...next, own: undefined };
    effects.push({ type: "send", act });
    return next;
}

function onCame(
    law: RoomLaw,
    { act, isGenuine }: CheckedAct,
    sequence: bigint,
    effects: LawEffect[],
): RoomLaw {
    if (!isGenuine) {
        effects.push({ type: "refused", act, fault: "bad-signature" });
        return law;
    }
    const { own } = law;
    if (own?.act && isSame(own.act, act)) return done(law, act, sequence, effects);
    if (act.number <= law.rules.lastAct) return law; // known already
    const isNextOurs = own?.act !== undefined && own.number === law.rules.lastAct + 1n;
    if (isNextOurs && act.number > own.number && law.held.length < HELD_ACTS_MAX)
        return { ...law, held: [...law.held, { act, sequence }] };
    const next = follow(law, act, sequence, effects);
    return next.pausing !== "none" && next.own && next.own.number <= next.rules.lastAct
        ? caughtUp({ ...next, own: undefined, pausing: "none" }, effects)
        : next;
}

/** Only we sign with our key, so this is what we wanted, perhaps as it was signed in an earlier try. */
const isSame = (own: RoomAct, act: RoomAct): boolean =>
    own.number === act.number &&
    own.kind === act.kind &&
    own.seconds === act.seconds &&
    equal(own.target, act.target) &&
    equal(own.by, act.by);

/** Applies an act of somebody else's with a number above the last one. */
function follow(before: RoomLaw, act: RoomAct, sequence: bigint, effects: LawEffect[]): RoomLaw {
    let law = before;
    if (act.number > law.rules.lastAct + 1n) {
        if (law.told.lastAct > law.rules.lastAct && law.told.lastAct >= act.number - 1n)
            law = { ...law, rules: law.told };
        else effects.push({ type: "refused", act, fault: "acts-missing" });
        if (act.number <= law.rules.lastAct) return law;
    }
    if (law.rules.check(act) === "not-allowed") {
        effects.push({ type: "refused", act, fault: "not-allowed" });
        return { ...law, rules: law.rules.numbered(act.number) };
    }
    return inForce(law, act, sequence, effects);
}

function inForce(law: RoomLaw, act: RoomAct, sequence: bigint, effects: LawEffect[]): RoomLaw {
    effects.push({ type: "acted", act });
    const rules = law.rules.at(act.timeUnixMs).apply(act);
    const kept = new Set(rules.inForce.map(({ number }) => number));
    const stands = [...law.standsAt, [act.number, sequence] as const];
    return { ...law, rules, standsAt: new Map(stands.filter(([number]) => kept.has(number))) };
}

function onWish(law: RoomLaw, wish: ActWish, effects: LawEffect[]): RoomLaw {
    const problem = problemOf(law, wish);
    if (!problem) return { ...law, wishes: [...law.wishes, wish] };
    effects.push({ type: "failed", ...problem });
    return law;
}

function problemOf(law: RoomLaw, wish: ActWish): { code: RefusalCode; sentence: string } | undefined {
    if (law.wishes.length >= WISHES_MAX) return TOO_MUCH_WAITS;
    switch (law.rules.check(unsignedAct(law, wish, law.rules.lastAct + 1n))) {
        case "not-allowed":
            return NOT_ALLOWED;
        case "too-many":
            return TOO_MANY;
        default:
            return undefined;
    }
}

function onReplied(law: RoomLaw, act: RoomAct, { result }: Reply, effects: LawEffect[]): RoomLaw {
    if (result.case === "accepted") {
        const { sequence, timeUnixMs } = result.value;
        return done(law, { ...act, timeUnixMs }, sequence, effects);
    }
    const refused = result.case === "refused" ? result.value : SENSELESS;
    const { code, sentence, retryAfterMs } = refused;
    const isStale = code === RefusalCode.STALE_ACT;
    if ((!isStale && retryAfterMs === 0) || law.tries + 1 >= ACT_TRIES_MAX) {
        effects.push({ type: "failed", code, sentence });
        return caughtUp({ ...law, own: undefined, tries: 0, wishes: law.wishes.slice(1) }, effects);
    }
    const next = { ...law, tries: law.tries + 1 };
    // What was before ours is known: again, with the next number.
    if (isStale && law.rules.lastAct >= act.number) return caughtUp({ ...next, own: undefined }, effects);
    const waitMs = isStale ? OVERTAKER_MS : retryAfterMs;
    effects.push({ type: "wake-after", delayMs: Math.min(waitMs, LONGEST_WAIT_MS) });
    return { ...next, pausing: isStale ? "stale" : "later" };
}

function onOverdue(law: RoomLaw, effects: LawEffect[]): RoomLaw {
    if (law.pausing === "stale") return caughtUp({ ...law, own: undefined, pausing: "none" }, effects);
    if (law.pausing === "later" && law.own?.act) effects.push({ type: "send", act: law.own.act });
    return { ...law, pausing: "none" };
}

function done(law: RoomLaw, act: RoomAct, sequence: bigint, effects: LawEffect[]): RoomLaw {
    const next: RoomLaw = {
        ...law,
        ...{ own: undefined, tries: 0, pausing: "none", wishes: law.wishes.slice(1) },
    };
    return caughtUp(act.number > law.rules.lastAct ? inForce(next, act, sequence, effects) : next, effects);
}

/** What waited for our act is applied. */
function caughtUp(law: RoomLaw, effects: LawEffect[]): RoomLaw {
    return law.held.reduce<RoomLaw>(
        (next, { act, sequence }) =>
            act.number > next.rules.lastAct ? follow(next, act, sequence, effects) : next,
        { ...law, held: [] },
    );
}

function onClose(law: RoomLaw, sentence: string, effects: LawEffect[]): RoomLaw {
    for (const _ of law.wishes) effects.push({ type: "failed", code: RefusalCode.UNSPECIFIED, sentence });
    return { ...law, wishes: [], own: undefined, isOnline: false };
}

const TOO_MUCH_WAITS = {
    code: RefusalCode.TOO_FAST,
    sentence: "Too much waits to be done in that room already.",
};

const NOT_ALLOWED = { code: RefusalCode.NOT_ALLOWED, sentence: "You may not do that in this room." };

const TOO_MANY = {
    code: RefusalCode.ROOM_FULL,
    sentence: "Too many are banned, muted or opped in that room already.",
};

const SENSELESS: Pick<Refused, "code" | "sentence" | "retryAfterMs"> = {
    code: RefusalCode.UNSPECIFIED,
    sentence: "The server's answer makes no sense.",
    retryAfterMs: 0,
};
