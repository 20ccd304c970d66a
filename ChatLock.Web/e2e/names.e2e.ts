/** Names: suggested, taken, changed; and one identity in several tabs. */

import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { Visitor } from "./harness/visitor";
import { world } from "./harness/world";

const here = world();

it("a name is suggested, and Enter takes it", async () => {
    const visitor = await Visitor.open(here.browser, here.gateway.page);
    const field = visitor.page.getByLabel("Your name");
    const suggested = await field.inputValue();
    expect(suggested).toMatch(/^[a-z]+-[a-z]+$/);
    await visitor.page.getByRole("button", { name: "Join", disabled: false }).waitFor();
    await field.press("Enter");
    await visitor.composer.waitFor();
    expect(await visitor.page.locator(".you-name").innerText()).toBe(suggested);
    await visitor.leave();
});

it("a taken name is said beside the field, with free ones to click, and nothing is typed again", async () => {
    const terminal = await here.gateway.join("taken");
    const visitor = await Visitor.open(here.browser, here.gateway.page);
    await visitor.choose("taken");
    await visitor.page.getByText("The name “taken” is taken.").waitFor();
    expect(await visitor.page.getByLabel("Your name").inputValue()).toBe("taken");
    await visitor.page.getByRole("button", { name: "taken2" }).click();
    await visitor.composer.waitFor();
    await terminal.read("taken2 joined");
    await visitor.leave();
});

it("a name that can't be one is refused with the rule", async () => {
    const visitor = await Visitor.open(here.browser, here.gateway.page);
    await visitor.choose("a:b");
    await visitor.page.locator("#name-problem p").waitFor();
    expect(await visitor.page.locator("#name-problem").innerText()).toMatch(/:/);
    await visitor.choose("fine");
    await visitor.composer.waitFor();
    await visitor.leave();
});

it("everyone hears of a new name, and a taken one is refused where one stands", async () => {
    const anna = await Visitor.join(here.browser, here.gateway.page, "anna");
    const bert = await Visitor.join(here.browser, here.gateway.page, "bert");
    await anna.say("/nick bert");
    await anna.page.locator(".composer .refusal", { hasText: /bert/ }).waitFor();
    await anna.say("/nick annabel");
    await bert.sees("anna is now called annabel");
    await anna.sees("You are called annabel now");
    await anna.say("same key, new name");
    expect(await (await bert.sees("same key, new name")).innerText()).toContain("annabel");
    await anna.leave();
    await bert.leave();
});

it("a second tab offers to take over, and the first says where the chat went on", async () => {
    const first = await Visitor.join(here.browser, here.gateway.page, "tabby");
    const second = await first.anotherTab(here.gateway.page);
    await second.page.getByRole("button", { name: "Use it here" }).click();
    await second.choose("tabby");
    await second.composer.waitFor();
    await first.page.getByRole("button", { name: "Use it here" }).waitFor();
    await second.say("from the second tab");
    await second.sees("from the second tab");
    await first.page.getByRole("button", { name: "Use it here" }).click();
    await first.page.locator(".you-status.on").waitFor();
    await second.page.getByRole("button", { name: "Use it here" }).waitFor();
    await first.leave();
});

it("a reload keeps identity and name without asking", async () => {
    const visitor = await Visitor.join(here.browser, here.gateway.page, "stays");
    const glyph = () => visitor.page.locator(".you .glyph path").getAttribute("d");
    const before = await glyph();
    await visitor.page.reload();
    await visitor.composer.waitFor();
    expect(await visitor.page.locator(".you-name").innerText()).toBe("stays");
    expect(await glyph()).toBe(before);
    await visitor.leave();
});

it("an identity goes to another here.browser by a file and its passphrase", async () => {
    const owner = await Visitor.join(here.browser, here.gateway.page, "mover");
    const key = async (visitor: Visitor) => {
        await visitor.page.locator("button.you-button").click();
        await visitor.page
            .locator(".words li", { hasText: /^[a-z]+$/ })
            .first()
            .waitFor();
        return visitor.page.locator(".key-hex").innerText();
    };
    const before = await key(owner);
    await owner.page.getByLabel(/^Passphrase/).fill("correct horse battery");
    const download = owner.page.waitForEvent("download");
    await owner.page.getByRole("button", { name: "Save a backup" }).click();
    const buffer = readFileSync(await (await download).path());
    await owner.leave();

    const elsewhere = await Visitor.join(here.browser, here.gateway.page, "someone");
    expect(await key(elsewhere)).not.toBe(before);
    await elsewhere.page.getByText("Use an identity from a backup").click();
    await elsewhere.page
        .getByLabel("Backup file")
        .setInputFiles({ name: "backup.json", mimeType: "application/json", buffer });
    await elsewhere.page.getByLabel("Its passphrase").fill("wrong horse battery");
    await elsewhere.page.getByRole("button", { name: "Use it" }).click();
    await elsewhere.page.getByText("That isn't this file's passphrase.").waitFor();
    await elsewhere.page.getByLabel("Its passphrase").fill("correct horse battery");
    await elsewhere.page.getByRole("button", { name: "Use it" }).click();
    await elsewhere.choose("mover");
    await elsewhere.composer.waitFor();
    expect(await key(elsewhere)).toBe(before);
    await elsewhere.leave();
});
