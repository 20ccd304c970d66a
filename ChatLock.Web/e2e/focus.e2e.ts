/** Where the focus goes and what is read out, so that nobody needs to see the page to be in it. */

import type { BrowserContextOptions } from "playwright-core";
import { expect, it } from "vitest";
import { Visitor } from "./harness/visitor";
import { world } from "./harness/world";

const here = world();

const phone: BrowserContextOptions = {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
};

/** Waits until what has this id has the focus: it is given when the page is drawn. */
const hasFocus = (visitor: Visitor, id: string) =>
    visitor.page.waitForFunction(wanted => document.activeElement?.id === wanted, id);

it("a message is read out as a sentence, without its buttons; what one says oneself and what was said before isn't", async () => {
    const ear = await Visitor.join(here.browser, here.gateway.page, "ear");
    const mouth = await here.gateway.join("mouth");
    const readOut = ear.page.locator("[aria-live=polite]");
    mouth.type("hello there");
    await readOut.getByText("mouth to all: hello there", { exact: true }).waitFor();
    mouth.type("private:ear:between us");
    await readOut.getByText("mouth to you privately: between us", { exact: true }).waitFor();
    await ear.say("my own words");
    await ear.sees("my own words");
    await ear.page.locator(".sidebar .entry", { hasText: "Lobby" }).click();
    mouth.type("the next one");
    await readOut.getByText("mouth to all: the next one", { exact: true }).waitFor();
    expect(await readOut.innerText()).not.toMatch(/my own words|hello there/);
    expect(await ear.log.getAttribute("aria-live")).toBe("off");
    expect(ear.complaints).toEqual([]);
    await ear.leave();
    await mouth.kill();
});

it("a drawer takes the focus, what lies behind it can't be reached, and Esc gives the focus back", async () => {
    const thumb = await Visitor.join(here.browser, here.gateway.page, "thumb", phone);
    await hasFocus(thumb, "view-title");
    for (const [button, first] of [
        [".drawer-button", "drawer-only"],
        [".people-button", "people-close"],
    ] as const) {
        await thumb.page.locator(button).click();
        await thumb.page.waitForFunction(name => document.activeElement?.classList.contains(name), first);
        expect(await thumb.page.locator("main").getAttribute("inert")).not.toBeNull();
        await thumb.page.keyboard.press("Escape");
        await thumb.page.waitForFunction(name => document.activeElement?.matches(name), button);
        expect(await thumb.page.locator("main").getAttribute("inert")).toBeNull();
    }
    await thumb.leave();
});

it("closing a pane or trying to connect leaves the focus in the text field", async () => {
    const hand = await Visitor.join(here.browser, here.gateway.page, "hand");
    const other = await here.gateway.join("other");
    other.type("private:hand:hello");
    await hand.sees("hello");
    await hand.page.locator(".entry-close").focus();
    await hand.page.keyboard.press("Enter");
    await hand.page.locator(".entry-close").waitFor({ state: "detached" });
    await hasFocus(hand, "composer");

    await here.gateway.kill();
    const tryNow = hand.page.getByRole("button", { name: "Try now" });
    await tryNow.focus();
    await hand.page.keyboard.press("Enter");
    await hasFocus(hand, "composer");
    await here.gateway.restart();
    await hand.page.locator(".you-status.on").waitFor({ timeout: 40_000 });
    await hand.leave();
    await other.kill();
});

it("Up goes through the rows of a long line before it goes back to what was sent", async () => {
    const typist = await Visitor.join(here.browser, here.gateway.page, "typist");
    const { keyboard } = typist.page;
    await typist.say("sent before");
    await typist.sees("sent before");
    const long = "word ".repeat(60).trim();
    await typist.composer.fill(long);
    await keyboard.press("ArrowUp");
    expect(await typist.composer.inputValue()).toBe(long);
    await keyboard.press("Control+Home");
    await keyboard.press("ArrowUp");
    expect(await typist.composer.inputValue()).toBe("sent before");
    await keyboard.press("ArrowDown");
    expect(await typist.composer.inputValue()).toBe(long);
    await typist.leave();
});

it("what is pasted in many lines waits for Enter; so does a word that is being composed", async () => {
    const typist = await Visitor.join(here.browser, here.gateway.page, "paster");
    await typist.composer.focus();
    await typist.page.evaluate(() => document.execCommand("insertText", false, "one\ntwo\nthree\n"));
    expect(await typist.composer.inputValue()).toBe("one\ntwo\nthree\n");
    await typist.composer.dispatchEvent("keydown", { key: "Enter", isComposing: true });
    expect(await typist.composer.inputValue()).toBe("one\ntwo\nthree\n");
    expect(await typist.log.locator(".own").count()).toBe(0);
    await typist.leave();
});

it("a toast is shown over a dialog and read out in it", async () => {
    const owner = await Visitor.join(here.browser, here.gateway.page, "owner");
    await owner.page.locator("button.you-button").click();
    await owner.page.getByLabel(/^Passphrase/).fill("correct horse battery");
    await owner.page.getByRole("button", { name: "Save a backup" }).click();
    await owner.page.getByRole("dialog").locator(".toast", { hasText: "The backup is saved" }).waitFor();
    await owner.leave();
});
