/** The suites in Chromium, in the page's own origin. What runs there is built for this and isn't part of the page. */

import { build } from "vite";
import { Gateway } from "../e2e/harness/gateway";
import { launch, Visitor } from "../e2e/harness/visitor";
import type { Speed } from "./cryptographyInPage";
import type { Table } from "./report";

export async function cryptography(): Promise<readonly Table[]> {
    const script = await bundle();
    const gateway = await Gateway.start();
    const browser = await launch();
    try {
        const visitor = await Visitor.open(browser, gateway.page);
        // As a debugger's console runs it: the page's policy forbids every other way in.
        const speeds = (await visitor.page.evaluate(`${script};measured.measure()`)) as Speed[];
        return [
            {
                title: "A text of 200 bytes, encrypted and signed, verified and decrypted, in Chromium",
                heads: ["", "one at a time: µs", "a second", "8 under way: µs each", "a second"],
                rows: speeds.map(({ what, sequential, parallel }) => [
                    what,
                    `**${(1e6 / sequential).toFixed(0)}**`,
                    sequential.toFixed(0),
                    `**${(1e6 / parallel).toFixed(0)}**`,
                    parallel.toFixed(0),
                ]),
                remarks: ["Median of 5 rounds of half a second each, after a warm-up."],
            },
        ];
    } finally {
        await browser.close();
        await gateway.stop();
    }
}

async function bundle(): Promise<string> {
    const built = await build({
        configFile: false,
        logLevel: "silent",
        publicDir: false,
        build: {
            write: false,
            target: "es2022",
            lib: {
                entry: new URL("cryptographyInPage.ts", import.meta.url).pathname,
                formats: ["iife"],
                name: "measured",
            },
        },
    });
    const output = [built].flat().flatMap(one => ("output" in one ? one.output : []));
    const script = output.find(file => file.type === "chunk");
    if (script?.type !== "chunk") throw new Error("Vite built no script");
    return script.code;
}
