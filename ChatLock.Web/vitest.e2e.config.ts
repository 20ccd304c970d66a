import { defineConfig } from "vitest/config";

// Real browsers, gateways and terminal clients; one file at a time, since they share two cores.
export default defineConfig({
    test: {
        include: ["e2e/**/*.e2e.ts"],
        environment: "node",
        fileParallelism: false,
        testTimeout: 60_000,
        hookTimeout: 90_000,
        // A machine that is busy elsewhere can let a real browser's moment pass; a second failure is the page's.
        retry: 1,
        globalSetup: ["e2e/harness/chromium.ts"],
    },
});
