/** Lighthouse, which is larger than everything else here together: fetched into a folder of its own when it is asked for. */

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromiumPath } from "../e2e/harness/chromium";
import { Gateway } from "../e2e/harness/gateway";
import { chromiumArguments } from "../e2e/harness/visitor";
import { runs, type Table } from "./report";

const version = "13";
const times = 3;
const categories = ["performance", "accessibility", "best-practices"] as const;

interface Report {
    readonly lighthouseVersion: string;
    readonly categories: Record<
        string,
        { score: number; auditRefs: readonly { id: string; weight: number }[] }
    >;
    readonly audits: Record<string, { score: number | null; title: string; displayValue?: string }>;
}

export async function lighthouse(): Promise<readonly Table[]> {
    const program = install();
    const gateway = await Gateway.start();
    try {
        const mobile = repeat(() => run(program, gateway.page, []));
        const desktop = repeat(() => run(program, gateway.page, ["--preset=desktop"]));
        const score = (report: Report, category: string) => 100 * report.categories[category]!.score;
        return [
            {
                title: `Lighthouse ${mobile[0]!.lighthouseVersion}: median of ${times} (all)`,
                heads: ["", "desktop", "mobile", "target"],
                rows: categories.map(category => [
                    category,
                    runs(desktop.map(report => score(report, category))),
                    runs(mobile.map(report => score(report, category))),
                    category === "performance" ? "95" : "100",
                ]),
                remarks: [
                    `Below full marks, desktop: ${faults(desktop[0]!)}; mobile: ${faults(mobile[0]!)}.`,
                ],
            },
        ];
    } finally {
        await gateway.stop();
    }
}

const repeat = (once: () => Report) => Array.from({ length: times }, once);

function install(): string {
    const folder = join(tmpdir(), `chatlock-lighthouse-${version}`);
    const program = join(folder, "node_modules/lighthouse/cli/index.js");
    if (!existsSync(program)) {
        mkdirSync(folder, { recursive: true });
        const args = [
            "install",
            "--prefix",
            folder,
            "--no-audit",
            "--no-fund",
            "--no-save",
            `lighthouse@${version}`,
        ];
        execFileSync("npm", args, { stdio: ["ignore", "ignore", "inherit"] });
    }
    return program;
}

function run(program: string, url: string, more: readonly string[]): Report {
    const folder = mkdtempSync(join(tmpdir(), "chatlock-lighthouse-run-"));
    const file = join(folder, "report.json");
    const flags = ["--headless=new", ...chromiumArguments].join(" ");
    const args = [url, "--quiet", "--output=json", `--output-path=${file}`, `--chrome-flags=${flags}`];
    try {
        execFileSync(
            process.execPath,
            [
                program,
                ...args,
                `--only-categories=${categories.join(",")}`,
                "--no-enable-error-reporting",
                ...more,
            ],
            { env: { ...process.env, CHROME_PATH: chromiumPath()! }, stdio: ["ignore", "ignore", "inherit"] },
        );
        return JSON.parse(readFileSync(file, "utf8")) as Report;
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}

function faults(report: Report): string {
    const counted = Object.values(report.categories).flatMap(category => category.auditRefs);
    const below = [...new Set(counted.filter(({ weight }) => weight > 0).map(({ id }) => id))]
        .map(id => report.audits[id]!)
        .filter(({ score }) => score !== null && score < 1);
    return (
        below.map(({ title, displayValue }) => `${title} ${displayValue ?? ""}`.trim()).join(", ") || "none"
    );
}
