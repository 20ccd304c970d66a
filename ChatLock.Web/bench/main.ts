/** `npm run bench -- [PART...] [--to FILE]`: how fast the built page is, against a gateway that is started for it. */

import { cpus, totalmem } from "node:os";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { chromiumPath, setup as findChromium } from "../e2e/harness/chromium";
import { arrival } from "./arrival";
import { cryptography } from "./cryptography";
import { lighthouse } from "./lighthouse";
import { asMarkdown, type Table } from "./report";
import { size } from "./size";
import { start } from "./start";

const parts: Record<string, () => Promise<readonly Table[]>> = {
    size,
    start,
    arrival,
    crypto: cryptography,
    lighthouse,
};

/** @returns the exit code: 1 when a part couldn't be measured. */
export async function main(args: readonly string[]): Promise<number> {
    const to = args.indexOf("--to");
    const file = to < 0 ? undefined : args[to + 1];
    const wanted = args.filter((_, at) => to < 0 || (at !== to && at !== to + 1));
    const unknown = wanted.find(part => !(part in parts));
    if (unknown !== undefined || (to >= 0 && file === undefined)) {
        console.error(`usage: npm run bench -- [${Object.keys(parts).join("|")}]... [--to FILE]`);
        return 1;
    }
    findChromium();
    const written = [machine()];
    console.log(written[0]);
    for (const part of wanted.length > 0 ? wanted : Object.keys(parts))
        for (const table of await parts[part]!()) {
            written.push(asMarkdown(table));
            console.log(`\n${written.at(-1)}`);
        }
    if (file !== undefined) writeFileSync(file, `${written.join("\n\n")}\n`);
    return 0;
}

function machine(): string {
    const chromium = execFileSync(chromiumPath()!, ["--version"], { encoding: "utf8" }).trim();
    const [{ model } = { model: "unknown" }] = cpus();
    const memory = Math.round(totalmem() / 1024 ** 3);
    return `${cpus().length} cores (${model}), ${memory} GiB, ${chromium}, Node.js ${process.versions.node}`;
}
