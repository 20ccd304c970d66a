/** Finds Chromium, or installs it from Debian's packages where there are some; else says what to install. */

import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";

const places = [
    process.env["CHROMIUM"],
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

export function chromiumPath(): string | undefined {
    return places.find(place => place !== undefined && existsSync(place));
}

/** Runs once before all browser tests. */
export function setup(): void {
    if (chromiumPath()) return;
    if (!existsSync("/usr/bin/apt-get") || process.getuid?.() !== 0)
        throw new Error(
            "The browser tests need Chromium: install it (Debian: apt-get install chromium), or name it in CHROMIUM.",
        );
    const quiet = { stdio: ["ignore", "ignore", "inherit"] as ["ignore", "ignore", "inherit"] };
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    execFileSync("apt-get", ["update", "-qq"], { ...quiet, env });
    execFileSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"], {
        ...quiet,
        env,
    });
}
