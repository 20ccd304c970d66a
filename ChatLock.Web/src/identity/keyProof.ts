/** Proof that a client holds its identity key: a signature over this connection's nonce. docs/PROTOCOL.md section 5. */

import { concat, uint64, utf8 } from "../crypto/bytes";
import { POINT_LENGTH } from "../crypto/p256";
import type { Bytes } from "../suites/contract";

/** In bytes. */
export const NONCE_LENGTH = 32;
export const SERVER_ID_LENGTH = 32;

const HELLO_LABEL = utf8("ChatLock v1 hello\0");
const SESSION_KEY_LABEL = utf8("ChatLock v1 session key\0");

/**
 * What a Hello's signature covers: label, nonce, server id, session key, name. All but the last part have a fixed length,
 * so no two inputs give the same bytes.
 * @param nonce 32 bytes, from this connection's Challenge. @param serverId 32 bytes, the same.
 * @param sessionKey 65 bytes. @param name as wanted, in UTF-8 here as on the wire.
 * @throws RangeError for another length.
 */
export function helloContext(nonce: Bytes, serverId: Bytes, sessionKey: Bytes, name: string): Bytes {
    requireLength("nonce", nonce, NONCE_LENGTH);
    requireLength("server id", serverId, SERVER_ID_LENGTH);
    requireLength("session key", sessionKey, POINT_LENGTH);
    return concat(HELLO_LABEL, nonce, serverId, sessionKey, utf8(name));
}

/**
 * What a session key's signature by its identity key covers: label, when it was made, the key.
 * @param madeUnixMs by its maker's clock; as 64 bits, whatever its sign. @param sessionKey 65 bytes, else RangeError.
 */
export function sessionKeyContext(madeUnixMs: bigint, sessionKey: Bytes): Bytes {
    requireLength("session key", sessionKey, POINT_LENGTH);
    return concat(SESSION_KEY_LABEL, uint64(BigInt.asUintN(64, madeUnixMs)), sessionKey);
}

function requireLength(what: string, bytes: Bytes, length: number): void {
    if (bytes.length !== length) throw new RangeError(`a ${what} has ${length} bytes, not ${bytes.length}`);
}
