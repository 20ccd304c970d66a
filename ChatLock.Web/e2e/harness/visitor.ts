/** Someone with a browser: a profile of its own, the page, and what a person does with it. */

import { chromium, type Browser, type BrowserContextOptions, type Locator, type Page } from "playwright-core";
import { chromiumPath } from "./chromium";

export const chromiumArguments = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

/** One browser for a test file; each visitor has a profile of its own in it. */
export function launch(): Promise<Browser> {
    return chromium.launch({ executablePath: chromiumPath()!, args: chromiumArguments });
}

/** The longest wait for something to appear; a test that hits it has failed. */
const waitMs = 20_000;

export class Visitor {
    /** Errors of the page and reports of its Content-Security-Policy; a test ends with none. */
    readonly complaints: string[] = [];
    /** alert, confirm and prompt; a test ends with none. */
    readonly dialogs: string[] = [];

    private constructor(readonly page: Page) {
        page.setDefaultTimeout(waitMs);
        page.on("pageerror", error => this.complaints.push(error.message));
        page.on("console", message => {
            if (message.type() === "error" && !isOffline(message.text()))
                this.complaints.push(message.text());
        });
        page.on("dialog", dialog => {
            this.dialogs.push(dialog.message());
            void dialog.dismiss();
        });
    }

    /** Someone at a page that is there already. */
    static on(page: Page): Visitor {
        return new Visitor(page);
    }

    /** Opens the page with a new profile; stands at the name prompt. */
    static async open(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Visitor> {
        const context = await browser.newContext({ locale: "en-GB", ...options });
        await context.addInitScript(() => {
            const reports: string[] = [];
            Object.assign(window, { cspReports: reports });
            document.addEventListener("securitypolicyviolation", event =>
                reports.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`),
            );
        });
        const visitor = new Visitor(await context.newPage());
        await visitor.page.goto(url);
        return visitor;
    }

    /** Another tab of the same profile. */
    async anotherTab(url: string): Promise<Visitor> {
        const visitor = new Visitor(await this.page.context().newPage());
        await visitor.page.goto(url);
        return visitor;
    }

    /** The same profile opens the page again, in a new tab. */
    comeBack(url: string): Promise<Visitor> {
        return this.anotherTab(url);
    }

    /** Opens the page and joins under a name. */
    static async join(browser: Browser, url: string, name: string, options: BrowserContextOptions = {}) {
        const visitor = await Visitor.open(browser, url, options);
        await visitor.choose(name);
        await visitor.composer.waitFor();
        return visitor;
    }

    async choose(name: string): Promise<void> {
        await this.page.getByLabel("Your name").fill(name);
        await this.page.getByRole("button", { name: "Join" }).click();
    }

    get composer(): Locator {
        return this.page.locator("#composer");
    }

    get log(): Locator {
        return this.page.getByRole("log");
    }

    /** A line of the log that holds this text. */
    line(text: string): Locator {
        return this.log.locator(".line").filter({ hasText: text }).last();
    }

    async say(text: string): Promise<void> {
        await this.composer.fill(text);
        await this.composer.press("Enter");
    }

    /** Waits until a line with this text is shown. */
    async sees(text: string): Promise<Locator> {
        const line = this.line(text);
        await line.waitFor();
        return line;
    }

    /** Waits until the room of this name is open. */
    async inRoom(name: string): Promise<void> {
        await this.page.getByRole("heading", { name, level: 1, exact: true }).waitFor();
    }

    /** What the open log shows, line by line, without who said it and when. */
    lines(): Promise<string[]> {
        return this.log
            .locator(".message .text, .system .content, .unreadable .content, .divider")
            .evaluateAll(all => all.map(one => one.textContent.trim()));
    }

    /** Whatever is to be done in a dialog. */
    get dialog(): Locator {
        return this.page.getByRole("dialog");
    }

    /** Waits until the page has drawn what it knows, and what follows from drawing (the focus, say) has happened. */
    async settled(): Promise<void> {
        await this.page.evaluate(
            () =>
                new Promise(done =>
                    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))),
                ),
        );
    }

    /** What the page's Content-Security-Policy has stopped since it was opened. */
    cspReports(): Promise<string[]> {
        return this.page.evaluate(() => (window as unknown as { cspReports: string[] }).cspReports);
    }

    async leave(): Promise<void> {
        await this.page.context().close();
    }
}

/** What Chromium logs by itself when a gateway is gone on purpose. */
function isOffline(text: string): boolean {
    return /WebSocket connection to .* failed|net::ERR_(CONNECTION|EMPTY|INTERNET|NETWORK|SOCKET)/.test(text);
}
