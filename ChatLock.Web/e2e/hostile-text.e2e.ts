/** Whatever is typed, pasted or received is text: it never runs, never restyles the page, never loads anything. */

import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, it } from "vitest";
import { Visitor } from "./harness/visitor";
import { world } from "./harness/world";

const strings = JSON.parse(
    readFileSync(resolve(import.meta.dirname, "../../vectors/naughty-strings/blns.json"), "utf8"),
) as string[];

const here = world("--limits.posts-per-second", "1000", "--limits.posts-burst", "10000");

/** Each of 515 is stored before the next one goes. */
const manyMs = 240_000;

/** Anything that a message may never become. */
const foreignElements =
    ".log :is(script, style, iframe, img, video, audio, object, embed, form, input, svg:not(.icon, .glyph), link, meta, base)";

it(
    "the big list of naughty strings as messages: all are shown, none does anything",
    { timeout: manyMs },
    async () => {
        const writer = await Visitor.join(here.browser, here.gateway.page, "writer");
        const reader = await Visitor.join(here.browser, here.gateway.page, "reader");
        const requests: string[] = [];
        reader.page.on("request", request => requests.push(request.url()));
        const styleBefore = await styleOf(reader);

        // Pasted and sent as a person would; what begins with "/" or can't be a message is answered in words.
        const plain: string[] = [];
        let sent = 0;
        for (const text of strings.filter(one => one !== "")) {
            await writer.composer.fill(text);
            await writer.composer.press("Enter");
            if ((await writer.composer.inputValue()) === "") sent++;
            else await writer.composer.fill("");
            if (isPlain(text)) plain.push(text.trim());
        }
        expect(sent).toBeGreaterThan(480);
        await writer.say("the last of them");
        await reader.page.getByText("the last of them").last().waitFor({ timeout: manyMs });

        // A log draws what is near; reading up to its beginning draws the rest.
        const texts = reader.log.locator(".line.message .text");
        await reader.page.waitForFunction(
            ([wanted]) => {
                document.querySelector(".log")!.scrollTop = 0;
                return document.querySelectorAll(".log .line.message .text").length === wanted;
            },
            [sent + 1],
        );
        const shown = (await texts.allTextContents()).map(text => text.trim());
        expect(shown).toHaveLength(sent + 1);
        expect(plain.length).toBeGreaterThan(150);
        expect(plain.filter(text => !shown.includes(text))).toEqual([]);
        console.log(`naughty strings: ${strings.length} typed, ${shown.length} shown at the reader`);

        expect(await reader.page.locator(foreignElements).count()).toBe(0);
        expect(await styleOf(reader)).toEqual(styleBefore);
        expect(requests.filter(url => !ownFile(here.gateway.page).test(url))).toEqual([]);
        for (const visitor of [writer, reader]) {
            expect(visitor.dialogs).toEqual([]);
            expect(await visitor.cspReports()).toEqual([]);
            expect(visitor.complaints).toEqual([]);
            await visitor.leave();
        }
    },
);

it(
    "the same as topics: shown as text wherever a topic is, none does anything",
    { timeout: manyMs },
    async () => {
        const owner = await Visitor.join(here.browser, here.gateway.page, "owner");
        const member = await Visitor.join(here.browser, here.gateway.page, "member");
        const room = `#naughty-${Date.now().toString(36)}`;
        for (const one of [owner, member]) {
            await one.say(`/join ${room}`);
            await one.inRoom(room);
        }
        const requests: string[] = [];
        member.page.on("request", request => requests.push(request.url()));
        const header = member.page.locator(".view-about");
        const styleBefore = await styleOf(member);
        const plain: string[] = [];
        let refused = 0;
        for (const text of strings.filter(one => one.trim() !== "")) {
            const before = await owner.log.locator(".line").last().elementHandle();
            await owner.composer.fill(`/topic ${text}`);
            await owner.composer.press("Enter");
            // Refused in words beside the field, or done: then that is the last line. One act of each goes at a time.
            const outcome = await owner.page.waitForFunction(old => {
                if (document.querySelector(".composer .refusal")?.textContent) return "refused";
                return [...document.querySelectorAll(".log .line")].at(-1) === old ? undefined : "done";
            }, before);
            if ((await outcome.jsonValue()) === "refused") refused++;
            else if (isPlain(text) && text.trim() !== "-") plain.push(text.trim().replace(/\s+/g, " "));
        }
        await owner.say("/topic the last of them");
        await header.getByText("the last of them").waitFor({ timeout: manyMs });

        await drawAll(member);
        const shown = (await member.lines()).filter(line => line.startsWith("owner "));
        const topics = shown.map(line => line.replace(/^owner changed the topic to: /, ""));
        expect(shown.length).toBeGreaterThan(450);
        expect(plain.filter(text => !topics.includes(text))).toEqual([]);
        console.log(
            `naughty strings as topics: ${strings.length} typed, ${refused} refused, ${shown.length} shown`,
        );

        await owner.page.getByRole("button", { name: "About this room" }).click();
        await owner.dialog.getByRole("heading", { name: "Topic" }).waitFor();
        expect(await member.page.locator(foreignElements).count()).toBe(0);
        expect(await styleOf(member)).toEqual(styleBefore);
        expect(requests.filter(url => !ownFile(here.gateway.page).test(url))).toEqual([]);
        for (const visitor of [owner, member]) {
            expect(visitor.dialogs).toEqual([]);
            expect(await visitor.cspReports()).toEqual([]);
            expect(visitor.complaints).toEqual([]);
            await visitor.leave();
        }
    },
);

it("the same as names: refused in words or worn as text", async () => {
    const watcher = await Visitor.join(here.browser, here.gateway.page, "watcher");
    const visitor = await Visitor.open(here.browser, here.gateway.page);
    let worn = 0;
    for (const text of strings.filter(one => one.trim() !== "" && one.length <= 64)) {
        const field = visitor.page.getByLabel("Your name");
        await field.fill(text);
        if ((await field.inputValue()).trim() === "") continue;
        const before = await visitor.page.locator("#name-problem").innerText();
        await field.press("Enter");
        const outcome = await Promise.race([
            visitor.composer.waitFor().then(() => "in" as const),
            visitor.page
                .waitForFunction(old => {
                    const button = document.querySelector<HTMLButtonElement>(".welcome-field button");
                    const problem = document.querySelector("#name-problem")?.textContent ?? "";
                    return button !== null && !button.disabled && (problem !== old || problem !== "");
                }, before)
                .then(() => "refused" as const),
        ]);
        if (outcome === "in") {
            worn++;
            await visitor.page.evaluate(() => sessionStorage.clear());
            await visitor.page.reload();
            await visitor.page.getByRole("button", { name: "Join", disabled: false }).waitFor();
        }
    }
    expect(worn).toBeGreaterThan(5);
    console.log(`naughty strings as names: ${worn} worn, the others refused`);
    for (const one of [watcher, visitor]) {
        expect(one.dialogs).toEqual([]);
        expect(await one.cspReports()).toEqual([]);
        await one.leave();
    }
});

it("links open apart, and only those of the web", async () => {
    const writer = await Visitor.join(here.browser, here.gateway.page, "linker");
    const reader = await Visitor.join(here.browser, here.gateway.page, "clicker");
    await writer.say("[click me](javascript:alert(1)) and https://example.org/a?b=c#d and data:text/html,hi");
    const line = await reader.sees("click me");
    const links = await line
        .locator("a")
        .evaluateAll(all =>
            all.map(link => [
                link.getAttribute("href"),
                link.getAttribute("rel"),
                link.getAttribute("target"),
            ]),
        );
    expect(links).toEqual([["https://example.org/a?b=c#d", "noopener noreferrer nofollow", "_blank"]]);
    await writer.say("[your bank](https://evil.example/login) or https://honest.example/");
    const shown = await (await reader.sees("your bank")).locator(".text").innerText();
    expect(shown).toBe("your bank (evil.example) or https://honest.example/");
    await writer.leave();
    await reader.leave();
});

/** The page's own icon with the count, its own font for more letters, and a part of its own code; nothing that a text asked
 * for. */
const ownFile = (page: string): RegExp =>
    new RegExp(`^${page}/(icons/favicon[-a-z0-9]*\\.svg|assets/[-\\w]+\\.(woff2|js|css))$`);

/** A log draws what is near: reads up to its beginning, until no more is drawn. */
async function drawAll(visitor: Visitor): Promise<void> {
    for (let [before, drawn] = [-1, 0]; drawn !== before;) {
        before = drawn;
        await visitor.log.evaluate(log => log.scrollTo(0, 0));
        await visitor.settled();
        await visitor.page.waitForTimeout(100);
        drawn = await visitor.log.locator(".line").count();
    }
}

/** Nothing in it is Markdown, an emoji's name, a command or a character that is cleaned away. */
function isPlain(text: string): boolean {
    return !/[*_`[\]:\\<>/@]|^\s*$|[\u0000-\u001f\u007f-\u009f\ufffe\uffff]|www\./.test(text);
}

/** What a message could have changed outside its line. */
function styleOf(visitor: Visitor) {
    return visitor.page.evaluate(() => ({
        sheets: document.styleSheets.length,
        body: getComputedStyle(document.body).backgroundColor,
        header: document.querySelector(".view-header")!.getBoundingClientRect().toJSON() as unknown,
        title: document.title.replace(/^\(\d+\) /, ""),
        width: document.documentElement.scrollWidth,
    }));
}
