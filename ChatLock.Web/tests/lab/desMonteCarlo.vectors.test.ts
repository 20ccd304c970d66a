import { expect, test } from "vitest";
import type { Bytes } from "../../src/suites/contract";
import { blockCipher } from "../../src/suites/desEcb";
import { withOddParity } from "../../src/suites/desKey";
import { type CavpRecord, cavp, passed } from "../vectors";
import { directionOf, traced, xor } from "./desRecords";

/** SP 800-17 and -20: 10,000 blocks, each made of the one before; then the key is xored with the results. */
test.each(["ECB", "CBC"])("the Monte Carlo steps of NIST in %s hold", { timeout: 300_000 }, mode => {
    const file = `des/nist-mct/T${mode}Monte1.rsp`;
    const records = cavp(file);
    records.forEach((record, i) => {
        const result = monteCarlo(record, mode === "CBC");
        expect(result).toEqual(record.bytes(directionOf(record).to));
        const next = records[i + 1];
        if (next?.section === record.section)
            expect(next.bytes("KEY1")).toEqual(withOddParity(xor(record.bytes("KEY1"), result)));
    });
    passed(file, records.length, 800);
});

/** All blocks by the library; the last of each 10,000 by the lab too, which takes a hundred times as long. */
function monteCarlo(record: CavpRecord, isChained: boolean): Bytes {
    const { direction, from } = directionOf(record);
    const key = record.bytes("KEY1");
    const cipher = blockCipher(direction, key);
    let text = record.bytes(from);
    let chain = isChained ? record.bytes("IV") : new Uint8Array(8);
    let [input, output, result] = [text, text, text];
    for (let step = 0; step < 10_000; step++) {
        input = direction === "encrypt" ? xor(text, chain) : text;
        output = cipher(input);
        result = direction === "encrypt" ? output : xor(output, chain);
        if (!isChained) text = result;
        else [text, chain] = direction === "encrypt" ? [chain, result] : [result, text];
    }
    expect(traced(key, input, direction)).toEqual(output);
    return result;
}
