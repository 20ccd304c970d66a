/** What a key is addressed by everywhere in the page: its fingerprint in 64 lower-case hexadecimal digits. */

import { toHex } from "../crypto/bytes";
import { sha256OfPublic } from "../wire/sha256";

/** @param identityKey as a frame carries it, any bytes: doesn't check that the point is one. */
export const peerKeyOf = (identityKey: Uint8Array): string => toHex(sha256OfPublic(identityKey));
