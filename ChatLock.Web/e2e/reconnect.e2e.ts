/** The gateway dies and comes back; the network goes and comes back. */

import { expect, it } from "vitest";
import { Visitor } from "./harness/visitor";
import { lasting } from "./harness/gateway";
import { world } from "./harness/world";

const here = world(...lasting);

it("a killed gateway is said in words with a countdown; what was typed meanwhile goes out once it is back", async () => {
    const alice = await Visitor.join(here.browser, here.gateway.page, "alice");
    const bob = await Visitor.join(here.browser, here.gateway.page, "bob");
    await alice.say("before");
    await bob.sees("before");

    await here.gateway.kill();
    const banner = alice.page.locator(".banner-waiting");
    await banner.filter({ hasText: /next try in \d+ s/ }).waitFor();
    await alice.say("typed while it was gone");
    const waiting = await alice.sees("typed while it was gone");
    await waiting.getByText("queued").first().waitFor();

    await here.gateway.restart();
    await alice.page
        .getByRole("button", { name: "Try now" })
        .click({ timeout: 5_000 })
        .catch(() => {});
    await bob.page
        .getByRole("button", { name: "Try now" })
        .click({ timeout: 5_000 })
        .catch(() => {});
    await alice.page.locator(".you-status.on").waitFor();
    await waiting.locator(".delivery-sent").waitFor();
    await bob.page.locator(".you-status.on").waitFor();
    expect(await alice.page.locator(".you-name").innerText()).toBe("alice");
    await alice.say("private:bob:after");
    await bob.sees("after");
    expect(await bob.log.locator(".line.message", { hasText: "before" }).count()).toBe(1);
    for (const visitor of [alice, bob]) {
        expect(visitor.complaints).toEqual([]);
        await visitor.leave();
    }
});

it("a network that went away and came back is noticed at once", async () => {
    const carol = await Visitor.join(here.browser, here.gateway.page, "carol");
    const dave = await Visitor.join(here.browser, here.gateway.page, "dave");
    await here.gateway.kill();
    await carol.page.locator(".banner-waiting").waitFor();
    await carol.page.context().setOffline(true);
    await here.gateway.restart();
    await carol.page.context().setOffline(false);
    await carol.page.locator(".you-status.on").waitFor();
    await dave.page.locator(".you-status.on").waitFor();
    await carol.say("hello again");
    await dave.sees("hello again");
    await carol.leave();
    await dave.leave();
});

it("an installed page opens without a gateway and says that it is gone", async () => {
    const erin = await Visitor.join(here.browser, here.gateway.page, "erin");
    await erin.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await erin.page.reload();
    await erin.composer.waitFor();
    await here.gateway.kill();
    await erin.page.reload();
    await erin.page
        .getByText(/Is it running|doesn't answer|next try/)
        .first()
        .waitFor();
    await here.gateway.restart();
    await erin.leave();
});
