/** What a room is called on the wire: "lobby", "#name", or "~" and 64 hexadecimal digits. docs/PROTOCOL.md section 6a. */

import { concat, toHex, uint16, utf8 } from "../crypto/bytes";
import { sha256 } from "../crypto/sha256";
import { parseWord } from "../pins/peerName";
import type { Bytes } from "../suites/contract";

export type RoomKind =
    /** Everyone is in it, and nobody owns it. */
    | "lobby"
    /** Found by its name; its secret comes from the gateway. */
    | "open"
    /** Found by an invite; the server knows a hash of what the invite holds. */
    | "sealed";

export const LOBBY = "lobby";

/** Code points of an open room's name. */
export const ROOM_NAME_MAX_CHARACTERS = 32;

/** Of a room's secret, in bytes. */
export const ROOM_SECRET_LENGTH = 32;

const SEALED_ID = /^~[0-9a-f]{64}$/;
const FULL_OR_HALF_WIDTH = /[\uff00-\uffef]+/g;
const SEALED_LABEL = utf8("ChatLock v1 room id\0");

export type ParsedRoom =
    | { readonly ok: true; readonly room: string }
    /** A sentence for people. */
    | { readonly ok: false; readonly sentence: string };

/** An open room by the name that a user typed, with or without #. The server holds names to more (section 4); whatever it
 * doesn't take it refuses. */
export function openRoom(typed: string): ParsedRoom {
    const text = typed.startsWith("#") ? typed.slice(1) : typed;
    const ordinary = text.replace(FULL_OR_HALF_WIDTH, wide => wide.normalize("NFKC"));
    const parsed = parseWord(ordinary.toLowerCase(), ROOM_NAME_MAX_CHARACTERS);
    return parsed.ok ? { ok: true, room: `#${parsed.name}` } : parsed;
}

/** Undefined for what isn't exactly a room's id. */
export function roomKindOf(id: string): RoomKind | undefined {
    if (id === LOBBY) return "lobby";
    if (SEALED_ID.test(id)) return "sealed";
    const open = id.startsWith("#") ? openRoom(id) : undefined;
    return open?.ok && open.room === id ? "open" : undefined;
}

/** The id of a sealed room: a hash that binds its suite, its owner and its secret.
 * @param suite the suite's number. @param owner fingerprint, 32 bytes. @param secret 32 bytes. */
export async function sealedRoomOf(suite: number, owner: Bytes, secret: Bytes): Promise<string> {
    return `~${toHex(await sha256(concat(SEALED_LABEL, uint16(suite), owner, secret)))}`;
}
