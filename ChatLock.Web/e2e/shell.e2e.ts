/** The page as a program: what it does when a part of it, or the browser's storage, isn't there; and that it installs. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { expect, it } from "vitest";
import { chromiumPath } from "./harness/chromium";
import { Visitor } from "./harness/visitor";
import { world } from "./harness/world";

const here = world();

it("parts that an older page asks for in vain are said to be missing, and reloading is offered", async () => {
    const late = await Visitor.join(here.browser, here.gateway.page, "late", { serviceWorkers: "block" });
    const errors: string[] = [];
    late.page.on("pageerror", error => errors.push(error.message));
    await late.page.route(/\/assets\/(english|qrcode|Inspector)/, route => route.fulfill({ status: 404 }));
    await late.page.locator("button.you-button").click();
    await late.page.getByText("The words couldn't be loaded").waitFor();
    await late.page.keyboard.press("Escape");
    await late.say("hello");
    await late.log.locator(".delivery-sent").waitFor();
    await late.say("/inspect");
    await late.page.getByText("The inspector couldn't be loaded").waitFor();
    await late.page.unroute(/\/assets\/(english|qrcode|Inspector)/);
    await late.page.getByRole("button", { name: "Reload" }).click();
    await late.composer.waitFor();
    expect(errors).toEqual([]);
    await late.leave();
});

it("a here.browser that keeps nothing is told of, and one can talk all the same", async () => {
    const context = await here.browser.newContext();
    await context.addInitScript(() => {
        const refuse = () => {
            throw new DOMException("closed", "SecurityError");
        };
        for (const name of ["localStorage", "sessionStorage"])
            Object.defineProperty(window, name, { get: refuse });
        IDBFactory.prototype.open = refuse;
    });
    const visitor = Visitor.on(await context.newPage());
    await visitor.page.goto(here.gateway.page);
    await visitor.page.getByRole("button", { name: "Go on for this tab" }).click();
    await visitor.choose("paul");
    await visitor.composer.waitFor();
    await visitor.sees("This here.browser keeps nothing for this page");
    await visitor.say("still here");
    await visitor.sees("still here");
    expect(visitor.complaints).toEqual([]);
    await visitor.leave();
});

it("Chromium finds nothing that keeps it from being installed", async () => {
    const profile = mkdtempSync(join(tmpdir(), "chatlock-install-"));
    const context = await chromium.launchPersistentContext(profile, {
        executablePath: chromiumPath()!,
        args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
    });
    const page = await context.newPage();
    await page.goto(here.gateway.page);
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    const tools = await context.newCDPSession(page);
    expect((await tools.send("Page.getInstallabilityErrors")).installabilityErrors).toEqual([]);
    expect((await tools.send("Page.getAppManifest")).errors).toEqual([]);
    await context.close();
    rmSync(profile, { recursive: true, force: true });
});
