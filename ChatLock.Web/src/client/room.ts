/** A room other than the lobby: how it stands, and what was done in it. Who may do what is checked here again, whatever the
 * server lets through. docs/PROTOCOL.md section 6a. */

import type { Secret } from "../crypto/hkdf";
import type { Attempt } from "../conversations/conversationCipher";
import type { RoomConversation } from "../conversations/roomConversation";
import { suiteInfoOf } from "../conversations/suiteInfo";
import { wireTimeMs } from "../conversations/wireTime";
import { peerKeyOf } from "../pins/peerKey";
import type { InviteCode } from "../rooms/inviteCode";
import { verifyAct } from "../rooms/roomActs";
import { roomKindOf, type RoomKind } from "../rooms/roomId";
import { RoomRules, targetOf, UNTIL_UNMUTED } from "../rooms/roomRules";
import { titleOf } from "../rooms/roomTitle";
import type { SuiteInfo } from "../suites/contract";
import { RoomActKind, type RoomAct, type RoomInfo } from "../wire/generated/chatlock_pb";
import { actNamed } from "./actNames";
import type { ClientEvent, Peer, RoomRulesView, RoomView } from "./events";
import type { PeerBook } from "./peerBook";
import { shortTopic } from "./topics";

export interface RoomTools {
    readonly emit: (event: ClientEvent) => void;
    readonly book: PeerBook;
    /** What someone is called whose key alone is told. */
    readonly nameOf: (key: string) => string;
}

/** What is known of a room before it is entered. */
export interface RoomOrigin {
    readonly id: string;
    /** What its maker calls it; undefined for an open one. */
    readonly name: string | undefined;
    /** Of a sealed one. */
    readonly secret: Secret | undefined;
    /** Whose it must be: the key that the invite names. */
    readonly owner: string | undefined;
    /** Only in the tab where it was made or its invite was opened. */
    readonly invite: InviteCode | undefined;
}

export class Room {
    readonly kind: RoomKind;
    isIn = false;
    /** Of its log. */
    epoch = 0n;
    rules = RoomRules.of(undefined);
    suite: SuiteInfo = suiteInfoOf(0);
    #topic: string | undefined;
    /** The rules as they were when the connection was lost: what was done since is checked against them. */
    #past: RoomRules | undefined;

    constructor(
        private readonly tools: RoomTools,
        readonly origin: RoomOrigin,
        readonly conversation: RoomConversation,
    ) {
        this.kind = roomKindOf(origin.id) ?? "open";
    }

    get id(): string {
        return this.origin.id;
    }

    get displayName(): string {
        return titleOf(this.origin.id, this.origin.name);
    }

    /** Whether the server tells of the room that the invite names. */
    isTheOne(info: RoomInfo): boolean {
        const { owner, invite } = this.origin;
        if (this.kind !== "sealed") return true;
        const isSuite = invite === undefined || invite.suite === info.suite;
        return isSuite && owner !== undefined && peerKeyOf(info.ownerKey) === owner;
    }

    /** In it, as the server tells it; what comes of it comes after this. @param isAgain after a reconnect, or a reload.
     * @param told once that was told. */
    enter(info: RoomInfo, isAgain: boolean, told: (view: RoomView) => void): void {
        const epoch = info.position?.epoch ?? 0n;
        const isSameLog = this.epoch === epoch;
        this.isIn = true;
        this.epoch = epoch;
        this.suite = suiteInfoOf(info.suite);
        const change = this.conversation.enter(info, this.origin.secret);
        const topic = info.acts.findLast(act => act.kind === RoomActKind.TOPIC);
        this.conversation.job(
            () => this.#verified(info.acts, topic),
            ({ signed, attempt }) => {
                this.#past = isAgain && isSameLog && this.rules.lastAct > 0n ? this.rules : undefined;
                const isGood = this.#read(info, signed);
                this.#topic =
                    attempt && this.rules.topic === topic ? this.#topicOf(attempt, false).text : undefined;
                const room = this.#view(info);
                this.tools.emit({ type: "room-entered", room, isAgain });
                told(room);
                if (!isGood) this.#notice("room-forged", FORGED);
                if (change === "unusable") this.#notice("room-unusable", UNUSABLE);
                else if (this.suite.insecure && !isAgain) this.#notice("room-weak", weak(this.suite));
            },
        );
    }

    leave(): void {
        this.isIn = false;
    }

    /** Something was done, in its place among the messages. */
    acted(act: RoomAct): void {
        const isTopic = act.kind === RoomActKind.TOPIC;
        this.conversation.job(
            () => this.#verified([act], isTopic ? act : undefined),
            ({ signed, attempt }) => this.#judge(act, signed.length === 1, attempt),
        );
    }

    /** We did something, and the server took it; our own acts aren't sent back to us. @param timeUnixMs the server's. */
    did(act: RoomAct, timeUnixMs: bigint): void {
        this.acted({ ...act, timeUnixMs });
    }

    // ---- checked ----

    async #verified(acts: readonly RoomAct[], topic: RoomAct | undefined) {
        const opening =
            topic && topic.envelope.length > 0
                ? this.conversation.openingTopic(topic.by, topic.envelope)
                : undefined;
        const good = await Promise.all(acts.map(act => verifyAct(this.id, this.epoch, act)));
        const attempt = await opening?.();
        return { signed: acts.filter((_, at) => good[at]), attempt };
    }

    /** The rules as the server tells them. @returns whether all of them may be. */
    #read({ acts, lastAct, ownerKey }: RoomInfo, signed: readonly RoomAct[]): boolean {
        const owner = this.origin.owner ?? (ownerKey.length > 0 ? peerKeyOf(ownerKey) : undefined);
        const { rules, isGood } = RoomRules.read(owner, signed, lastAct);
        this.rules = rules;
        return isGood && signed.length === acts.length;
    }

    #judge(act: RoomAct, isSigned: boolean, attempt: Attempt | undefined): void {
        if (!isSigned) return this.#refuse(act, "bad-signature", NOT_SIGNED);
        if (act.number <= this.rules.lastAct) return this.#onPast(act, attempt);
        const problem = this.rules.check(act);
        if (problem === "none") {
            this.rules = this.rules.apply(act);
            this.#tell(act, attempt, true);
            this.tools.emit({ type: "room-rules", room: this.id, rules: viewOf(this.rules) });
        } else {
            this.rules = this.rules.numbered(act.number);
            this.#refuse(act, "not-allowed", problem === "stale" ? ONE_MISSING : NO_RIGHT);
        }
    }

    /** Done while we were away: the rules that we were told at our return have it in them already. */
    #onPast(act: RoomAct, attempt: Attempt | undefined): void {
        if (this.#past && act.number <= this.#past.lastAct) return; // we have seen it
        const problem = this.#past?.check(act) ?? "stale";
        if (problem === "not-allowed") return this.#refuse(act, "not-allowed", NO_RIGHT);
        this.#past = problem === "none" ? this.#past?.apply(act) : undefined;
        // Without the rules of then, an op of then who is none now can't be told from an impostor; nothing of it is in force.
        if (problem === "none" || this.rules.isModerator(peerKeyOf(act.by))) this.#tell(act, attempt, false);
    }

    // ---- told ----

    #tell(act: RoomAct, attempt: Attempt | undefined, isLive: boolean): void {
        const { emit, book } = this.tools;
        const [by, timeMs] = [this.#peer(peerKeyOf(act.by)), wireTimeMs(act.timeUnixMs)];
        const isByYou = book.isYou(by.key);
        if (act.kind === RoomActKind.TOPIC) {
            const { text, unreadable } = attempt ? this.#topicOf(attempt, isLive) : NO_TOPIC;
            if (isLive) this.#topic = text;
            const told = { topic: text, isYou: isByYou, unreadable, timeMs };
            return emit({ type: "topic-changed", room: this.id, by, ...told });
        }
        const key = targetOf(act);
        emit({
            type: "room-acted",
            room: this.id,
            by,
            kind: actNamed(act.kind),
            target: key === undefined ? undefined : this.#peer(key),
            seconds: act.seconds,
            isByYou,
            isAboutYou: key !== undefined && book.isYou(key),
            timeMs,
        });
    }

    #topicOf(attempt: Attempt, isLive: boolean) {
        const result = this.conversation.judgeTopic(attempt, isLive);
        if (result.is === "read" && result.content.is === "text")
            return { text: shortTopic(result.content.body.text), unreadable: undefined };
        return { text: undefined, unreadable: result.is === "gap" ? result.reason : ("malformed" as const) };
    }

    #refuse(act: RoomAct, code: string, sentence: string): void {
        const by = act.by.length > 0 ? this.#peer(peerKeyOf(act.by)) : undefined;
        this.tools.emit({ type: "act-refused", room: this.id, by, code, sentence });
    }

    #notice(code: string, sentence: string): void {
        this.tools.emit({ type: "notice", code, sentence, isWarning: true, room: this.id });
    }

    #peer(key: string): Peer {
        return this.tools.book.peerOf({ name: this.tools.nameOf(key), key });
    }

    #view(info: RoomInfo): RoomView {
        const { book } = this.tools;
        const members = info.here.map(member => ({ who: book.meet(member), isAway: member.away }));
        const others = members.filter(({ who }) => !book.isYou(who.key));
        return {
            id: this.id,
            displayName: this.displayName,
            kind: this.kind,
            suite: this.suite,
            owner: this.rules.owner,
            topic: this.#topic,
            rules: viewOf(this.rules),
            members: others.map(({ who }) => book.peerOf(who)),
            away: others.filter(({ isAway }) => isAway).map(({ who }) => who.key),
            memberCount: info.memberCount,
            canInvite: this.kind === "open" || this.origin.invite !== undefined,
        };
    }
}

const viewOf = (rules: RoomRules): RoomRulesView => ({
    ops: [...rules.ops],
    banned: [...rules.banned],
    muted: new Map(
        [...rules.mutedUntilMs].map(([key, until]) => [
            key,
            until === UNTIL_UNMUTED ? undefined : wireTimeMs(until),
        ]),
    ),
    slowModeSeconds: rules.slowModeSeconds,
});

const NO_TOPIC = { text: undefined, unreadable: undefined };

const UNUSABLE =
    "This room is encrypted in a way that this version doesn't know: nothing can be said or read there. A newer client can.";

const weak = ({ label, name }: SuiteInfo): string =>
    `${label}: this room's suite is ${name}; anyone who listens can read it within a day.`;

const NOT_SIGNED =
    "The server told of something done in this room that isn't signed by whoever it names. It was ignored; somebody may be in between.";

const NO_RIGHT =
    "The server told of something done in this room by someone who has no right to it. It was ignored.";

const ONE_MISSING =
    "The server told of something done in this room, but not of what was done before it. It was ignored.";

const FORGED =
    "Not all that the server says was done in this room is signed by someone who may do it. The rest was ignored; somebody may be in between.";
