import { wordlist } from "@scure/bip39/wordlists/english.js";
import { expect, test } from "vitest";
import { toBigInt } from "../../src/crypto/bytes";
import {
    fingerprintGroups,
    fingerprintHex,
    fingerprintOf,
    fingerprintWords,
} from "../../src/identity/fingerprint";
import { bytes } from "../vectors";

const ALICE = bytes("81b2786414ae1d3d6340214f6d915c48d99e5fb4a954de9ba2247f9c72183d52");

test("a fingerprint is SHA-256 of the point", async () => {
    const point =
        "048412ead25102ce508847977c24f1d343dfc3fed155141bc12c970a1550901ab323e2a0bb6ef382b7ddecf528a5adbf1df6506245682eb85474665daa54259f24";
    expect(fingerprintHex(await fingerprintOf(bytes(point)))).toBe(fingerprintHex(ALICE));
});

test("groups are the whole fingerprint, four digits each", () => {
    expect(fingerprintGroups(ALICE)).toBe(
        "81b2 7864 14ae 1d3d 6340 214f 6d91 5c48 d99e 5fb4 a954 de9b a224 7f9c 7218 3d52",
    );
});

test("words are eleven bits each, from the first bit on", async () => {
    const words = await fingerprintWords(ALICE);
    expect(words).toHaveLength(12);
    const bits = ALICE.reduce((text, value) => text + value.toString(2).padStart(8, "0"), "");
    expect(words.map(word => wordlist.indexOf(word).toString(2).padStart(11, "0")).join("")).toBe(
        bits.slice(0, 132),
    );
});

test("the words of zeros and of ones are the list's ends", async () => {
    expect(await fingerprintWords(new Uint8Array(32))).toEqual(Array(12).fill("abandon"));
    expect(await fingerprintWords(new Uint8Array(32).fill(0xff))).toEqual(Array(12).fill("zoo"));
});

test("exactly the first 132 bits make a difference", async () => {
    const words = (await fingerprintWords(ALICE)).join(" ");
    for (let bit = 0; bit < 256; bit++) {
        const flipped = Uint8Array.from(ALICE);
        flipped[bit >> 3]! ^= 0x80 >> (bit & 7);
        expect(toBigInt(flipped)).not.toBe(toBigInt(ALICE));
        expect((await fingerprintWords(flipped)).join(" ") === words, `bit ${bit}`).toBe(bit >= 132);
    }
});

test("another length than 32 bytes is misuse", async () => {
    expect(() => fingerprintGroups(new Uint8Array(31))).toThrow(RangeError);
    expect(() => fingerprintHex(new Uint8Array(33))).toThrow(RangeError);
    await expect(fingerprintWords(new Uint8Array(17))).rejects.toThrow(RangeError);
});
