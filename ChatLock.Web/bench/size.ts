/** What a first visit costs to transfer, as the gateway sends it, and what the JavaScript is made of. */

import { request } from "node:http";
import { SourceMap } from "node:module";
import { launch, Visitor } from "../e2e/harness/visitor";
import { Gateway } from "../e2e/harness/gateway";
import { build } from "vite";
import { kilobytes, type Table } from "./report";

export async function size(): Promise<readonly Table[]> {
    return [await firstVisit(), await composition()];
}

// ---- over HTTP ----

const kinds = ["JavaScript", "CSS", "fonts", "the rest"] as const;
type Kind = (typeof kinds)[number];

function kindOf(path: string): Kind {
    if (path.endsWith(".js")) return "JavaScript";
    if (path.endsWith(".css")) return "CSS";
    return path.endsWith(".woff2") ? "fonts" : "the rest";
}

async function firstVisit(): Promise<Table> {
    const gateway = await Gateway.start();
    try {
        const paths = await pathsOfAVisit(gateway);
        const bytes = async (coding: string) => {
            const sums = new Map<Kind, number>(kinds.map(kind => [kind, 0]));
            for (const path of paths)
                sums.set(
                    kindOf(path),
                    sums.get(kindOf(path))! + (await bodyBytes(gateway.page + path, coding)),
                );
            return sums;
        };
        const [brotli, gzip, plain] = [await bytes("br"), await bytes("gzip"), await bytes("identity")];
        const row = (name: string, of: readonly Kind[]) => [
            name,
            ...[brotli, gzip, plain].map(sums =>
                kilobytes(of.reduce((sum, kind) => sum + sums.get(kind)!, 0)),
            ),
        ];
        return {
            title: "First visit, until the lobby is there: kB of bodies as sent",
            heads: ["", "brotli", "gzip", "not compressed"],
            rows: [
                ...kinds.map(kind => row(kind, [kind])),
                row("**JavaScript and CSS** (target: under 100)", ["JavaScript", "CSS"]),
            ],
            remarks: [`${paths.length} files: ${paths.join(", ")}`],
        };
    } finally {
        await gateway.stop();
    }
}

/** Everything that a new browser asks for until someone is in the lobby, each once. */
async function pathsOfAVisit(gateway: Gateway): Promise<string[]> {
    const browser = await launch();
    try {
        const visitor = await Visitor.open(browser, "about:blank");
        const paths = new Set<string>();
        visitor.page.context().on("request", asked => {
            const url = new URL(asked.url());
            if (url.origin === gateway.page) paths.add(url.pathname);
        });
        await visitor.page.goto(gateway.page);
        await visitor.choose("first");
        await visitor.composer.waitFor();
        await visitor.page.waitForLoadState("networkidle");
        return [...paths];
    } finally {
        await browser.close();
    }
}

function bodyBytes(url: string, coding: string): Promise<number> {
    return new Promise((resolve, reject) => {
        const asked = request(url, { headers: { "Accept-Encoding": coding } }, answer => {
            let bytes = 0;
            if (answer.statusCode !== 200) reject(new Error(`${url}: ${answer.statusCode}`));
            answer.on("data", (part: Buffer) => (bytes += part.length)).on("end", () => resolve(bytes));
        });
        asked.on("error", reject).end();
    });
}

// ---- of what ----

/** The minified entry by origin, from its source map. */
async function composition(): Promise<Table> {
    const built = await build({ logLevel: "silent", build: { sourcemap: "hidden", write: false } });
    if (!("output" in built)) throw new Error("Vite built something else than one page");
    const page = built.output.find(file => file.type === "chunk" && file.isEntry && file.name === "page");
    if (page?.type !== "chunk" || !page.map) throw new Error("the page's entry has no source map");
    const sums = new Map<string, number>();
    const map = new SourceMap({ ...page.map, file: page.map.file ?? "", sourceRoot: "" });
    page.code.split("\n").forEach((line, row) => {
        for (let column = 0; column < line.length; column++) {
            const entry = map.findEntry(row, column);
            const origin = "originalSource" in entry ? originOf(entry.originalSource) : "the bundler's own";
            sums.set(origin, (sums.get(origin) ?? 0) + 1);
        }
    });
    const rows = [...sums].sort(([, a], [, b]) => b - a);
    return {
        title: "What the page's entry is made of: kB, minified, not compressed",
        heads: ["", "kB", "share"],
        rows: rows.map(([origin, bytes]) => [
            origin,
            kilobytes(bytes),
            `${((100 * bytes) / page.code.length).toFixed(1)} %`,
        ]),
    };
}

/** The package, or the folder of ours. */
function originOf(source: string): string {
    const inPackage = /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules\/)/.exec(source);
    if (inPackage) return inPackage[1]!;
    const ours = /src\/(.+)\/[^/]+$/.exec(source)?.[1];
    if (ours === undefined) return "the bundler's own";
    return ours.startsWith("wire/generated") ? "src/wire/generated" : `src/${ours.split("/")[0]}`;
}
