/** What every file of browser tests has: one browser and one gateway, from before its first test to after its last. */

import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll } from "vitest";
import { Gateway } from "./gateway";
import { launch } from "./visitor";

export interface World {
    readonly browser: Browser;
    readonly gateway: Gateway;
}

/** @param settings of the gateway, as on its command line. @returns what is there once the tests run. */
export function world(...settings: string[]): World {
    let there: World | undefined;
    const now = (): World => {
        if (!there) throw new Error("the browser and the gateway are there while tests run");
        return there;
    };
    beforeAll(async () => {
        const [browser, gateway] = await Promise.all([launch(), Gateway.start(...settings)]);
        there = { browser, gateway };
    });
    // Whoever a test leaves behind, failed or not, gives its name back.
    afterEach(async () => {
        await Promise.all(
            now()
                .browser.contexts()
                .map(context => context.close()),
        );
        await now().gateway.dismissClients();
    });
    afterAll(async () => {
        await there?.browser.close();
        await there?.gateway.stop();
    });
    return {
        get browser() {
            return now().browser;
        },
        get gateway() {
            return now().gateway;
        },
    };
}
