/** What a hostile or broken server can't do unseen. Frames are changed on their way to the browser. */

import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { EnvelopeSchema, ServerFrameSchema, type ServerFrame } from "../src/wire/generated/chatlock_pb";
import { Visitor } from "./harness/visitor";
import { world } from "./harness/world";

const here = world();

/** Joins with a network that changes frames: the answer is what the browser gets instead, in order. */
async function joinThrough(name: string, change: (frame: ServerFrame) => ServerFrame[]): Promise<Visitor> {
    const context = await here.browser.newContext({ locale: "en-GB" });
    await context.routeWebSocket("**/ws", socket => {
        const server = socket.connectToServer();
        server.onMessage(message => {
            const frame = fromBinary(ServerFrameSchema, message as Buffer);
            for (const passed of change(frame)) socket.send(Buffer.from(toBinary(ServerFrameSchema, passed)));
        });
    });
    const page: Page = await context.newPage();
    const visitor = Visitor.on(page);
    await page.goto(here.gateway.page);
    await visitor.choose(name);
    await visitor.composer.waitFor();
    return visitor;
}

function numberedAnew(frame: ServerFrame): ServerFrame {
    const again = fromBinary(ServerFrameSchema, toBinary(ServerFrameSchema, frame));
    if (again.body.case === "privateMessage") again.body.value.position!.sequence++;
    return again;
}

/** Changes one byte of a field of the envelope in each frame that has one. */
function tampered(frame: ServerFrame, field: "signature" | "ciphertext"): ServerFrame[] {
    if (frame.body.case !== "posted" && frame.body.case !== "privateMessage") return [frame];
    const envelope = fromBinary(EnvelopeSchema, frame.body.value.envelope);
    envelope[field][10]! ^= 1;
    frame.body.value.envelope = toBinary(EnvelopeSchema, envelope);
    return [frame];
}

it.each(["signature", "ciphertext"] as const)(
    "a message whose %s was changed in flight is shown as such, and not as text",
    async field => {
        const victim = await joinThrough(`victim-${field}`, frame => tampered(frame, field));
        const sender = await Visitor.join(here.browser, here.gateway.page, `sender-${field}`);
        await sender.say("the original words");
        const line = await victim.sees("signature does not verify");
        expect(await line.innerText()).toContain(`sender-${field}`);
        expect(await victim.log.innerText()).not.toContain("the original words");
        await sender.say(`private:victim-${field}:private words`);
        await victim.sees("(private)");
        expect(await victim.log.innerText()).not.toContain("private words");
        expect(await (await sender.sees("private words")).locator(".delivery-delivered").count()).toBe(0);
        await line.locator("button.stamp").click();
        await victim.page.locator(".verdict-bad", { hasText: "DOES NOT VERIFY" }).waitFor();
        await victim.leave();
        await sender.leave();
    },
);

it("a private message that comes a second time is dropped, and said to be", async () => {
    const victim = await joinThrough("twice", frame =>
        // Under a number of its own: a second one under the same would end the connection.
        frame.body.case === "privateMessage" ? [frame, numberedAnew(frame)] : [frame],
    );
    const sender = await Visitor.join(here.browser, here.gateway.page, "once");
    await sender.say("private:twice:only one of these");
    await victim.sees("came a second time and was dropped");
    expect(await victim.log.locator(".line.message", { hasText: "only one of these" }).count()).toBe(1);
    await victim.leave();
    await sender.leave();
});

it("a name that suddenly has another key gets nothing until the user has answered", async () => {
    const first = await Visitor.join(here.browser, here.gateway.page, "mallory");
    const friend = await Visitor.join(here.browser, here.gateway.page, "friend");
    await first.say("hello friend");
    await friend.sees("hello friend");
    await first.leave();
    await friend.sees("mallory disconnected");

    const second = await Visitor.join(here.browser, here.gateway.page, "mallory");
    await friend.sees("mallory has another key than before");
    await friend.say("private:mallory:for the first one only");
    const refusal = friend.page.locator(".composer .refusal, .fate-failed").filter({ hasText: /key/ });
    await refusal.first().waitFor();
    expect(await second.log.innerText()).not.toContain("for the first one only");

    await friend.page.locator(".person-item", { hasText: "mallory" }).locator("button.icon-button").click();
    await friend.page.getByRole("button", { name: "They are the same: verified" }).click();
    await friend.page.getByText("mallory is verified").first().waitFor();
    await friend.page.keyboard.press("Escape");
    await friend.say("private:mallory:now it may go");
    await second.sees("now it may go");
    await second.leave();
    await friend.leave();
});

it("the words that two people compare are the same at both ends, and a terminal's too", async () => {
    const browserPerson = await Visitor.join(here.browser, here.gateway.page, "words");
    const terminal = await here.gateway.join("reader");
    await browserPerson.page.locator("button.you-button").click();
    const list = browserPerson.page.locator(".words li");
    await list
        .filter({ hasText: /^[a-z]+$/ })
        .first()
        .waitFor();
    const words = await list.allInnerTexts();
    expect(words).toHaveLength(12);
    terminal.type("/whois words");
    for (const word of [words[0]!, words[11]!]) expect(await terminal.read(word)).toContain(word);
    await browserPerson.leave();
});

it("a server with another key than the link says is not talked to", async () => {
    const visitor = await Visitor.open(here.browser, `${here.gateway.page}/#sha256=${"ab".repeat(32)}`);
    await visitor.page.locator(".banner-stopped").waitFor();
    expect(visitor.page.url()).not.toContain("#");
    await visitor.leave();
});

it("an invite opened in a tab that is here already is checked too, and leaves the address bar", async () => {
    const visitor = await Visitor.join(here.browser, here.gateway.page, "invited");
    await visitor.page.evaluate(() => (location.hash = `#sha256=${"cd".repeat(32)}`));
    await visitor.page.locator(".banner-stopped").waitFor();
    expect(visitor.page.url()).not.toContain("#");
    await visitor.leave();
});

it("known keys that can't be read are asked about: without them a changed key would look new", async () => {
    const context = await here.browser.newContext({ locale: "en-GB" });
    await context.addInitScript(() => {
        const open = IDBFactory.prototype.open;
        IDBFactory.prototype.open = function (name, version) {
            if (name === "chatlock-pins") throw new DOMException("closed", "UnknownError");
            return open.call(this, name, version);
        };
    });
    const visitor = Visitor.on(await context.newPage());
    await visitor.page.goto(here.gateway.page);
    await visitor.page.getByText("it can't be read now").waitFor();
    await visitor.page.getByRole("button", { name: "Go on: everyone counts as new" }).click();
    await visitor.choose("forgetful");
    await visitor.sees("is forgotten with the tab");
    await visitor.leave();
});

it("frames that a newer server sends are ignored", async () => {
    const visitor = await joinThrough("newer", frame => [create(ServerFrameSchema), frame]);
    await visitor.say("still here");
    await (await visitor.sees("still here")).locator(".delivery-sent").waitFor();
    expect(visitor.complaints).toEqual([]);
    await visitor.leave();
});
