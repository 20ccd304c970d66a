/** The pictures of docs/images: a conversation of three people in browsers and one at a terminal. */

import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import type { Browser, BrowserContextOptions } from "playwright-core";
import { afterAll, beforeAll, it } from "vitest";
import { Gateway } from "../harness/gateway";
import { launch, Visitor } from "../harness/visitor";

const folder = resolve(import.meta.dirname, "../../../docs/images");
const desk: BrowserContextOptions = { viewport: { width: 1200, height: 750 }, deviceScaleFactor: 1.5 };
const phone: BrowserContextOptions = {
    viewport: { width: 390, height: 780 },
    deviceScaleFactor: 2,
    hasTouch: true,
    isMobile: true,
};

let browser: Browser;
let gateway: Gateway;
beforeAll(async () => {
    mkdirSync(folder, { recursive: true });
    [browser, gateway] = await Promise.all([launch(), Gateway.start()]);
});
afterAll(async () => {
    await browser.close();
    await gateway.stop();
});

async function picture(visitor: Visitor, name: string): Promise<void> {
    await visitor.page.mouse.move(0, 0);
    await visitor.page.locator(".toast.shown").waitFor({ state: "detached" });
    await visitor.page.evaluate(() => document.fonts.ready.then(() => undefined));
    await visitor.page.evaluate(() => Promise.all(document.getAnimations().map(one => one.finished)));
    await visitor.page.screenshot({ path: resolve(folder, `${name}.png`) });
}

it("takes the pictures", async () => {
    const ada = await Visitor.open(browser, gateway.page, desk);
    await ada.page.getByRole("button", { name: "Join", disabled: false }).waitFor();
    const grace = await Visitor.join(browser, gateway.page, "grace", phone);
    const alan = await Visitor.join(browser, gateway.page, "alan", desk);
    const terminal = await gateway.join("edsger");

    await ada.choose("grace");
    await ada.page.getByText("is taken").waitFor();
    await picture(ada, "name-prompt");
    await ada.choose("ada");
    await ada.composer.waitFor();

    await ada.say("/verify grace");
    await ada.page.getByRole("button", { name: "They are the same: verified" }).click();
    await ada.page
        .locator(".words li", { hasText: /^[a-z]+$/ })
        .first()
        .waitFor();
    await ada.page.getByText("grace is verified").first().waitFor();
    await picture(ada, "verify");
    await ada.page.keyboard.press("Escape");

    await grace.say("Morning! Who has the notes on **block ciphers**?");
    await ada.sees("block ciphers");
    await alan.say("I do. The heart of it, sixteen times over:");
    await alan.say("```python\nleft, right = right, left ^ f(right, round_key)\n```");
    await ada.sees("left, right");
    terminal.type("good morning from a terminal");
    await ada.sees("from a terminal");
    await ada.say("Lovely. Sixteen rounds and it still falls in a day :lock:");
    await alan.sees("still falls");
    await alan.say("/me hides the 56-bit keys");
    await ada.sees("hides the 56-bit keys");
    await grace.say("private:ada:is the exam really about DES?");
    await ada.sees("is the exam really");
    await ada.say("private:grace:Yes, and ECDSA. Have a look at the inspector, it shows every step.");
    await (await ada.sees("it shows every step")).locator(".delivery-delivered").waitFor();
    await grace.say("/suite classic");
    await grace.say("private:ada:nice! I'll send you one in DES, for practice");
    await ada.sees("for practice");
    await grace.say("ada: you are a star :star:");
    await ada.sees("you are a star");

    await takeRoom(ada, grace, alan);
    await picture(ada, "page-light");
    await ada.page.emulateMedia({ colorScheme: "dark" });
    await picture(ada, "page-dark");
    await ada.page.emulateMedia({ colorScheme: "light" });

    await ada.page.locator(".sidebar .entry", { hasText: "grace" }).click();
    await ada.page.getByRole("heading", { name: "grace", level: 1 }).waitFor();
    await picture(ada, "private");

    await ada.line("for practice").locator("button.stamp").click();
    await ada.page.getByRole("heading", { name: "What the server saw" }).waitFor();
    await ada.page.waitForFunction(() => document.querySelectorAll(".step").length > 3);
    await picture(ada, "inspector");
    await ada.page.locator("details.round").first().scrollIntoViewIfNeeded();
    await ada.page
        .locator(".lesson")
        .first()
        .evaluate(lesson => lesson.scrollIntoView({ block: "start" }));
    await picture(ada, "inspector-des");
    await ada.page.keyboard.press("Escape");

    await picture(grace, "phone");
    await grace.page.emulateMedia({ colorScheme: "dark" });
    await grace.page.locator(".drawer-button").click();
    await grace.page.locator(".shell[data-drawer=open]").waitFor();
    await picture(grace, "phone-dark");

    await ada.page.keyboard.press("Escape");
    await gateway.kill();
    await ada.page.locator(".banner-waiting", { hasText: "next try in" }).waitFor();
    await ada.say("This one waits until we are back.");
    await ada.sees("This one waits");
    await picture(ada, "reconnect");
    await gateway.restart();
}, 180_000);

/** A sealed room of three, as its owner sees it. Leaves everyone where everything is shown. */
async function takeRoom(ada: Visitor, grace: Visitor, alan: Visitor): Promise<void> {
    await ada.say("/create Code breakers");
    await ada.dialog.getByText("Whoever has this link can read the room.").waitFor();
    const link = await ada.dialog.getByRole("region", { name: "Link for a browser" }).innerText();
    await picture(ada, "room-invite");
    await ada.page.keyboard.press("Escape");
    for (const guest of [grace, alan]) {
        await guest.page.goto(link);
        await guest.dialog.getByRole("button", { name: "Join", exact: true }).click();
        await guest.inRoom("Code breakers");
        await guest.say("/list");
        await guest.dialog.getByRole("heading", { name: "Open rooms" }).waitFor();
        await guest.page.keyboard.press("Escape");
    }
    await ada.say("/topic Tuesdays, after the lecture");
    await ada.say("/op grace");
    await grace.say("Found my old tables of **S-boxes**. Who brings the chalk?");
    await ada.sees("S-boxes");
    await alan.say("I do, and the tea.");
    await ada.sees("and the tea");
    await ada.say("Then I bring the ciphertext. Nobody peeks before Tuesday!");
    await alan.sees("Nobody peeks");
    await picture(ada, "room");
    for (const visitor of [ada, grace, alan]) {
        await visitor.page.keyboard.press("Alt+1");
        await visitor.inRoom("Everything");
    }
}
