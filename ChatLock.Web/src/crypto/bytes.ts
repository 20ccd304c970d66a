/** Bytes as this project handles them: every array has a buffer of its own, hex is lower case, numbers are big-endian. */

import type { Bytes } from "../suites/contract";

const encoder = new TextEncoder();
const hexDigits = Array.from({ length: 256 }, (_, value) => value.toString(16).padStart(2, "0"));

/** The parts one behind the other, as a copy. */
export function concat(...parts: readonly Uint8Array[]): Bytes {
    const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
    let at = 0;
    for (const part of parts) {
        all.set(part, at);
        at += part.length;
    }
    return all;
}

/** A copy with a buffer of its own, which nobody else can change. */
export function copyOf(bytes: Uint8Array): Bytes {
    return new Uint8Array(bytes);
}

/** UTF-8; a lone surrogate becomes U+FFFD. */
export function utf8(text: string): Bytes {
    return encoder.encode(text);
}

/** Same length and content. Not constant in time: for public values. */
export function equal(a: Uint8Array, b: Uint8Array): boolean {
    return a.length === b.length && a.every((value, i) => value === b[i]);
}

export function toHex(bytes: Uint8Array): string {
    let text = "";
    for (const value of bytes) text += hexDigits[value];
    return text;
}

/** Undefined when the text isn't pairs of hexadecimal digits, in either case. */
export function fromHex(text: string): Bytes | undefined {
    if (text.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(text)) return undefined;
    return Uint8Array.from({ length: text.length / 2 }, (_, i) =>
        Number.parseInt(text.slice(2 * i, 2 * i + 2), 16),
    );
}

/** The bytes as one unsigned number, the first byte the most significant; 0 for none. */
export function toBigInt(bytes: Uint8Array): bigint {
    return bytes.length === 0 ? 0n : BigInt(`0x${toHex(bytes)}`);
}

/** @throws RangeError when the value is negative or doesn't fit into `length` bytes. */
export function fromBigInt(value: bigint, length: number): Bytes {
    if (value < 0n || value >> BigInt(8 * length) !== 0n)
        throw new RangeError(`the number doesn't fit into ${length} bytes`);
    const bytes = new Uint8Array(length);
    let rest = value;
    for (let i = length - 1; i >= 0; i--) {
        bytes[i] = Number(rest & 0xffn);
        rest >>= 8n;
    }
    return bytes;
}

/** 8 bytes. @throws RangeError outside of 0 to 2^64 - 1. */
export function uint64(value: bigint): Bytes {
    return fromBigInt(value, 8);
}

/** 2 bytes. @throws RangeError outside of 0 to 65535. */
export function uint16(value: number): Bytes {
    return fromBigInt(BigInt(value), 2);
}
