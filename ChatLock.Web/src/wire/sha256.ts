/** SHA-256 (FIPS 180-4) without waiting, for what is public and needed at once: fingerprints of keys that frames carry.
 * Not constant in time. Secrets go through the platform (crypto/sha256.ts). */

import type { Bytes } from "../suites/contract";

export function sha256OfPublic(data: Uint8Array): Bytes {
    const blocks = padded(data);
    const hash = Uint32Array.from(INITIAL);
    const schedule = new Uint32Array(64);
    for (let at = 0; at < blocks.byteLength; at += BLOCK_BYTES) {
        extend(schedule, blocks, at);
        compress(hash, schedule);
    }
    const bytes = new Uint8Array(32);
    const view = new DataView(bytes.buffer);
    hash.forEach((word, index) => view.setUint32(4 * index, word));
    return bytes;
}

const BLOCK_BYTES = 64;

const PRIMES = firstPrimes(64);
const INITIAL = PRIMES.slice(0, 8).map(prime => fractionOf(Math.sqrt(prime)));
const ROUND = Uint32Array.from(PRIMES, prime => fractionOf(Math.cbrt(prime)));

/** The data, a 1 bit, zeros, and its length in bits. */
function padded(data: Uint8Array): DataView {
    const length = Math.ceil((data.length + 9) / BLOCK_BYTES) * BLOCK_BYTES;
    const bytes = new Uint8Array(length);
    bytes.set(data);
    bytes[data.length] = 0x80;
    const view = new DataView(bytes.buffer);
    view.setBigUint64(length - 8, BigInt(data.length) * 8n);
    return view;
}

function extend(schedule: Uint32Array, blocks: DataView, at: number): void {
    for (let t = 0; t < 16; t++) schedule[t] = blocks.getUint32(at + 4 * t);
    for (let t = 16; t < 64; t++) {
        const before15 = schedule[t - 15]!;
        const before2 = schedule[t - 2]!;
        const small0 = turn(before15, 7) ^ turn(before15, 18) ^ (before15 >>> 3);
        const small1 = turn(before2, 17) ^ turn(before2, 19) ^ (before2 >>> 10);
        schedule[t] = (schedule[t - 16]! + small0 + schedule[t - 7]! + small1) | 0;
    }
}

function compress(hash: Uint32Array, schedule: Uint32Array): void {
    let [a, b, c, d, e, f, g, h] = hash as unknown as Eight;
    for (let t = 0; t < 64; t++) {
        const big1 = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
        const choice = (e & f) ^ (~e & g);
        const first = (h + big1 + choice + ROUND[t]! + schedule[t]!) | 0;
        const big0 = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
        const majority = (a & b) ^ (a & c) ^ (b & c);
        [h, g, f, e] = [g, f, e, (d + first) | 0];
        [d, c, b, a] = [c, b, a, (first + big0 + majority) | 0];
    }
    [a, b, c, d, e, f, g, h].forEach((word, index) => (hash[index] = hash[index]! + word));
}

type Eight = [number, number, number, number, number, number, number, number];

const turn = (word: number, bits: number): number => (word >>> bits) | (word << (32 - bits));

/** The first 32 bits of the fraction. */
function fractionOf(root: number): number {
    return Math.floor((root - Math.floor(root)) * 2 ** 32) >>> 0;
}

function firstPrimes(count: number): number[] {
    const primes: number[] = [];
    for (let n = 2; primes.length < count; n++) if (primes.every(prime => n % prime !== 0)) primes.push(n);
    return primes;
}
