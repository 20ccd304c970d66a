import { create } from "../../../src/wire/codec";
import { peerKeyOf } from "../../../src/pins/peerKey";
import { RoomRules, type ActProblem } from "../../../src/rooms/roomRules";
import type { Init } from "../../../src/wire/codec";
import { RoomActKind, type Member, type Posted, type RoomAct } from "../../../src/wire/generated/chatlock_pb";
import { toHex } from "../../../src/crypto/bytes";
import { randomBytes } from "./scriptedPerson";

/** A room of the fake gateway: members by key, one numbered log of posts and acts. */
export class FakeRoom {
    readonly members = new Set<string>();
    readonly log: Posted[] = [];
    readonly #taken = new Map<string, bigint>();
    rules: RoomRules;
    epoch = 1n;
    nowMs = 1_000n;

    constructor(
        readonly id: string,
        readonly suite: number,
        readonly ownerKey: Uint8Array,
        readonly secret: Uint8Array = id.startsWith("~") ? new Uint8Array() : randomBytes(32),
    ) {
        this.rules = RoomRules.of(ownerKey.length > 0 ? peerKeyOf(ownerKey) : undefined);
    }

    get last(): bigint {
        return BigInt(this.log.length);
    }

    /** @param after what its reader has; undefined: begins at the end of the log. */
    info(after: bigint | undefined, here: readonly Member[]): Init<"RoomInfo"> {
        return {
            position: { room: this.id, epoch: this.epoch, sequence: after ?? this.last },
            suite: this.suite,
            openSecret: this.secret,
            memberCount: here.length,
            ownerKey: this.ownerKey,
            acts: [...this.rules.inForce],
            lastAct: this.rules.lastAct,
            here: [...here],
        };
    }

    /** What a reader missed, without its own posts. */
    missed(after: bigint, reader: string): readonly Posted[] {
        return this.log.filter(
            ({ position, from, act }) =>
                position!.sequence > after && (act !== undefined || peerKeyOf(from!.identityKey) !== reader),
        );
    }

    /** The number that a message has, and whether it is new. */
    post(from: Member, messageId: Uint8Array, envelope: Uint8Array): { posted: Posted; isNew: boolean } {
        const id = `${peerKeyOf(from.identityKey)} ${toHex(messageId)}`;
        const before = this.#taken.get(id);
        if (before !== undefined) return { posted: this.log[Number(before) - 1]!, isNew: false };
        const posted = this.#append({ from, messageId, envelope });
        this.#taken.set(id, posted.position!.sequence);
        return { posted, isNew: true };
    }

    act(from: Member, told: RoomAct): { problem: ActProblem; posted?: Posted } {
        const act = { ...told, timeUnixMs: ++this.nowMs };
        const problem = this.rules.check(act);
        if (problem !== "none") return { problem };
        this.rules = this.rules.apply(act);
        return { problem, posted: this.#append({ from, act }) };
    }

    /** Whether an act sends whom it is about out. */
    static expels({ kind }: RoomAct): boolean {
        return kind === RoomActKind.KICK || kind === RoomActKind.BAN;
    }

    #append(what: Init<"Posted">): Posted {
        const position = { room: this.id, epoch: this.epoch, sequence: this.last + 1n };
        const posted = create("Posted", { ...what, position, timeUnixMs: ++this.nowMs } as Init<"Posted">);
        this.log.push(posted);
        return posted;
    }
}
