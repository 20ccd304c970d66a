/** Writes protobuf's own forms: varints, lengths, bytes. */

import type { Bytes } from "../suites/contract";
import { BYTES, VARINT } from "./wireReader";

const FIRST_BYTES = 256;

const utf8 = new TextEncoder();

export class WireWriter {
    #bytes = new Uint8Array(FIRST_BYTES);
    #at = 0;

    varint(number: number, value: bigint): void {
        this.#tag(number, VARINT);
        this.#varint(value);
    }

    part(number: number, bytes: Uint8Array): void {
        this.#tag(number, BYTES);
        this.#varint(BigInt(bytes.length));
        this.#need(bytes.length);
        this.#bytes.set(bytes, this.#at);
        this.#at += bytes.length;
    }

    text(number: number, text: string): void {
        this.part(number, utf8.encode(text));
    }

    /** A list of numbers, without their tags. */
    packed(number: number, values: readonly bigint[]): void {
        const inner = new WireWriter();
        for (const value of values) inner.#varint(value);
        this.part(number, inner.done());
    }

    done(): Bytes {
        return this.#bytes.slice(0, this.#at);
    }

    #tag(number: number, wireType: number): void {
        this.#varint(BigInt((number << 3) | wireType));
    }

    /** A negative value as its 64 bits. */
    #varint(value: bigint): void {
        this.#need(10);
        let rest = BigInt.asUintN(64, value);
        for (; rest > 0x7fn; rest >>= 7n) this.#bytes[this.#at++] = Number(rest & 0x7fn) | 0x80;
        this.#bytes[this.#at++] = Number(rest);
    }

    #need(length: number): void {
        if (this.#at + length <= this.#bytes.length) return;
        const grown = new Uint8Array(Math.max(2 * this.#bytes.length, this.#at + length));
        grown.set(this.#bytes);
        this.#bytes = grown;
    }
}
