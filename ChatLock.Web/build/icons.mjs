// Draws the icons: node build/icons.mjs. The SVG files are made here, the PNG files by a browser given with CHROMIUM
// (default: chromium). Their output is committed; run it again only when the mark changes.
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { tmpdir } from "node:os";

const folder = new URL("../public/icons/", import.meta.url).pathname;
mkdirSync(folder, { recursive: true });

const bubble = "M12 10h40a7 7 0 0 1 7 7v27a7 7 0 0 1-7 7H35L20 60v-9h-8a7 7 0 0 1-7-7V17a7 7 0 0 1 7-7z";
const keyhole = "M32 19.5a7 7 0 0 1 3.3 13.2L37.8 43H26.2l2.5-10.3A7 7 0 0 1 32 19.5z";
const mark = `<path fill="#1d6355" d="${bubble}"/><path fill="#fbf9f4" d="${keyhole}"/>`;

const svg = inner => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">${inner}</svg>\n`;
const badge = text =>
    `<circle cx="47" cy="17" r="16" fill="#b4470f" stroke="#fff" stroke-width="3"/>` +
    `<text x="47" y="25.5" text-anchor="middle" font-family="system-ui,sans-serif" font-size="25" font-weight="700" fill="#fff">${text}</text>`;

writeFileSync(join(folder, "favicon.svg"), svg(mark));
for (let count = 1; count <= 9; count++)
    writeFileSync(join(folder, `favicon-${count}.svg`), svg(mark + badge(count)));
writeFileSync(join(folder, "favicon-more.svg"), svg(mark + badge("+")));

for (const [name, size, inset, ground] of [
    ["icon-192", 192, 0.06, "none"],
    ["icon-512", 512, 0.06, "none"],
    ["icon-maskable-512", 512, 0.2, "#fbf9f4"],
    ["apple-touch-icon", 180, 0.12, "#fbf9f4"],
]) {
    const page = join(tmpdir(), `${name}.html`);
    const pad = Math.round(size * inset);
    writeFileSync(
        page,
        `<style>*{margin:0}body{background:${ground === "none" ? "transparent" : ground}}svg{display:block;padding:${pad}px;box-sizing:border-box;width:${size}px;height:${size}px}</style>${svg(mark)}`,
    );
    execFileSync(
        process.env.CHROMIUM ?? "chromium",
        [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--hide-scrollbars",
            "--default-background-color=00000000",
            "--force-device-scale-factor=1",
            `--window-size=${size},${size}`,
            `--screenshot=${join(folder, `${name}.png`)}`,
            `file://${page}`,
        ],
        { stdio: "ignore" },
    );
    rmSync(page);
}
