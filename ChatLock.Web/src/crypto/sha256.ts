/** SHA-256 (FIPS 180-4). */

import type { Bytes } from "../suites/contract";
import { subtle } from "./platform";

/** In bytes. */
export const HASH_LENGTH = 32;

export async function sha256(data: Bytes): Promise<Bytes> {
    return new Uint8Array(await subtle.digest("SHA-256", data));
}
