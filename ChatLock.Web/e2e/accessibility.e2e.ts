/** axe finds nothing: in light and dark, on a desk and on a phone, in every view and dialog. */

import axe from "axe-core";
import type { BrowserContextOptions } from "playwright-core";
import { describe, expect, it } from "vitest";
import { Visitor } from "./harness/visitor";
import { world } from "./harness/world";

const here = world();

const desk: BrowserContextOptions = { viewport: { width: 1280, height: 800 } };
const phone: BrowserContextOptions = {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
};
const looks: [string, BrowserContextOptions][] = [
    ["desk-light", { ...desk, colorScheme: "light" }],
    ["desk-dark", { ...desk, colorScheme: "dark" }],
    ["phone-light", { ...phone, colorScheme: "light" }],
    ["phone-dark", { ...phone, colorScheme: "dark" }],
    ["tiny", { ...phone, viewport: { width: 320, height: 640 }, colorScheme: "light" }],
    ["forced-colors", { ...desk, forcedColors: "active" }],
];

async function check(visitor: Visitor, where: string): Promise<void> {
    // A fade under way would be measured at half its contrast.
    await visitor.page.evaluate(() => Promise.all(document.getAnimations().map(one => one.finished)));
    await visitor.page.evaluate(axe.source);
    const violations = await visitor.page.evaluate(async () => {
        const found = await (window as unknown as { axe: typeof axe }).axe.run();
        return found.violations.map(
            one => `${one.id}: ${one.nodes.map(node => node.target.join(" ")).join(", ")}`,
        );
    });
    expect(violations, where).toEqual([]);
    const overflow = await visitor.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow, `${where} overflows sideways`).toBeLessThanOrEqual(0);
}

describe.each(looks)("%s", (look, options) => {
    it("has no violation, whatever is open", async () => {
        const name = `eve-${look}`;
        const visitor = await Visitor.open(here.browser, here.gateway.page, options);
        const open = async (command: string, heading: string | RegExp) => {
            await visitor.say(command);
            await visitor.page.getByRole("dialog").getByText(heading).first().waitFor();
        };
        const close = async () => {
            await visitor.page.keyboard.press("Escape");
            await visitor.page.getByRole("dialog").waitFor({ state: "detached" });
        };
        await visitor.page.getByRole("button", { name: "Join", disabled: false }).waitFor();
        await check(visitor, "name prompt");
        await visitor.choose("a:b");
        await visitor.page.locator("#name-problem p").waitFor();
        await check(visitor, "name refused");
        await visitor.choose(name);
        await visitor.composer.waitFor();

        const other = await here.gateway.join(`oscar-${look}`);
        other.type("hello **all**, see https://example.org and `code`");
        other.type(`private:${name}:just you and me`);
        await visitor.sees("just you and me");
        await visitor.say("my own words");
        await visitor.say("```js\nlet a = 1;\n```");
        await visitor.say(`/msg nobody-${look} hello?`);
        await visitor.page
            .locator(".composer .refusal, .fate-failed")
            .filter({ hasText: "isn't here" })
            .first()
            .waitFor();
        await check(visitor, "everything");

        await open("/help", "What can be typed and pressed");
        await check(visitor, "help");
        await close();
        await open(`/verify oscar-${look}`, "They are the same");
        await visitor.page
            .locator(".words li", { hasText: /^[a-z]+$/ })
            .first()
            .waitFor();
        await check(visitor, "verification");
        await close();
        await open("/inspect", "What the server saw");
        await check(visitor, "inspector");
        await close();
        await visitor.page.keyboard.press("Control+K");
        await visitor.page.getByRole("dialog").waitFor();
        await check(visitor, "switcher");
        await close();
        await visitor.page.getByRole("button", { name: "Invite someone" }).first().click();
        await visitor.page.getByText("listens on this machine only").waitFor();
        await check(visitor, "invite");
        await close();
        await visitor.page.keyboard.press("Alt+3");
        await visitor.page.getByRole("heading", { name: `oscar-${look}`, level: 1 }).waitFor();
        await check(visitor, "private pane");
        if (options.isMobile) {
            await visitor.page.locator(".drawer-button").click();
            await visitor.page.locator(".shell[data-drawer=open]").waitFor();
            await check(visitor, "drawer");
        }
        await visitor.page.locator("button.you-button").click();
        await visitor.page.getByText("Save a backup").waitFor();
        await visitor.page
            .locator(".words li", { hasText: /^[a-z]+$/ })
            .first()
            .waitFor();
        await check(visitor, "you");
        await close();
        expect(visitor.complaints).toEqual([]);
        await visitor.leave();
        await other.kill();
    });
});

describe.each(looks)("%s, in rooms", (look, options) => {
    it("has no violation, whatever is open", async () => {
        const owner = await Visitor.join(here.browser, here.gateway.page, `olga-${look}`, options);
        const { page } = owner;
        const shut = async () => {
            await page.keyboard.press("Escape");
            await owner.dialog.waitFor({ state: "detached" });
        };
        await owner.say("/list");
        await owner.dialog.getByLabel("What it is called").waitFor();
        await check(owner, "rooms");
        await owner.dialog.getByLabel("What it is called").fill("Axe & friends");
        await owner.dialog.getByRole("button", { name: "Make it" }).click();
        await owner.dialog.getByText("Whoever has this link can read the room.").waitFor();
        const link = await owner.dialog.getByRole("region", { name: "Link for a browser" }).innerText();
        await check(owner, "the room's invite");
        await shut();
        await owner.inRoom("Axe & friends");

        const guest = await Visitor.open(here.browser, link, options);
        await guest.choose(`gus-${look}`);
        await guest.dialog.getByRole("heading", { name: "Join Axe & friends?" }).waitFor();
        await check(guest, "the question of a link");
        await guest.dialog.getByRole("button", { name: "Join", exact: true }).click();
        await guest.inRoom("Axe & friends");
        await guest.say(`hello olga-${look}`);
        await owner.say("/topic nothing that axe finds");
        await owner.say("/slow 30");
        await owner.say(`/mute gus-${look} 10m`);
        await guest.sees("muted you for 10 minutes");
        await guest.say("may I?");
        await (await guest.sees("may I?")).getByText("You are muted in that room.").waitFor();
        await check(owner, "a room, as its owner");
        await check(guest, "a room, muted");

        await page.getByRole("button", { name: "About this room" }).click();
        await owner.dialog.getByRole("heading", { name: "Topic" }).waitFor();
        await check(owner, "about the room");
        await shut();
        if (options.isMobile) await page.getByTitle("Who is here").click();
        await page.getByRole("button", { name: `What can be done about gus-${look} in this room` }).click();
        await owner.dialog.getByRole("button", { name: "Send out", exact: true }).waitFor();
        await check(owner, "what can be done about someone");
        await owner.dialog.getByRole("button", { name: "Send out", exact: true }).click();
        await guest.page.locator(".banner", { hasText: "You are not in Axe & friends." }).waitFor();
        await check(guest, "sent out");
        await guest.page.goto(`${link.slice(0, -40)}`);
        await guest.dialog.getByText(/is not whole|was altered/).waitFor();
        await check(guest, "a link that was cut");
        for (const visitor of [owner, guest]) {
            expect(visitor.complaints).toEqual([]);
            await visitor.leave();
        }
    });
});

it("has no violation while the connection is gone", async () => {
    const visitor = await Visitor.join(here.browser, here.gateway.page, "alone", {
        ...desk,
        colorScheme: "dark",
    });
    await here.gateway.kill();
    await visitor.page.locator(".banner-waiting").waitFor();
    await visitor.say("waits");
    await check(visitor, "reconnect banner");
    await here.gateway.restart();
    await visitor.leave();
});
