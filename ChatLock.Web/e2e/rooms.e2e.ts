/** Rooms: open ones by name, sealed ones by their links, and what their owners do in them. */

import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { lasting } from "./harness/gateway";
import { Visitor } from "./harness/visitor";
import { world } from "./harness/world";

const here = world(...lasting, "--limits.away-after", "1s");

const visit = (name: string) => Visitor.join(here.browser, here.gateway.page, name);

/** Makes a sealed room; its link, as the dialog shows it. */
async function makeRoom(owner: Visitor, name: string): Promise<string> {
    await owner.page.getByRole("button", { name: "Join a room, or make one" }).click();
    await owner.dialog.getByLabel("What it is called").fill(name);
    await owner.dialog.getByRole("button", { name: "Make it" }).click();
    await owner.dialog.getByText("Whoever has this link can read the room.").waitFor();
    const link = await owner.dialog.getByRole("region", { name: "Link for a browser" }).innerText();
    await owner.page.keyboard.press("Escape");
    await owner.inRoom(name);
    return link;
}

/** Opens a link that leads into a room, with a profile of its own, and joins. */
async function follow(link: string, name: string, room: string): Promise<Visitor> {
    const visitor = await Visitor.open(here.browser, link);
    await visitor.choose(name);
    await visitor.dialog.getByRole("heading", { name: `Join ${room}?` }).waitFor();
    await visitor.dialog.getByRole("button", { name: "Join", exact: true }).click();
    await visitor.inRoom(room);
    return visitor;
}

/** What the owner or an op chooses to do about someone. */
async function moderate(by: Visitor, about: string, what: string): Promise<void> {
    await by.page.getByRole("button", { name: `What can be done about ${about} in this room` }).click();
    await by.dialog.getByRole("button", { name: what, exact: true }).click();
}

const entry = (visitor: Visitor, name: string) =>
    visitor.page.locator(".sidebar .entry").filter({ hasText: name });

it("an open room is made by its name, found in the list, and said to be readable by the gateway", async () => {
    const [anna, ben] = [await visit("anna"), await visit("ben")];
    await anna.page.getByRole("button", { name: "Join a room, or make one" }).click();
    await anna.dialog.getByLabel("Name of an open room").fill("Garden");
    await anna.dialog.getByLabel("Name of an open room").press("Enter");
    await anna.inRoom("#garden");
    await anna.sees("This room is open: its key and its owner are the gateway's word");

    // How many are in a room is counted as often as who came and left is told.
    await expect
        .poll(
            async () => {
                await ben.say("/list");
                const count = await ben.dialog.getByText(/^\d+ in it$/).innerText();
                if (count !== "1 in it") await ben.page.keyboard.press("Escape");
                return count;
            },
            { timeout: 30_000 },
        )
        .toBe("1 in it");
    await ben.dialog.getByRole("button", { name: "Join #garden" }).click();
    await ben.inRoom("#garden");
    await anna.sees("ben came in");
    await ben.say("hello garden");
    await anna.sees("hello garden");

    // Elsewhere it is counted, and who is named is told so.
    await ben.page.keyboard.press("Alt+2");
    await ben.inRoom("Lobby");
    await anna.say("is ben here?");
    await entry(ben, "garden").getByText("you are mentioned").waitFor();
    await ben.page.keyboard.press("Alt+3");
    await ben.sees("is ben here?");
    expect(await ben.page.locator(".unread-mark").count()).toBe(1);

    await ben.say("/part");
    await ben.page.getByText("You left #garden.").waitFor();
    await anna.sees("ben left the room");
    for (const visitor of [anna, ben]) {
        expect(visitor.complaints).toEqual([]);
        await visitor.leave();
    }
});

it("a sealed room is entered by its link; what is said there stays out of the gateway's sight", async () => {
    const carla = await visit("carla");
    const link = await makeRoom(carla, "Herb garden");
    expect(link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#room=[\w-]{95}&name=Herb%20garden$/);
    const dora = await follow(link, "dora", "Herb garden");
    expect(new URL(dora.page.url()).hash).toBe("");
    await dora.say("the parsley is mine");
    await (await carla.sees("the parsley is mine")).waitFor();
    await carla.say("/topic parsley matters");
    await dora.page.locator(".view-about", { hasText: "parsley matters" }).waitFor();

    const files = readdirSync(here.gateway.data, { recursive: true }).map(name =>
        join(here.gateway.data, String(name)),
    );
    const bytes = files.filter(file => statSync(file).isFile()).map(file => readFileSync(file, "latin1"));
    expect(bytes.length).toBeGreaterThan(0);
    for (const secret of ["parsley", "Herb garden", link.slice(-110, -20)]) {
        expect(bytes.filter(one => one.includes(secret))).toEqual([]);
        expect(here.gateway.log).not.toContain(secret);
    }

    // A link in a tab that is in already asks as well, and leads where one is.
    await dora.page.goto(link);
    await dora.dialog.getByRole("button", { name: "Join", exact: true }).click();
    await dora.inRoom("Herb garden");
    for (const visitor of [carla, dora]) {
        expect(visitor.complaints).toEqual([]);
        await visitor.leave();
    }
});

it("a link that was cut or altered on its way is said to be so, and nothing is joined", async () => {
    const emma = await visit("emma");
    const link = await makeRoom(emma, "Attic");
    const code = /room=([\w-]{95})/.exec(link)![1]!;
    const altered = code.slice(0, 50) + (code[50] === "x" ? "y" : "x") + code.slice(51);
    for (const [wrong, words] of [
        [link.slice(0, link.indexOf("&name") - 9), "is not whole"],
        [link.replace(code, altered), "was altered on its way"],
    ] as const) {
        const finn = await Visitor.open(here.browser, wrong);
        await finn.choose(`finn${words.length}`);
        await finn.dialog.getByText(words).waitFor();
        expect(await finn.dialog.getByRole("button", { name: "Join", exact: true }).count()).toBe(0);
        await finn.dialog.getByRole("button", { name: "Close" }).last().click();
        expect(await finn.page.locator(".sidebar .rooms .entry").count()).toBe(2);
        await finn.say(`/join ${wrong}`);
        await finn.page.locator(".composer .refusal", { hasText: words }).waitFor();
        await finn.leave();
    }
    await emma.leave();
});

it("who is muted can't speak, who is sent out may come back, who is banned can't", async () => {
    const gina = await visit("gina");
    const link = await makeRoom(gina, "Stage");
    const hugo = await follow(link, "hugo", "Stage");

    await moderate(gina, "hugo", "Mute for 10 minutes");
    await hugo.sees("gina muted you for 10 minutes.");
    await hugo.say("may I say something?");
    const refused = await hugo.sees("may I say something?");
    await refused.getByText("You are muted in that room.").waitFor();
    await moderate(gina, "hugo", "Let speak again");
    await hugo.sees("gina let you speak again.");
    await refused.getByRole("button", { name: "Retry" }).click();
    await gina.sees("may I say something?");

    await moderate(gina, "hugo", "Send out");
    await gina.sees("You sent hugo out.");
    const banner = hugo.page.locator(".banner", { hasText: "You are not in Stage." });
    await banner.waitFor();
    await hugo.say("still here?");
    await hugo.page.getByText("You are not in that room.").first().waitFor();
    await banner.getByRole("button", { name: "Join again" }).click();
    await banner.waitFor({ state: "detached" });

    await moderate(gina, "hugo", "Ban");
    await banner.waitFor();
    await banner.getByRole("button", { name: "Join again" }).click();
    await hugo.page.locator(".composer .refusal", { hasText: "banned" }).waitFor();
    await gina.page.getByRole("button", { name: "About this room" }).click();
    await gina.dialog.getByRole("button", { name: /Lift the ban.*hugo/ }).click();
    await gina.page.keyboard.press("Escape");
    await gina.sees("You lifted the ban on hugo.");
    await banner.getByRole("button", { name: "Join again" }).click();
    await banner.waitFor({ state: "detached" });
    // Nobody but the owner and ops is offered any of it.
    expect(await hugo.page.getByRole("button", { name: /What can be done about/ }).count()).toBe(0);
    for (const visitor of [gina, hugo]) {
        expect(visitor.complaints).toEqual([]);
        await visitor.leave();
    }
});

it("an op does what an op may; slow mode holds back the others", async () => {
    const ida = await visit("ida");
    const link = await makeRoom(ida, "Agora");
    const [jan, kim] = [await follow(link, "jan", "Agora"), await follow(link, "kim", "Agora")];
    await ida.say("/op jan");
    await jan.sees("ida made you an op");
    await jan.say("/slow 60");
    await kim.sees("jan turned slow mode on: one message of each in 1 minute.");
    await kim.say("the first goes");
    await ida.sees("the first goes");
    await kim.say("the second waits");
    await (await kim.sees("the second waits")).getByText("one message of each in 60 s").waitFor();
    for (const text of ["ops may", "speak freely"]) await jan.say(text);
    await kim.sees("speak freely");
    await jan.say("/kick ida");
    await jan.page.locator(".composer .refusal", { hasText: "You may not do that in this room." }).waitFor();
    for (const visitor of [ida, jan, kim]) {
        expect(visitor.complaints).toEqual([]);
        await visitor.leave();
    }
});

it("a reload brings the rooms back, with what was said meanwhile and without noise for the others", async () => {
    const lena = await visit("lena");
    const link = await makeRoom(lena, "Study");
    const mark = await follow(link, "mark", "Study");
    await mark.say("/join library");
    await mark.inRoom("#library");
    await mark.page.reload();
    await mark.composer.waitFor();
    await entry(mark, "Study").click();
    await mark.inRoom("Study");
    await entry(mark, "library").waitFor();
    await lena.say("welcome back");
    await mark.sees("welcome back");
    // The key is there for reading and writing, and for no new link.
    await mark.say("thanks");
    await lena.sees("thanks");
    await mark.page.getByRole("button", { name: "Invite someone" }).first().click();
    await mark.page.locator(".composer .refusal", { hasText: "can't make the room's link again" }).waitFor();
    expect((await lena.lines()).join("\n")).not.toMatch(/mark (left|came in|disconnected)[^]*mark came in/);
    for (const visitor of [lena, mark]) {
        expect(visitor.complaints).toEqual([]);
        await visitor.leave();
    }
});

it("a message to someone who is away waits, is delivered at the return, and its writer sees each step", async () => {
    const [nora, otto] = [await visit("nora"), await visit("otto")];
    await otto.page.close();
    await nora.page.locator(".person", { hasText: "otto" }).getByText("away").waitFor();
    await nora.say("/msg otto read this when you are back");
    const line = await nora.sees("read this when you are back");
    await line.getByText("otto is away and gets it on coming back").waitFor();
    await line.locator(".delivery-waiting").waitFor();

    const back = await otto.comeBack(here.gateway.page);
    await back.choose("otto");
    await back.sees("read this when you are back");
    await line.locator(".delivery-delivered").waitFor();
    expect(await line.getByText("is away").count()).toBe(0);
    for (const visitor of [nora, back]) {
        expect(visitor.complaints).toEqual([]);
        await visitor.leave();
    }
});

it("a gateway that is killed and comes back is a short drop: rooms go on, nothing is doubled, nobody left or came", async () => {
    const paul = await visit("paul");
    const link = await makeRoom(paul, "Cellar");
    const ruth = await follow(link, "ruth", "Cellar");
    for (let line = 1; line <= 3; line++) await paul.say(`before, ${line}`);
    await ruth.sees("before, 3");
    await here.gateway.kill();
    await paul.page.locator(".banner-waiting").waitFor();
    await ruth.page.locator(".banner-waiting").waitFor();
    await paul.say("typed while it was gone");
    await here.gateway.restart();
    for (const visitor of [paul, ruth]) {
        await visitor.page
            .getByRole("button", { name: "Try now" })
            .click({ timeout: 3_000 })
            .catch(() => {});
        await visitor.page.locator(".you-status.on").waitFor();
    }
    await ruth.sees("typed while it was gone");
    await ruth.say("and after");
    await paul.sees("and after");
    const expected = ["before, 1", "before, 2", "before, 3", "typed while it was gone", "and after"];
    for (const visitor of [paul, ruth]) {
        const lines = await visitor.lines();
        expect(lines.filter(line => expected.includes(line))).toEqual(expected);
        expect(lines.join("\n")).not.toMatch(/(paul|ruth) (left|disconnected)|Connected again/);
        expect(visitor.complaints).toEqual([]);
    }
    for (const visitor of [paul, ruth]) {
        await visitor.page.keyboard.press("Alt+2");
        expect((await visitor.lines()).join("\n")).not.toMatch(/(paul|ruth) disconnected/);
        await visitor.leave();
    }
});
