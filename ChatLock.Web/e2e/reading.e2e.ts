/** What one has read and what not: counts, marks, and a log that doesn't jump. */

import { expect, it } from "vitest";
import { Visitor } from "./harness/visitor";
import { world } from "./harness/world";

const here = world("--limits.posts-per-second", "1000", "--limits.posts-burst", "10000");

it("what comes while one reads back is counted, not jumped to", async () => {
    const reader = await Visitor.join(here.browser, here.gateway.page, "reader");
    const writer = await here.gateway.join("writer");
    for (let line = 1; line <= 79; line++) writer.type(`line ${line}`);
    writer.type("the last of 80");
    await reader.sees("the last of 80");
    await reader.log.evaluate(log => log.scrollTo(0, 0));
    await reader.settled();
    await reader.log.locator(".text", { hasText: /^line 1$/ }).waitFor();
    const top = () => reader.log.evaluate(log => log.scrollTop);
    const before = await top();
    for (let line = 1; line <= 3; line++) writer.type(`late ${line}`);
    const jump = reader.page.getByRole("button", { name: /^3 new/ });
    await jump.waitFor();
    expect(await top()).toBe(before);
    await jump.click();
    await jump.waitFor({ state: "detached" });
    const late = await reader.sees("late 3");
    expect(await late.evaluate(line => line.getBoundingClientRect().bottom <= innerHeight)).toBe(true);
    await reader.leave();
    await writer.kill();
});

it("whoever is at the end stays there, however fast lines come and however low the window is", async () => {
    const viewport = { width: 844, height: 390 };
    const reader = await Visitor.join(here.browser, here.gateway.page, "follower", { viewport });
    const writer = await here.gateway.join("hasty");
    for (let burst = 0; burst < 10; burst++) {
        for (let line = 0; line < 12; line++) writer.type(`burst ${burst} line ${line}`);
        await reader.page.waitForTimeout(40);
    }
    const last = await reader.sees("burst 9 line 11");
    await reader.page.waitForFunction(() => {
        const log = document.querySelector(".log")!;
        return log.scrollHeight - log.scrollTop - log.clientHeight < 2;
    });
    expect(await last.evaluate(line => line.getBoundingClientRect().bottom <= innerHeight)).toBe(true);
    expect(await reader.page.locator(".jump").count()).toBe(0);
    await reader.leave();
    await writer.kill();
});

it("messages of other panes are counted beside them, in the title and on the icon, and marked where they begin", async () => {
    const reader = await Visitor.join(here.browser, here.gateway.page, "counter");
    const writer = await here.gateway.join("penny");
    writer.type("private:counter:first contact");
    await reader.sees("first contact");
    await reader.page.locator(".sidebar .entry", { hasText: "penny" }).click();
    writer.type("one for all");
    writer.type("two for all, counter");
    const entry = reader.page.locator(".sidebar .entry", { hasText: "Lobby" });
    await entry.locator(".count", { hasText: "2" }).waitFor();
    expect(await entry.locator(".count.urgent").count()).toBe(1);
    await reader.page.waitForFunction(() => document.title === "(2) ChatLock");
    expect(await reader.page.locator('link[rel="icon"]').getAttribute("href")).toBe("/icons/favicon-2.svg");
    const icon = await reader.page.request.get(`${here.gateway.page}/icons/favicon-2.svg`);
    expect(icon.status()).toBe(200);

    await entry.click();
    await reader.page.waitForFunction(() => document.title === "ChatLock");
    const mark = reader.log.locator(".unread-mark");
    await mark.waitFor();
    const after = await mark.evaluate(one => one.nextElementSibling?.textContent ?? "");
    expect(after).toContain("one for all");
    expect(await reader.line("two for all").getAttribute("class")).toContain("mention");
    await reader.leave();
    await writer.kill();
});

it("an ignored person is not shown, and is again when asked for", async () => {
    const reader = await Visitor.join(here.browser, here.gateway.page, "patient");
    const writer = await here.gateway.join("noisy");
    writer.type("noise one");
    await reader.sees("noise one");
    await reader.say("/ignore noisy");
    await reader.page.locator(".toast", { hasText: "Nothing of noisy is shown" }).waitFor();
    writer.type("noise two");
    writer.type("/nick quiet");
    await reader.sees("noisy is now called quiet");
    expect(await reader.log.innerText()).not.toContain("noise two");
    await reader.say("/unignore quiet");
    writer.type("music");
    await reader.sees("music");
    await reader.leave();
    await writer.kill();
});
