import { expect, test } from "vitest";
import { fromBase64, fromBase64Url, toBase64 } from "../../src/crypto/base64";
import {
    concat,
    copyOf,
    equal,
    fromBigInt,
    fromHex,
    toBigInt,
    toHex,
    uint16,
    uint64,
} from "../../src/crypto/bytes";

const all = Uint8Array.from({ length: 256 }, (_, i) => i);

test("hex goes there and back, in either case, and nothing else is hex", () => {
    expect(fromHex(toHex(all))).toEqual(all);
    expect(fromHex("0aFf")).toEqual(Uint8Array.of(10, 255));
    expect(fromHex("")).toEqual(new Uint8Array());
    for (const text of ["0", "0g", " 00", "0x00", "00\n", "٠٠"]) expect(fromHex(text)).toBeUndefined();
});

test("base64 goes there and back for every length, and nothing else is base64", () => {
    for (let length = 0; length <= 256; length++)
        expect(fromBase64(toBase64(all.slice(0, length)))).toEqual(all.slice(0, length));
    for (const text of ["A", "AAA", "A===", "AA-_", "AAAA ", "=AAA"])
        expect(fromBase64(text)).toBeUndefined();
});

test("base64url has its own two digits and no padding", () => {
    expect(fromBase64Url("-_8")).toEqual(Uint8Array.of(0xfb, 0xff));
    expect(() => fromBase64Url("A")).toThrow(TypeError);
    expect(() => fromBase64Url(undefined)).toThrow(TypeError);
});

test("numbers are big-endian and have to fit", () => {
    expect(toHex(uint64((1n << 64n) - 1n))).toBe("ffffffffffffffff");
    expect(toHex(uint64(0x0102030405060708n))).toBe("0102030405060708");
    expect(toHex(uint16(0x0102))).toBe("0102");
    expect(toBigInt(fromBigInt(2n ** 255n + 1n, 32))).toBe(2n ** 255n + 1n);
    expect(toBigInt(new Uint8Array())).toBe(0n);
    expect(() => uint64(1n << 64n)).toThrow(RangeError);
    expect(() => uint64(-1n)).toThrow(RangeError);
    expect(() => uint16(0x10000)).toThrow(RangeError);
});

test("equal is by length and content", () => {
    expect(equal(all, copyOf(all))).toBe(true);
    expect(equal(all, all.subarray(1))).toBe(false);
    expect(equal(Uint8Array.of(1, 2), Uint8Array.of(1, 3))).toBe(false);
    expect(equal(new Uint8Array(), new Uint8Array())).toBe(true);
});

test("what is joined is a copy", () => {
    const part = Uint8Array.of(1, 2);
    const joined = concat(part, new Uint8Array(), part);
    part.fill(9);
    expect(joined).toEqual(Uint8Array.of(1, 2, 1, 2));
});
