/** Two browsers and a terminal client talk to all and privately, in each suite. */

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Gateway } from "./harness/gateway";
import { launch, Visitor } from "./harness/visitor";

let browser: Browser;
beforeAll(async () => {
    browser = await launch();
});
afterAll(() => browser.close());

describe.each(["sealed", "classic"])("people in browsers and at a terminal, in suite %s", suite => {
    let gateway: Gateway;
    beforeAll(async () => {
        gateway = await Gateway.start("--lobby.suite", suite);
    });
    afterAll(() => gateway.stop());

    it("talk to all and privately, and each message says how it was encrypted", async () => {
        const alice = await Visitor.join(browser, gateway.page, "alice");
        const bob = await Visitor.join(browser, gateway.page, "bob");
        const carol = await gateway.join("carol", "--suite", suite);
        await alice.sees("carol joined");

        await alice.say("hello everyone");
        const atBob = await bob.sees("hello everyone");
        await carol.read("alice to all: hello everyone");
        expect(await atBob.innerText()).toContain("to all");
        expect((await atBob.innerText()).includes("INSECURE")).toBe(suite === "classic");

        carol.type("hello from a terminal");
        await alice.sees("hello from a terminal");
        await bob.sees("hello from a terminal");

        for (const visitor of [alice, bob]) await visitor.say(`/suite ${suite}`);
        await alice.say("private:bob:for your eyes only");
        const secret = await bob.sees("for your eyes only");
        expect(await secret.innerText()).toContain("private");
        expect((await secret.innerText()).includes("INSECURE")).toBe(suite === "classic");
        await (await alice.sees("for your eyes only")).locator(".delivery-delivered").waitFor();

        await bob.say("/msg carol psst, terminal");
        const atCarol = await carol.read("bob to me (private): psst, terminal");
        expect(atCarol.includes("INSECURE")).toBe(suite === "classic");
        await (await bob.sees("psst, terminal")).locator(".delivery-delivered").waitFor();

        carol.type("private:alice:psst, browser");
        const fromCarol = await alice.sees("psst, browser");
        expect((await fromCarol.innerText()).includes("INSECURE")).toBe(suite === "classic");

        expect(await bob.log.innerText()).not.toContain("psst, browser");
        expect(carol.everything).not.toContain("for your eyes only");
        expect(gateway.log).not.toContain("for your eyes only");
        for (const visitor of [alice, bob]) {
            expect(visitor.complaints).toEqual([]);
            await visitor.leave();
        }
        await carol.read("alice DISCONNECTED");
    });

    it("look into any message: what the server saw, and every step", async () => {
        const dave = await Visitor.join(browser, gateway.page, "dave");
        const erin = await Visitor.join(browser, gateway.page, "erin");
        await dave.say("look at this");
        await (await erin.sees("look at this")).locator("button.stamp").click();
        const drawer = erin.page.getByRole("dialog");
        await drawer.getByRole("heading", { name: "What the server saw" }).waitFor();
        await drawer.getByText("verifies: the holder of this key").first().waitFor();
        const text = await drawer.innerText();
        expect(text).toContain("look at this");
        if (suite === "classic") {
            expect(text).toContain("INSECURE");
            await drawer.getByText("Round 16", { exact: false }).first().waitFor();
            await drawer.getByText("v = r", { exact: false }).first().waitFor();
            expect(await drawer.locator("details.round").count()).toBe(16);
        } else expect(text).toContain("AES-128-GCM");
        await erin.page.keyboard.press("Escape");
        await drawer.waitFor({ state: "detached" });
        expect(erin.complaints).toEqual([]);
        await dave.leave();
        await erin.leave();
    });
});
