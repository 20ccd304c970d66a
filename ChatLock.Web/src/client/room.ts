/** A room other than the lobby: how it stands, what is done in it, and what we do in it. Who may do what is checked here again
 * (rooms/roomLaw.ts), whatever the server lets through. docs/PROTOCOL.md section 6a. */

import { refusalName } from "../codes/codeNames";
import type { Clock } from "../connection/clock";
import { OWN_QUEUE_FULL } from "../conversations/conversation";
import type { Secret } from "../crypto/hkdf";
import type { SigningKey } from "../crypto/keys";
import type { RoomConversation } from "../conversations/roomConversation";
import { suiteInfoOf } from "../conversations/suiteInfo";
import { wireTimeMs } from "../conversations/wireTime";
import { peerKeyOf } from "../pins/peerKey";
import type { InviteCode } from "../rooms/inviteCode";
import { actContext, verifyAct } from "../rooms/roomActs";
import { roomKindOf, type RoomKind } from "../rooms/roomId";
import { mayPost, newRoomLaw, onLawInput, unsignedAct, withSigned } from "../rooms/roomLaw";
import type { ActFault, ActWish, LawEffect, LawInput, OwnAct } from "../rooms/roomLawMessages";
import { targetOf, UNTIL_UNMUTED, type RoomRules } from "../rooms/roomRules";
import { titleOf } from "../rooms/roomTitle";
import type { SuiteInfo } from "../suites/contract";
import { clientFrame } from "../wire/frames";
import { RefusalCode, RoomActKind, type RoomAct, type RoomInfo } from "../wire/generated/chatlock_pb";
import { actNamed } from "./actNames";
import type { ClientEvent, Peer, RoomRulesView, RoomView, Unreadable } from "./events";
import type { Desk } from "./lookUp";
import type { Mailbox } from "./mailbox";
import type { PeerBook } from "./peerBook";
import { shortTopic } from "./topics";

export interface RoomTools {
    readonly emit: (event: ClientEvent) => void;
    readonly book: PeerBook;
    readonly desk: Desk;
    readonly identity: SigningKey;
    readonly mailbox: Mailbox;
    readonly clock: Clock;
    /** What someone is called whose key alone is told. */
    readonly nameOf: (key: string) => string;
    /** Why something that the user wanted isn't done. */
    readonly refused: (why: { readonly code: string; readonly sentence: string }) => void;
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

/** A topic's text, or why it can't be read. */
interface ReadTopic {
    readonly text: string | undefined;
    readonly unreadable?: Unreadable;
}

export class Room {
    readonly kind: RoomKind;
    isIn = false;
    suite: SuiteInfo = suiteInfoOf(0);
    #law;
    /** By envelope, which an act and its copies share. */
    readonly #topics = new WeakMap<Uint8Array, ReadTopic>();
    /** What the user was told. */
    #shownRules: RoomRules | undefined;
    #saidHowItIs = false;

    constructor(
        private readonly tools: RoomTools,
        readonly origin: RoomOrigin,
        readonly conversation: RoomConversation,
    ) {
        this.kind = roomKindOf(origin.id) ?? "open";
        this.#law = newRoomLaw(tools.identity.point);
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
        const { ownerKey, lastAct } = info;
        this.isIn = true;
        this.suite = suiteInfoOf(info.suite);
        const change = this.conversation.enter(info, this.origin.secret);
        this.conversation.job(
            () => Promise.all(info.acts.map(act => this.#check(act, epoch))),
            checked => {
                for (const { act, attempt } of checked) this.#readTopic(act, attempt, false);
                const owner = ownerKey.length > 0 ? peerKeyOf(ownerKey) : undefined;
                const effects = this.#step({
                    type: "entered",
                    ...{ owner, epoch, acts: checked, lastAct, isAgain },
                });
                this.#shownRules = this.#law.rules;
                const room = this.#view(info);
                this.tools.emit({ type: "room-entered", room, isAgain });
                told(room);
                this.#sayHowItIs(change === "unusable");
                this.#perform(effects);
            },
        );
    }

    /** Nothing of it comes for a while. */
    offline(): void {
        this.#feed({ type: "offline" });
    }

    /** Out of it: what waits is handed back. */
    leave(sentence: string): void {
        this.isIn = false;
        this.#feed({ type: "close", sentence });
        this.conversation.close(sentence);
    }

    /** Something was done, in its place among the messages. */
    acted(act: RoomAct, sequence: bigint): void {
        this.conversation.job(
            () => this.#check(act, this.#law.epoch),
            ({ isGenuine, attempt }) => {
                this.#readTopic(act, attempt, true);
                this.#feed({ type: "came", checked: { act, isGenuine }, sequence });
            },
        );
    }

    /** Messages and acts won't come. */
    missed(): void {
        this.#feed({ type: "missed" });
    }

    /** Does something as owner or op, or says why not. */
    do(wish: ActWish): void {
        this.#feed({ type: "wish", wish });
    }

    /** Whether what someone said counts. @param timeMs by the server's clock. @param sequence its number in the log. */
    mayPost(key: string, timeMs: number, sequence: bigint): boolean {
        return mayPost(this.#law, key, BigInt(timeMs), sequence);
    }

    // ---- what is done ----

    async #check(act: RoomAct, epoch: bigint) {
        const isTopic = act.kind === RoomActKind.TOPIC && act.envelope.length > 0;
        const opening = isTopic ? this.conversation.openingTopic(act.by, act.envelope) : undefined;
        const [isGenuine, attempt] = await Promise.all([verifyAct(this.id, epoch, act), opening?.()]);
        return { act, isGenuine, attempt };
    }

    #readTopic(
        act: RoomAct,
        attempt: Parameters<RoomConversation["judgeTopic"]>[0] | undefined,
        isLive: boolean,
    ): void {
        if (!attempt) return;
        const result = this.conversation.judgeTopic(attempt, isLive);
        const topic: ReadTopic =
            result.is === "read" && result.content.is === "text"
                ? { text: shortTopic(result.content.body.text) }
                : { text: undefined, unreadable: result.is === "gap" ? result.reason : "malformed" };
        this.#topics.set(act.envelope, topic);
    }

    #feed(input: LawInput): void {
        this.#perform(this.#step(input));
    }

    #step(input: LawInput): readonly LawEffect[] {
        const { next, effects } = onLawInput(this.#law, input);
        this.#law = next;
        return effects;
    }

    #perform(effects: readonly LawEffect[]): void {
        for (const effect of effects) this.#carryOut(effect);
        const { rules } = this.#law;
        if (!this.isIn || rules === this.#shownRules) return;
        this.#shownRules = rules;
        const topic = this.#topicOf(rules.topic).text;
        this.tools.emit({ type: "room-rules", room: this.id, rules: viewOf(rules), topic });
    }

    #carryOut(effect: LawEffect): void {
        const { clock, mailbox } = this.tools;
        switch (effect.type) {
            case "sign":
                return mailbox.pipe(this.#signed(effect.own), act => this.#onSigned(effect.own, act));
            case "send":
                return this.#send(effect.act);
            case "wake-after":
                clock.after(effect.delayMs, () => mailbox.post(() => this.#feed({ type: "overdue" })));
                return;
            case "acted":
                return this.#tell(effect.act);
            case "refused":
                return this.#refuse(effect.act, effect.fault);
            case "failed": {
                const isUnsent = effect.code === RefusalCode.UNSPECIFIED;
                const code = isUnsent ? "not-sent" : refusalName(effect.code);
                return this.tools.refused({ code, sentence: effect.sentence });
            }
        }
    }

    async #signed({ wish, number }: OwnAct): Promise<RoomAct> {
        const { epoch } = this.#law;
        const act = unsignedAct(this.#law, wish, number);
        if (wish.kind === RoomActKind.TOPIC && wish.topic !== "") {
            act.envelope = await this.conversation.sealTopic(wish.topic);
            this.#topics.set(act.envelope, { text: wish.topic });
        }
        act.signature = await this.tools.identity.sign(actContext(this.id, epoch, act));
        return act;
    }

    #onSigned(own: OwnAct, act: RoomAct): void {
        const kept = withSigned(this.#law, own, act);
        if (!kept) return;
        this.#law = kept;
        this.#send(act);
    }

    #send(act: RoomAct): void {
        const frame = clientFrame({ case: "moderate", value: { room: this.id, act } });
        this.tools.desk.ask(frame, answer => {
            if (answer.is === "replied") this.#feed({ type: "replied", reply: answer.reply });
            else if (answer.is === "not-sent" && this.tools.desk.isOnline)
                this.#feed({ type: "replied", reply: OWN_QUEUE_FULL });
            // Whatever has no answer waits for the return.
        });
    }

    // ---- what is told ----

    #tell(act: RoomAct): void {
        const { emit, book } = this.tools;
        const [by, timeMs] = [this.#peer(peerKeyOf(act.by)), wireTimeMs(act.timeUnixMs)];
        const isByYou = book.isYou(by.key);
        if (act.kind === RoomActKind.TOPIC) {
            const { text: topic, unreadable } = this.#topicOf(act);
            return emit({
                type: "topic-changed",
                room: this.id,
                ...{ by, topic, isYou: isByYou, unreadable, timeMs },
            });
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

    #topicOf(act: RoomAct | undefined): ReadTopic {
        return (act && this.#topics.get(act.envelope)) ?? { text: undefined };
    }

    #refuse(act: RoomAct, code: ActFault): void {
        const by = act.by.length > 0 ? this.#peer(peerKeyOf(act.by)) : undefined;
        this.tools.emit({ type: "act-refused", room: this.id, by, code, sentence: faults[code] });
    }

    /** Once, and whenever it is worse than that. */
    #sayHowItIs(isUnusable: boolean): void {
        const { label, name, insecure } = this.suite;
        if (isUnusable) this.#notice("room-unusable", UNUSABLE, true);
        else if (insecure && !this.#saidHowItIs) this.#notice("room-insecure", readable(label, name), true);
        if (this.kind === "open" && !this.#saidHowItIs) this.#notice("open-room", OPEN, false);
        this.#saidHowItIs = true;
    }

    #notice(code: string, sentence: string, isWarning: boolean): void {
        this.tools.emit({ type: "notice", code, sentence, isWarning, room: this.id });
    }

    #peer(key: string): Peer {
        return this.tools.book.peerOf({ name: this.tools.nameOf(key), key });
    }

    #view(info: RoomInfo): RoomView {
        const { book } = this.tools;
        const members = info.here.map(member => ({ who: book.meet(member), isAway: member.away }));
        const others = members.filter(({ who }) => !book.isYou(who.key));
        const { rules } = this.#law;
        return {
            id: this.id,
            displayName: this.displayName,
            kind: this.kind,
            suite: this.suite,
            owner: rules.owner,
            topic: this.#topicOf(rules.topic).text,
            rules: viewOf(rules),
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

const faults: Readonly<Record<ActFault, string>> = {
    "bad-signature": "It isn't signed by whom it names; it doesn't count. It may be forged.",
    "not-allowed": "Who did it has no right to; it doesn't count.",
    "acts-missing":
        "Earlier acts of the room's owner didn't reach you; who may do what there isn't known for sure.",
};

const OPEN =
    "This room is open: its key and its owner are the gateway's word, which could read it. Rooms by invite are sealed.";

const UNUSABLE =
    "This room is encrypted in a way that this version doesn't know: nothing can be said or read there. A newer client can.";

const readable = (label: string, name: string): string =>
    `${label}: this room is encrypted as ${name}; anyone who listens can read it within a day.`;
