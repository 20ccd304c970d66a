/** A QR code as one path; the library comes when the first one is shown. */

import { useLoaded } from "../loaded";

/** Cells of white around the code (ISO/IEC 18004). */
const quiet = 4;

export function QrCode({ text, label }: { text: string; label: string }) {
    const drawn = useLoaded(() => draw(text), text);
    // A convenience beside the same in words: without its code it is left out.
    if (drawn.state === "missing") return null;
    const { path, size } = drawn.state === "here" ? drawn.value : { path: "", size: 41 };
    return (
        <svg
            class="qr"
            viewBox={`0 0 ${size} ${size}`}
            role="img"
            aria-label={label}
            shape-rendering="crispEdges"
        >
            <rect width="100%" height="100%" />
            <path d={path} />
        </svg>
    );
}

async function draw(text: string): Promise<{ path: string; size: number }> {
    const { default: qrcode } = await import("qrcode-generator");
    const code = qrcode(0, "M");
    code.addData(text);
    code.make();
    const size = code.getModuleCount();
    let path = "";
    for (let row = 0; row < size; row++)
        for (let column = 0; column < size; column++)
            if (code.isDark(row, column)) path += `M${column + quiet} ${row + quiet}h1v1h-1z`;
    return { path, size: size + 2 * quiet };
}
