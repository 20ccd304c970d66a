import { describe, expect, test } from "vitest";
import { concat, equal } from "../../src/crypto/bytes";
import type { Bytes } from "../../src/suites/contract";
import { flawOf } from "../../src/suites/desKey";
import { bytes, type CavpRecord, cavp, passed, readJson, readVectors } from "../vectors";
import { type Cipher, type Direction, directionOf, library, traced, xor } from "./desRecords";

/** The official vectors for DES, weak keys included; CBC and CFB are built here, on the block cipher. */

const tables = ["invperm", "permop", "subtab", "varkey", "vartext"];
const tableCounts: Record<string, number> = {
    invperm: 128,
    permop: 64,
    subtab: 38,
    varkey: 112,
    vartext: 128,
};

describe.each(["ECB", "CBC"])("NIST's known answers in %s", mode => {
    test.each(tables)("%s, by the library and by the lab", table => {
        const file = `des/nist-kat/T${mode}${table}.rsp`;
        const records = cavp(file);
        for (const record of records) {
            checkMessage(record, "KEYs", library);
            checkMessage(record, "KEYs", traced);
        }
        passed(file, records.length, tableCounts[table] ?? 0);
    });
});

describe.each([8, 64])("NIST's known answers in CFB-%i", segmentBits => {
    test.each(tables)("%s, by the library", table => {
        const file = `des/nist-kat-cfb/TCFB${segmentBits}${table}.rsp`;
        const records = cavp(file);
        for (const record of records) {
            const { direction, from, to } = directionOf(record);
            const result = cfb(
                record.bytes("KEYs"),
                record.bytes("IV"),
                record.bytes(from),
                segmentBits / 8,
                direction,
            );
            expect(result).toEqual(record.bytes(to));
        }
        passed(file, records.length, tableCounts[table] ?? 0);
    });
});

test.each(["ECB", "CBC"])("NIST's multi-block messages in %s hold, by the library and by the lab", mode => {
    const file = `des/nist-mmt/T${mode}MMT1.rsp`;
    const records = cavp(file);
    for (const record of records) {
        checkMessage(record, "KEY1", library);
        checkMessage(record, "KEY1", traced);
    }
    passed(file, records.length, 20);
});

test("the vectors of NBS 500-20 hold, by the library and by the lab", () => {
    const file = "des/nbs-500-20/descert.dat";
    let run = 0;
    for (const line of readVectors(file).split("\n")) {
        const [key, plaintext, ciphertext, ...rest] = line.split(/\s+/).filter(Boolean);
        if (!key || !plaintext || !ciphertext || rest.length > 0) continue;
        for (const cipher of [library, traced]) {
            expect(cipher(bytes(key), bytes(plaintext), "encrypt")).toEqual(bytes(ciphertext));
            expect(cipher(bytes(key), bytes(ciphertext), "decrypt")).toEqual(bytes(plaintext));
        }
        run++;
    }
    passed(file, run, 171);
});

test("the weak and semi-weak keys encrypt as published and are refused for messages", () => {
    type Entry = Record<"key" | "pt" | "ct", string>;
    const file = readJson<{ weak: Entry[]; semiWeak: Entry[] }>("des/weak-keys.json");
    let run = 0;
    for (const [flaw, entries] of [["weak", file.weak] as const, ["semi-weak", file.semiWeak] as const]) {
        for (const { key, pt, ct } of entries) {
            expect(library(bytes(key), bytes(pt), "encrypt")).toEqual(bytes(ct));
            expect(traced(bytes(key), bytes(pt), "encrypt")).toEqual(bytes(ct));
            expect(flawOf(bytes(key))).toBe(flaw);
            expect(flawOf(bytes(key).map(value => value & 0xfe))).toBe(flaw);
            run++;
        }
    }
    passed("des/weak-keys.json", run, 16);
});

function checkMessage(record: CavpRecord, keyName: string, cipher: Cipher): void {
    const { direction, from, to } = directionOf(record);
    const [key, input] = [record.bytes(keyName), record.bytes(from)];
    let chain = record.has("IV") ? record.bytes("IV") : undefined;
    const result: Bytes[] = [];
    for (let at = 0; at < input.length; at += 8) {
        const block = input.slice(at, at + 8);
        const isEncrypting = direction === "encrypt";
        const output = cipher(key, isEncrypting && chain ? xor(block, chain) : block, direction);
        result.push(!isEncrypting && chain ? xor(output, chain) : output);
        if (chain) chain = isEncrypting ? output : block;
    }
    expect(equal(concat(...result), record.bytes(to)), `${record.section}, ${record.text("COUNT")}`).toBe(
        true,
    );
}

/** SP 800-38A section 6.3: the register is the last 64 bits of ciphertext. */
function cfb(key: Bytes, iv: Bytes, input: Bytes, segmentBytes: number, direction: Direction): Bytes {
    let register = iv;
    const result: Bytes[] = [];
    for (let at = 0; at < input.length; at += segmentBytes) {
        const segment = input.slice(at, at + segmentBytes);
        const output = xor(segment, library(key, register, "encrypt").slice(0, segmentBytes));
        result.push(output);
        register = concat(register, direction === "encrypt" ? output : segment).slice(segmentBytes);
    }
    return concat(...result);
}
