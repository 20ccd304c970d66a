/** A laptop that slept: its socket was dead for a while without anyone knowing, then it is cut. */

import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { lasting } from "./harness/gateway";
import { Proxy } from "./harness/proxy";
import { Visitor } from "./harness/visitor";
import { world } from "./harness/world";

const here = world(...lasting);
let proxy: Proxy;

beforeAll(async () => {
    proxy = await Proxy.before(here.gateway.page);
});
afterEach(() => proxy.cut());
afterAll(() => proxy?.stop());

it("what was said both ways meanwhile is all there after waking up, in order, below the unread line", async () => {
    const sleeper = await Visitor.join(here.browser, proxy.page, "sleeper");
    const awake = await Visitor.join(here.browser, here.gateway.page, "awake");
    await awake.say("/join dormitory");
    await awake.inRoom("#dormitory");
    await sleeper.say("/join dormitory");
    await sleeper.inRoom("#dormitory");
    // Said now, and not a moment after the sleep began.
    await awake.sees("sleeper came in");
    await awake.say("good night");
    await sleeper.sees("good night");

    proxy.freeze();
    // Typed before anyone knows: it goes nowhere.
    await sleeper.say("said in my sleep, 1");
    await sleeper.say("said in my sleep, 2");
    for (let line = 1; line <= 5; line++) await awake.say(`while you slept, ${line}`);
    await awake.say("/msg sleeper only for you");
    await awake.page.locator(".entry", { hasText: "sleeper" }).waitFor();
    expect(await sleeper.log.innerText()).not.toContain("while you slept");

    proxy.cut();
    await sleeper.page.locator(".you-status.on").waitFor();
    await sleeper.sees("while you slept, 5");
    for (const line of [1, 2]) {
        const own = await sleeper.sees(`said in my sleep, ${line}`);
        await own.locator(".delivery-sent").waitFor();
        await awake.sees(`said in my sleep, ${line}`);
    }

    // The room as the sleeper sees it: nobody touched the page since it woke up.
    const lines = await sleeper.lines();
    const slept = [1, 2, 3, 4, 5].map(line => `while you slept, ${line}`);
    expect(lines.filter(line => slept.includes(line))).toEqual(slept);
    expect(lines[lines.indexOf("New") + 1]).toBe("while you slept, 1");
    expect(lines.filter(line => line === "New")).toHaveLength(1);
    expect(lines.indexOf("New")).toBeGreaterThan(lines.indexOf("good night"));

    // And as the others saw it: nobody left, nobody came, nothing twice.
    const seen = await awake.lines();
    const said = ["said in my sleep, 1", "said in my sleep, 2"];
    expect(seen.filter(line => said.includes(line))).toEqual(said);
    const since = seen.slice(seen.indexOf("while you slept, 1")).join("\n");
    expect(since).not.toMatch(/sleeper (left|came in|disconnected|joined)/);

    await sleeper.page.locator(".entry", { hasText: "awake" }).click();
    const secret = await sleeper.sees("only for you");
    expect(await secret.count()).toBe(1);
    await awake.page.locator(".entry", { hasText: "sleeper" }).click();
    await (await awake.sees("only for you")).locator(".delivery-delivered").waitFor();
    for (const visitor of [sleeper, awake]) {
        expect(visitor.complaints).toEqual([]);
        await visitor.leave();
    }
});

it("someone who reads on is not told that what comes then was missed", async () => {
    const reader = await Visitor.join(here.browser, proxy.page, "reader");
    const writer = await Visitor.join(here.browser, here.gateway.page, "writer");
    proxy.freeze();
    await writer.say("missed");
    proxy.cut();
    await reader.sees("missed");
    await reader.page.locator(".unread-mark").waitFor();
    await reader.page.mouse.move(300, 300);
    await reader.page.keyboard.press("Escape");
    await reader.page.locator(".unread-mark").waitFor({ state: "detached" });
    await writer.say("seen as it came");
    await reader.sees("seen as it came");
    expect(await reader.page.locator(".unread-mark").count()).toBe(0);
    for (const visitor of [reader, writer]) await visitor.leave();
});
