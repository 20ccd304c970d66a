/** The signature and the form of an act of moderation. Who may do what is in roomRules.ts. docs/PROTOCOL.md section 6a. */

import { concat, copyOf, fromBigInt, uint64, utf8 } from "../crypto/bytes";
import { importVerifyingKey } from "../crypto/signing";
import { POINT_LENGTH } from "../crypto/p256";
import { FINGERPRINT_LENGTH } from "../identity/fingerprint";
import type { Bytes } from "../suites/contract";
import { RoomActKind, type RoomAct } from "../wire/generated/chatlock_pb";
import { sha256OfPublic } from "../wire/sha256";

/** Longest mute or slow mode, in seconds: a week. */
export const ACT_SECONDS_MAX = 7 * 24 * 3600;

const LABEL = utf8("ChatLock v1 room act\0");

/** What is signed of an act. */
export type ActBody = Pick<RoomAct, "kind" | "number" | "target" | "seconds" | "envelope" | "by">;

/**
 * The bytes that an act's signature covers: label, SHA-256 of the room's id, epoch (8), number (8), kind (1), fingerprint of
 * who does it, target (32 zeros if there is none), seconds (4), SHA-256 of the envelope.
 * @param epoch of the room's log: an act of a room that was there before under the same name isn't one of this.
 */
export function actContext(room: string, epoch: bigint, act: ActBody): Bytes {
    const target = act.target.length === 0 ? new Uint8Array(FINGERPRINT_LENGTH) : act.target;
    return concat(
        ...[LABEL, sha256OfPublic(utf8(room)), uint64(epoch), uint64(act.number), Uint8Array.of(act.kind)],
        ...[sha256OfPublic(act.by), target, fromBigInt(BigInt(act.seconds), 4)],
        sha256OfPublic(act.envelope),
    );
}

/** Whether target, seconds and envelope are where they belong and nowhere else. */
export function isWellFormed(act: ActBody): boolean {
    const [hasTarget, isSilent] = [act.target.length === FINGERPRINT_LENGTH, act.envelope.length === 0];
    if (act.by.length !== POINT_LENGTH || act.number === 0n) return false;
    switch (act.kind) {
        case RoomActKind.MUTE:
            return hasTarget && act.seconds <= ACT_SECONDS_MAX && isSilent;
        case RoomActKind.KICK:
        case RoomActKind.BAN:
        case RoomActKind.UNBAN:
        case RoomActKind.UNMUTE:
        case RoomActKind.OP:
        case RoomActKind.DEOP:
            return hasTarget && act.seconds === 0 && isSilent;
        case RoomActKind.TOPIC:
            return act.target.length === 0 && act.seconds === 0;
        case RoomActKind.SLOW_MODE:
            return act.target.length === 0 && act.seconds <= ACT_SECONDS_MAX && isSilent;
        default:
            return false;
    }
}

/** Whether the act is well-formed and signed by the key that it names. Any bytes are answered. */
export async function verifyAct(room: string, epoch: bigint, act: RoomAct): Promise<boolean> {
    if (!isWellFormed(act)) return false;
    const key = await importVerifyingKey(act.by);
    return key !== undefined && key.verify(actContext(room, epoch, act), copyOf(act.signature));
}
