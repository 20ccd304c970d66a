/** Someone who reads the log and turns the wheel, without asking the page for anything while it is measured. */

import type { BrowserContextOptions, Browser, CDPSession } from "playwright-core";
import { Visitor } from "../e2e/harness/visitor";

const notchMs = 50;
const patience = { polling: 250, timeout: 120_000 };

export class Reader {
    private constructor(
        readonly visitor: Visitor,
        private readonly devtools: CDPSession,
        private readonly middle: { readonly x: number; readonly y: number },
    ) {}

    static async join(browser: Browser, url: string, options: BrowserContextOptions): Promise<Reader> {
        const visitor = await Visitor.join(browser, url, "reader", options);
        const box = (await visitor.page.locator(".log").boundingBox())!;
        const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
        return new Reader(visitor, await visitor.page.context().newCDPSession(visitor.page), middle);
    }

    async slowDown(rate: number): Promise<void> {
        await this.devtools.send("Emulation.setCPUThrottlingRate", { rate });
    }

    /** Up, and so far up as there is time. */
    readBack(forMs: number): Promise<void> {
        return this.turn(forMs, () => -960);
    }

    /** Up and down again, rather up. */
    readAround(forMs: number): Promise<void> {
        return this.turn(forMs, notch => (notch % 60 < 35 ? -480 : 480));
    }

    /** As the button does that counts what is new. */
    async jumpToEnd(): Promise<void> {
        await this.visitor.page.evaluate(() => document.querySelector<HTMLElement>(".jump")?.click());
    }

    /** To the very first message, so that all of them are drawn. */
    async goToStart(messages: number): Promise<void> {
        while ((await this.drawn()) < messages) await this.turn(500, () => -20_000);
    }

    /** Until a message is there: verified, decrypted and drawn, and all before it. */
    async sees(number: number): Promise<void> {
        const isThere = (start: string) =>
            [...document.querySelectorAll(".block:last-child .text, .block:nth-last-child(2) .text")].some(
                text => text.textContent.startsWith(start),
            );
        await this.visitor.page.waitForFunction(isThere, `${number}:`, patience);
    }

    private drawn(): Promise<number> {
        return this.visitor.page.evaluate(() => document.querySelectorAll(".log .message").length);
    }

    private async turn(forMs: number, deltaOf: (notch: number) => number): Promise<void> {
        const end = performance.now() + forMs;
        for (let notch = 0; performance.now() < end; notch++) {
            const wheel = { type: "mouseWheel", ...this.middle, deltaX: 0, deltaY: deltaOf(notch) } as const;
            await this.devtools.send("Input.dispatchMouseEvent", wheel);
            await new Promise(resolve => setTimeout(resolve, notchMs));
        }
    }
}
