/** From navigation to the name prompt: how soon the page is of use. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type BrowserContext, type Page } from "playwright-core";
import { chromiumPath } from "../e2e/harness/chromium";
import { Gateway } from "../e2e/harness/gateway";
import { chromiumArguments } from "../e2e/harness/visitor";
import { runs, type Table } from "./report";

const times = 5;

export async function start(): Promise<readonly Table[]> {
    const gateway = await Gateway.start();
    try {
        const [cold, warm]: [number[], number[]] = [[], []];
        for (let time = 0; time < times; time++) {
            const profile = mkdtempSync(join(tmpdir(), "chatlock-profile-"));
            const context = await open(profile);
            cold.push(await untilAsked(context, gateway.page));
            warm.push(await untilAsked(context, gateway.page));
            await context.close();
            rmSync(profile, { recursive: true, force: true });
        }
        return [
            {
                title: "From navigation to the name prompt: ms over loopback, median of 5 (all)",
                heads: ["", "ms"],
                rows: [
                    ["new profile: nothing cached, no key yet (target: under 1,000)", runs(cold)],
                    ["the same profile again, in a new tab", runs(warm)],
                ],
            },
        ];
    } finally {
        await gateway.stop();
    }
}

function open(profile: string): Promise<BrowserContext> {
    return chromium.launchPersistentContext(profile, {
        executablePath: chromiumPath()!,
        args: chromiumArguments,
        locale: "en-GB",
    });
}

/** The prompt is enabled once the server has challenged and the key has been proved. */
async function untilAsked(context: BrowserContext, url: string): Promise<number> {
    const page = await context.newPage();
    await page.addInitScript(watchForPrompt);
    await page.goto(url, { waitUntil: "commit" });
    await page.waitForFunction(() => "usableAt" in window);
    const ms = await page.evaluate(() => (window as unknown as { usableAt: number }).usableAt);
    await shownIn(page);
    await page.close();
    return ms;
}

/** Runs in the page, before its own code. performance.now() counts from the navigation's start. */
function watchForPrompt(): void {
    const look = () => {
        const field = document.querySelector<HTMLInputElement>("form input");
        const button = document.querySelector<HTMLButtonElement>("form button[type=submit]");
        if (field && !field.disabled && button && !button.disabled)
            Object.assign(window, { usableAt: performance.now() });
        else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
}

async function shownIn(page: Page): Promise<void> {
    await page.getByRole("button", { name: "Join" }).waitFor();
}
