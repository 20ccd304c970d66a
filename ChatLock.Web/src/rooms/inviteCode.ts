/** What lets someone into a sealed room: its secret, its suite and whose it is. It travels in the fragment of a link and is
 * never sent to a server. A checksum finds cut and altered ones; the owner's fingerprint is in it because the room's id binds
 * it, so that a server can't pass a room off as somebody else's. docs/PROTOCOL.md section 6a. */

import { fromBase64Url, toBase64Url } from "../crypto/base64";
import { concat, equal, uint16, utf8 } from "../crypto/bytes";
import { sha256 } from "../crypto/sha256";
import { FINGERPRINT_LENGTH } from "../identity/fingerprint";
import type { Bytes } from "../suites/contract";
import { ROOM_SECRET_LENGTH, sealedRoomOf } from "./roomId";

/** Length of a code: base64url without padding. */
export const INVITE_CHARACTERS = 95;

const VERSION = 1;
const SUITE_AT = 1;
const SECRET_AT = SUITE_AT + 2;
const OWNER_AT = SECRET_AT + ROOM_SECRET_LENGTH;
const CHECKSUM_AT = OWNER_AT + FINGERPRINT_LENGTH;
const CHECKSUM_LENGTH = 4;
const CHECKSUM_LABEL = utf8("ChatLock v1 invite\0");

export interface InviteCode {
    /** The suite's number. */
    readonly suite: number;
    /** 32 bytes; never to be shown or sent by itself. */
    readonly secret: Bytes;
    /** Fingerprint of who made the room, 32 bytes. */
    readonly owner: Bytes;
    /** The id of the room that it leads to. */
    readonly room: string;
    /** As it stands in a link. It holds the secret: for whom the user gives it to, and nobody else. */
    readonly code: string;
}

export type ParsedInvite =
    | { readonly ok: true; readonly invite: InviteCode }
    /** A sentence for people. */
    | { readonly ok: false; readonly sentence: string };

/** A new room's invite. @param suite below 65,536. @param secret 32 random bytes. @param owner 32 bytes. */
export async function inviteOf(suite: number, secret: Bytes, owner: Bytes): Promise<InviteCode> {
    const checked = concat(Uint8Array.of(VERSION), uint16(suite), secret, owner);
    const code = toBase64Url(concat(checked, await checksum(checked)));
    return { suite, secret, owner, room: await sealedRoomOf(suite, owner, secret), code };
}

/** @param text what stands after "room=", anything. */
export async function parseInvite(text: string): Promise<ParsedInvite> {
    if (text.length !== INVITE_CHARACTERS)
        return no(
            `That invite is not whole: its code has ${text.length} characters instead of ${INVITE_CHARACTERS}. Copy the link again.`,
        );
    const bytes = decode(text);
    if (!bytes || !equal(await checksum(bytes.slice(0, CHECKSUM_AT)), bytes.subarray(CHECKSUM_AT)))
        return no("That invite was altered on its way: its code doesn't add up. Copy the link again.");
    if (bytes[0] !== VERSION) return no("That invite is of a newer kind; it needs a newer client.");
    const suite = bytes[SUITE_AT]! * 256 + bytes[SUITE_AT + 1]!;
    const [secret, owner] = [bytes.slice(SECRET_AT, OWNER_AT), bytes.slice(OWNER_AT, CHECKSUM_AT)];
    const room = await sealedRoomOf(suite, owner, secret);
    return { ok: true, invite: { suite, secret, owner, room, code: text } };
}

/** Undefined for what isn't base64url in its one form. */
function decode(text: string): Bytes | undefined {
    if (!/^[A-Za-z0-9_-]+$/.test(text)) return undefined;
    const bytes = fromBase64Url(text);
    return bytes.length === CHECKSUM_AT + CHECKSUM_LENGTH && toBase64Url(bytes) === text ? bytes : undefined;
}

const checksum = async (bytes: Bytes): Promise<Bytes> =>
    (await sha256(concat(CHECKSUM_LABEL, bytes))).slice(0, CHECKSUM_LENGTH);

const no = (sentence: string): ParsedInvite => ({ ok: false, sentence });
