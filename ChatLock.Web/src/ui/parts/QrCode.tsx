/** A QR code as one path. The library comes when the first one is shown. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

/** Cells of white around the code (ISO/IEC 18004). */
const quiet = 4;

export function QrCode({ text, label }: { text: string; label: string }) {
    const drawn = useSignal<{ path: string; size: number } | undefined>(undefined);
    useEffect(() => {
        let isCurrent = true;
        void import("qrcode-generator").then(({ default: qrcode }) => {
            const code = qrcode(0, "M");
            code.addData(text);
            code.make();
            const size = code.getModuleCount();
            let path = "";
            for (let row = 0; row < size; row++)
                for (let column = 0; column < size; column++)
                    if (code.isDark(row, column)) path += `M${column + quiet} ${row + quiet}h1v1h-1z`;
            if (isCurrent) drawn.value = { path, size: size + 2 * quiet };
        });
        return () => {
            isCurrent = false;
        };
    }, [text]);
    const code = drawn.value;
    return (
        <svg
            class="qr"
            viewBox={`0 0 ${code?.size ?? 41} ${code?.size ?? 41}`}
            role="img"
            aria-label={label}
            shape-rendering="crispEdges"
        >
            <rect width="100%" height="100%" />
            {code && <path d={code.path} />}
        </svg>
    );
}
