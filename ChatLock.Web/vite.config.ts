import { defineConfig } from "vitest/config";
import { precompress } from "./build/precompress.ts";

// The page: one entry, hashed names, no inline anything (the gateway's CSP forbids it).
export default defineConfig({
    base: "/",
    plugins: [precompress()],
    build: {
        outDir: "dist",
        target: "es2022",
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
        sourcemap: false,
        chunkSizeWarningLimit: 400,
        rolldownOptions: {
            input: { page: "index.html", sw: "src/sw/sw.ts" },
            // The service worker has one name for good: its scope is the folder that it lies in.
            output: { entryFileNames: chunk => (chunk.name === "sw" ? "sw.js" : "assets/[name]-[hash].js") },
        },
    },
    oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
    server: { proxy: { "/ws": { target: "ws://127.0.0.1:4680", ws: true } } },
    test: {
        include: ["tests/**/*.test.ts", "tests/**/*.test.tsx"],
        environment: "node",
        // Guards against hanging, not assertions about speed: cryptography by the book takes its time, and more of it where a machine is
        // busy elsewhere. Vitest's own are 5 and 10 seconds.
        testTimeout: 300_000,
        hookTimeout: 300_000,
    },
});
