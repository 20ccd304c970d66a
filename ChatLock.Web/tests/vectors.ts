/** The repository's vectors/ folder, one truth for all languages. */

import { appendFileSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import { fromHex } from "../src/crypto/bytes";
import type { Bytes } from "../src/suites/contract";

const folder = new URL("../../vectors/", import.meta.url);

export function readVectors(file: string): string {
    return readFileSync(fileURLToPath(new URL(file, folder)), "utf8");
}

/** A JSON vector file, of the type that its README describes. */
export function readJson<T>(file: string): T {
    return JSON.parse(readVectors(file)) as T;
}

/** Hex of a vector. */
export function bytes(hex: string): Bytes {
    const value = fromHex(hex);
    if (value === undefined) throw new Error(`not hex: ${hex}`);
    return value;
}

export interface WycheproofTest {
    readonly tcId: number;
    readonly result: "valid" | "invalid" | "acceptable";
}

/** The tests of a Wycheproof file, each with its group. */
export function wycheproof<Group, Test>(file: string): { group: Group; test: Test & WycheproofTest }[] {
    type File = { testGroups: (Group & { tests: (Test & WycheproofTest)[] })[] };
    return readJson<File>(file).testGroups.flatMap(group => group.tests.map(test => ({ group, test })));
}

export interface CavpRecord {
    /** The [section] above; "" where there is none. */
    readonly section: string;
    has(name: string): boolean;
    text(name: string): string;
    bytes(name: string): Bytes;
}

/** The records of a NIST CAVP file: "name = value" lines, blank lines between, [section] lines above. */
export function cavp(file: string): CavpRecord[] {
    const records: CavpRecord[] = [];
    let section = "";
    let values = new Map<string, string>();
    for (const line of [...readVectors(file).split(/\r?\n/), ""]) {
        const at = line.indexOf("=");
        if (line.startsWith("[") && at < 0) section = line.replace(/^\[|\]$/g, "");
        else if (at > 0 && !line.startsWith("#"))
            values.set(line.slice(0, at).trim(), line.slice(at + 1).trim());
        else if (line === "" && values.size > 0) {
            records.push(cavpRecord(section, values));
            values = new Map();
        }
    }
    return records;
}

function cavpRecord(section: string, values: ReadonlyMap<string, string>): CavpRecord {
    const text = (name: string): string => {
        const value = values.get(name);
        if (value === undefined) throw new Error(`a record without ${name}`);
        return value;
    };
    return { section, has: name => values.has(name), text, bytes: name => bytes(text(name)) };
}

/**
 * Tells how many cases of a file passed, so that this language can be compared with the other: a line to read, and with
 * CHATLOCK_VECTOR_COUNTS=FILE a line of JSON in FILE. Called once a file, after the last of its cases.
 */
export function passed(file: string, count: number, expected: number): void {
    expect(count, `cases of ${file}`).toBe(expected);
    console.log(`vectors ${file}: ${count} of ${expected}`);
    const counts = process.env["CHATLOCK_VECTOR_COUNTS"];
    if (counts) appendFileSync(counts, `${JSON.stringify({ side: "ts", file, passed: count })}\n`);
}
