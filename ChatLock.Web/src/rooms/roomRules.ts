/** Who may do what in a room, and what was done: the same for the server and for every client. A value. The owner may do
 * everything; an op everything but making or unmaking ops, and nothing against the owner or another op. Signatures are
 * roomActs.ts'. docs/PROTOCOL.md section 6a. */

import { toHex } from "../crypto/bytes";
import { FINGERPRINT_LENGTH } from "../identity/fingerprint";
import { peerKeyOf } from "../pins/peerKey";
import { RoomActKind, type RoomAct } from "../wire/generated/chatlock_pb";

/** Acts in force that a room keeps: bans, mutes, ops, topic, slow mode and what proves the rights behind them. */
export const ACTS_MAX = 100;

/** When a mute ends that has no end. */
export const UNTIL_UNMUTED = 2n ** 63n - 1n;

/** What is wrong with an act. */
export type ActProblem =
    | "none"
    /** Its number isn't the next one. */
    | "stale"
    /** Who does it hasn't the right, or it is about someone it can't be about. */
    | "not-allowed"
    /** As many acts in force as a room keeps. */
    | "too-many";

interface Rules {
    /** Who made the room; undefined: nobody owns it, and no act is allowed. */
    readonly owner: string | undefined;
    /** The number of the last act; the next one has one more. */
    readonly lastAct: bigint;
    /** Those in force by rising numbers, and those that gave their makers the right to them. */
    readonly inForce: readonly RoomAct[];
    /** Keys with an op's rights. */
    readonly ops: ReadonlySet<string>;
    /** Keys that can't enter. */
    readonly banned: ReadonlySet<string>;
    /** Keys that can't post, and until when: ms since 1970 by the server's clock, or UNTIL_UNMUTED. */
    readonly mutedUntilMs: ReadonlyMap<string, bigint>;
    /** Between two posts of a member who is neither owner nor op; 0: no such rule. */
    readonly slowModeSeconds: number;
    /** The last topic act, if there is a topic. */
    readonly topic: RoomAct | undefined;
}

/** Keys are fingerprints, 64 hexadecimal digits. */
export class RoomRules implements Rules {
    declare readonly owner: string | undefined;
    declare readonly lastAct: bigint;
    declare readonly inForce: readonly RoomAct[];
    declare readonly ops: ReadonlySet<string>;
    declare readonly banned: ReadonlySet<string>;
    declare readonly mutedUntilMs: ReadonlyMap<string, bigint>;
    declare readonly slowModeSeconds: number;
    declare readonly topic: RoomAct | undefined;

    private constructor(rules: Rules) {
        Object.assign(this, rules);
    }

    /** A room's rules before anything was done. */
    static of(owner: string | undefined): RoomRules {
        return new RoomRules({
            owner,
            lastAct: 0n,
            inForce: [],
            ops: new Set(),
            banned: new Set(),
            mutedUntilMs: new Map(),
            slowModeSeconds: 0,
            topic: undefined,
        });
    }

    /** The rules that a server tells someone who enters. Only acts that were allowed are in them.
     * @param owner as in the invite or, for an open room, as the server says.
     * @param acts by rising numbers; their signatures are the caller's to check.
     * @returns `refused`: the first act that wasn't allowed to who did it, or whose number doesn't rise. */
    static read(owner: string | undefined, acts: readonly RoomAct[], lastAct: bigint) {
        let [rules, refused]: [RoomRules, RoomAct | undefined] = [RoomRules.of(owner), undefined];
        for (const act of acts) {
            if (act.number > rules.lastAct && act.number <= lastAct && rules.#isAllowed(act))
                rules = rules.apply(act);
            else refused ??= act;
        }
        return { rules: rules.#with({ lastAct }), refused };
    }

    /** Whether a key may do anything here at all. An op who is banned can do nothing until the ban is over. */
    isModerator(key: string): boolean {
        return key === this.owner || (this.ops.has(key) && !this.banned.has(key));
    }

    /** @param nowUnixMs by the server's clock. */
    isMuted(key: string, nowUnixMs: bigint): boolean {
        const until = this.mutedUntilMs.get(key);
        return until !== undefined && nowUnixMs < until;
    }

    /** Whether a key may do this to another, or to nobody in particular. */
    mayDo(by: string, kind: RoomActKind, target: string | undefined): boolean {
        const isOwner = by === this.owner;
        if (!isOwner && !this.isModerator(by)) return false;
        if (target === undefined) return kind === RoomActKind.TOPIC || kind === RoomActKind.SLOW_MODE;
        // An op may lay the right down.
        if (target === this.owner || target === by)
            return kind === RoomActKind.DEOP && target === by && !isOwner;
        switch (kind) {
            case RoomActKind.OP:
            case RoomActKind.DEOP:
                return isOwner;
            case RoomActKind.KICK:
            case RoomActKind.BAN:
            case RoomActKind.MUTE:
                return isOwner || !this.ops.has(target);
            case RoomActKind.UNBAN:
            case RoomActKind.UNMUTE:
                return true;
            default:
                return false;
        }
    }

    /** What is wrong with the next act. It is well-formed and its signature good. */
    check(act: RoomAct): ActProblem {
        if (!this.#isAllowed(act)) return "not-allowed";
        if (act.number !== this.lastAct + 1n) return "stale";
        return this.apply(act).inForce.length > ACTS_MAX ? "too-many" : "none";
    }

    /** The rules after an act that `check` found nothing wrong with. */
    apply(act: RoomAct): RoomRules {
        const next = this.#with({ lastAct: act.number, inForce: [...this.inForce, act] });
        return next.#with(effectOf(next, act)).#pruned();
    }

    /** The rules as they are now: mutes that ran out are forgotten. @param nowUnixMs by the server's clock. */
    at(nowUnixMs: bigint): RoomRules {
        const left = [...this.mutedUntilMs].filter(([, until]) => until > nowUnixMs);
        return left.length === this.mutedUntilMs.size
            ? this
            : this.#with({ mutedUntilMs: new Map(left) }).#pruned();
    }

    /** After acts that have no effect here: refused ones have numbers too. */
    numbered(lastAct: bigint): RoomRules {
        return this.#with({ lastAct });
    }

    #isAllowed(act: RoomAct): boolean {
        return this.mayDo(peerKeyOf(act.by), act.kind, targetOf(act));
    }

    #with(change: Partial<Rules>): RoomRules {
        return new RoomRules({ ...this, ...change });
    }

    /** Leaves out what has no effect any more: the last act about each thing stays, if it says something; so do the ops'
     * appointments and dismissals as long as something of theirs is in force. */
    #pruned(): RoomRules {
        const last = new Map(this.inForce.map(act => [`${subjectOf(act.kind)} ${targetOf(act)}`, act]));
        const effective = new Set([...last.values()].filter(act => this.#isEffective(act)));
        const makers = new Set([...effective].map(act => peerKeyOf(act.by)).filter(by => by !== this.owner));
        const isProof = (act: RoomAct) =>
            subjectOf(act.kind) === RoomActKind.OP && makers.has(targetOf(act) ?? "");
        return this.#with({ inForce: this.inForce.filter(act => effective.has(act) || isProof(act)) });
    }

    #isEffective(act: RoomAct): boolean {
        const target = targetOf(act) ?? "";
        switch (act.kind) {
            case RoomActKind.BAN:
                return this.banned.has(target);
            case RoomActKind.MUTE:
                return this.mutedUntilMs.has(target);
            case RoomActKind.OP:
                return this.ops.has(target);
            case RoomActKind.TOPIC:
                return act === this.topic;
            case RoomActKind.SLOW_MODE:
                return act.seconds > 0;
            default:
                return false;
        }
    }
}

/** Whom an act is about; undefined where it is about nobody, or says it wrongly. */
export const targetOf = ({ target }: Pick<RoomAct, "target">): string | undefined =>
    target.length === FINGERPRINT_LENGTH ? toHex(target) : undefined;

function effectOf(rules: Rules, act: RoomAct): Partial<Rules> {
    const target = targetOf(act) ?? "";
    switch (act.kind) {
        case RoomActKind.BAN:
            return { banned: new Set(rules.banned).add(target) };
        case RoomActKind.UNBAN:
            return { banned: without(rules.banned, target) };
        case RoomActKind.MUTE:
            return { mutedUntilMs: new Map(rules.mutedUntilMs).set(target, muteEnd(act)) };
        case RoomActKind.UNMUTE:
            return { mutedUntilMs: new Map([...rules.mutedUntilMs].filter(([key]) => key !== target)) };
        case RoomActKind.OP:
            return { ops: new Set(rules.ops).add(target) };
        case RoomActKind.DEOP:
            return { ops: without(rules.ops, target) };
        case RoomActKind.TOPIC:
            return { topic: act.envelope.length === 0 ? undefined : act };
        case RoomActKind.SLOW_MODE:
            return { slowModeSeconds: act.seconds };
        default:
            return {};
    }
}

const muteEnd = ({ seconds, timeUnixMs }: RoomAct): bigint =>
    seconds === 0 ? UNTIL_UNMUTED : timeUnixMs + BigInt(seconds) * 1000n;

const without = (keys: ReadonlySet<string>, key: string): ReadonlySet<string> =>
    new Set([...keys].filter(other => other !== key));

/** Kinds that undo each other are about the same thing. */
function subjectOf(kind: RoomActKind): RoomActKind {
    switch (kind) {
        case RoomActKind.UNBAN:
            return RoomActKind.BAN;
        case RoomActKind.UNMUTE:
            return RoomActKind.MUTE;
        case RoomActKind.DEOP:
            return RoomActKind.OP;
        default:
            return kind;
    }
}
