/** The length prefix that frames have on byte streams; WebSocket messages have none. docs/PROTOCOL.md section 2. */

import { concat } from "../crypto/bytes";

/** Length of the prefix, in bytes: an unsigned big-endian number. */
export const PREFIX_BYTES = 4;

export type FrameRead =
    | { readonly read: "complete"; readonly body: Uint8Array; readonly rest: Uint8Array }
    | { readonly read: "need-more" }
    /** A length of 0: malformed. */
    | { readonly read: "empty" }
    /** Decided from the four bytes alone: frame-too-large. */
    | { readonly read: "too-large" };

/** Takes one frame body from the front of `buffer`, if it is all there.
 * @param bodyMaxBytes longest body accepted, in bytes. */
export function readFrame(buffer: Uint8Array, bodyMaxBytes: number): FrameRead {
    if (buffer.length < PREFIX_BYTES) return { read: "need-more" };
    const length = new DataView(buffer.buffer, buffer.byteOffset).getUint32(0);
    if (length === 0) return { read: "empty" };
    if (length > bodyMaxBytes) return { read: "too-large" };
    const end = PREFIX_BYTES + length;
    return buffer.length < end
        ? { read: "need-more" }
        : { read: "complete", body: buffer.subarray(PREFIX_BYTES, end), rest: buffer.subarray(end) };
}

/** A body with its prefix. */
export function withPrefix(body: Uint8Array): Uint8Array {
    const prefix = new Uint8Array(PREFIX_BYTES);
    new DataView(prefix.buffer).setUint32(0, body.length);
    return concat(prefix, body);
}
