/** What a browser keeps: the key that nobody can read out, and whom its tabs have met. */

import { expect, it } from "vitest";
import { Visitor } from "./harness/visitor";
import { world } from "./harness/world";

const here = world();

it("the stored key signs and can't be read out, whatever the page's scripts try", async () => {
    const alice = await Visitor.join(here.browser, here.gateway.page, "alice");
    const tried = await alice.page.evaluate(async () => {
        const ask = <T>(request: IDBRequest<T>) =>
            new Promise<T>((resolve, reject) => {
                request.onsuccess = () => resolve(request.result);
                request.onerror = () => reject(request.error!);
            });
        const database = await ask(indexedDB.open("chatlock"));
        const stored = database.transaction("identity").objectStore("identity").get("own");
        const { privateKey } = (await ask(stored)) as { privateKey: CryptoKey };
        const outcomes = ["jwk", "pkcs8", "raw"].map(format =>
            crypto.subtle.exportKey(format as KeyFormat, privateKey).then(
                () => "read out",
                (refused: DOMException) => refused.name,
            ),
        );
        const signing = { name: "ECDSA", hash: "SHA-256" };
        const signature = await crypto.subtle.sign(signing, privateKey, new Uint8Array(1));
        return { outcomes: await Promise.all(outcomes), signatureBytes: signature.byteLength };
    });
    expect(tried.outcomes).not.toContain("read out");
    expect(tried.signatureBytes).toBe(64);
    await alice.leave();
});

it("a tab that takes the identity back knows whom the other tab has met", async () => {
    const first = await Visitor.join(here.browser, here.gateway.page, "carol");
    const second = await first.anotherTab(here.gateway.page);
    await second.page.getByRole("button", { name: "Use it here" }).click();
    await second.choose("carol");
    await second.composer.waitFor();
    const dave = await Visitor.join(here.browser, here.gateway.page, "dave");
    await dave.say("this is dave");
    await second.sees("this is dave");
    await dave.leave();
    await second.sees("dave disconnected"); // the name is free
    const mallory = await Visitor.join(here.browser, here.gateway.page, "dave");
    await first.page.getByRole("button", { name: "Use it here" }).click();
    await first.page.locator(".you-status.on").waitFor();
    await first.say("private:dave:the secret");
    await first.sees("dave has another key than before");
    expect(await mallory.log.innerText()).not.toContain("the secret");
    for (const visitor of [first, second, mallory]) expect(visitor.complaints).toEqual([]);
    await first.leave();
    await mallory.leave();
});
