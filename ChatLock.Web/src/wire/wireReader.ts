/** Reads protobuf's own forms: varints, lengths, and what is to be skipped. Throws `Malformed` for what is none of them. */

/** Bytes that aren't protobuf; caught where a frame is decoded. */
export class Malformed extends Error {}

export const VARINT = 0;
export const FIXED64 = 1;
export const BYTES = 2;
export const GROUP = 3;
export const GROUP_END = 4;
export const FIXED32 = 5;

/** Longest varint, in bytes. */
const VARINT_BYTES_MAX = 10;

/** Groups within groups that are skipped; no frame has any. */
const GROUPS_MAX = 64;

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export class WireReader {
    #at = 0;

    constructor(private readonly bytes: Uint8Array) {}

    get isAtEnd(): boolean {
        return this.#at >= this.bytes.length;
    }

    /** The number and the wire type of the field that follows. */
    tag(): readonly [number: number, wireType: number] {
        const tag = this.uint32();
        if (tag >>> 3 === 0) throw new Malformed();
        return [tag >>> 3, tag & 7];
    }

    /** The lowest 32 bits, unsigned. */
    uint32(): number {
        return this.#varint()[0];
    }

    /** Unsigned. */
    uint64(): bigint {
        const [low, high] = this.#varint();
        return high === 0 ? BigInt(low) : (BigInt(high) << 32n) | BigInt(low);
    }

    /** Whether any of the 64 bits is set. */
    bool(): boolean {
        const [low, high] = this.#varint();
        return low !== 0 || high !== 0;
    }

    /** What has a length, as a view into the whole. */
    part(): Uint8Array {
        const length = this.uint32();
        if (length > this.bytes.length - this.#at) throw new Malformed();
        return this.bytes.subarray(this.#at, (this.#at += length));
    }

    text(): string {
        try {
            return utf8.decode(this.part());
        } catch (thrown) {
            throw thrown instanceof TypeError ? new Malformed() : thrown;
        }
    }

    /** Goes past a field that isn't known. */
    skip(number: number, wireType: number, depth = 0): void {
        switch (wireType) {
            case VARINT:
                this.#varint();
                return;
            case FIXED64:
                return this.#past(8);
            case BYTES:
                this.part();
                return;
            case GROUP:
                return this.#skipGroup(number, depth);
            case FIXED32:
                return this.#past(4);
            default:
                throw new Malformed();
        }
    }

    #skipGroup(number: number, depth: number): void {
        if (depth >= GROUPS_MAX) throw new Malformed();
        for (;;) {
            const [inner, wireType] = this.tag();
            if (wireType !== GROUP_END) this.skip(inner, wireType, depth + 1);
            else if (inner === number) return;
            else throw new Malformed();
        }
    }

    #past(length: number): void {
        if (length > this.bytes.length - this.#at) throw new Malformed();
        this.#at += length;
    }

    /** 64 bits as two halves, both unsigned. */
    #varint(): readonly [low: number, high: number] {
        let [low, high] = [0, 0];
        for (let count = 0; count < VARINT_BYTES_MAX; count++) {
            const byte = this.bytes[this.#at++];
            if (byte === undefined) throw new Malformed();
            const bits = byte & 0x7f;
            const shift = 7 * count;
            if (shift < 32) low |= bits << shift;
            if (shift > 28) high |= bits << (shift - 32);
            else if (shift === 28) high |= bits >>> 4;
            if (byte < 0x80) return [low >>> 0, high >>> 0];
        }
        throw new Malformed();
    }
}
