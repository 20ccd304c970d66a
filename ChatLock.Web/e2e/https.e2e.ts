/** The page as a friend on another machine gets it: over HTTPS, by the link that the gateway prints. */

import { createServer, type AddressInfo } from "node:net";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Gateway } from "./harness/gateway";
import { launch, Visitor } from "./harness/visitor";

let browser: Browser;
let gateway: Gateway;
let https: string;
let fingerprint: string;
beforeAll(async () => {
    const port = await freePort();
    https = `https://127.0.0.1:${port}`;
    [browser, gateway] = await Promise.all([launch(), Gateway.start("--listen.page-tls", `*:${port}`)]);
    fingerprint = /fingerprint \(SHA-256\)\s+([0-9a-f]{64})/.exec(gateway.log)![1]!;
});
afterAll(async () => {
    await browser.close();
    await gateway.stop();
});

it("a link with the server's fingerprint leads in, and the fragment leaves the address bar", async () => {
    const friend = await Visitor.open(browser, `${https}/#sha256=${fingerprint}`, {
        ignoreHTTPSErrors: true,
    });
    await friend.choose("friend");
    await friend.composer.waitFor();
    expect(friend.page.url()).toBe(`${https}/`);
    const host = await Visitor.join(browser, gateway.page, "host");
    await friend.say("the friend did one thing: open the link");
    await host.sees("the friend did one thing");
    expect(await friend.cspReports()).toEqual([]);

    // Both give the link that the gateway prints; a machine without a network has none to give.
    const printed = /https:\/\/\S+\/#sha256=[0-9a-f]{64}/.exec(gateway.log)?.[0];
    for (const visitor of [friend, host]) {
        await visitor.page.getByRole("button", { name: "Invite someone" }).first().click();
        const dialog = visitor.page.getByRole("dialog");
        await dialog
            .getByText(printed ?? "listens on this machine only")
            .first()
            .waitFor();
        await visitor.leave();
    }
});

it("a link with another fingerprint is said to lead to another server, and nothing is sent there", async () => {
    const wrong = `${https}/#sha256=${"0".repeat(64)}`;
    const visitor = await Visitor.open(browser, wrong, { ignoreHTTPSErrors: true });
    await visitor.page.locator(".banner-stopped").waitFor();
    expect(await visitor.page.getByRole("button", { name: "Join" }).isDisabled()).toBe(true);
    await visitor.leave();
});

/** A port of this machine that nothing listens on now. */
function freePort(): Promise<number> {
    return new Promise((resolve, reject) => {
        const server = createServer().once("error", reject);
        server.listen(0, "127.0.0.1", () => {
            const { port } = server.address() as AddressInfo;
            server.close(() => resolve(port));
        });
    });
}
