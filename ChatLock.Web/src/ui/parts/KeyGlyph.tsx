/** A small figure drawn from a key: the same key, the same figure, whatever it is called. An aid for the eye, not a proof. */

const cells = 5;

export function KeyGlyph({ of, size = 32 }: { of: string; size?: number }) {
    return (
        <svg
            class="glyph"
            style={{ "--hue": hueOf(of) }}
            width={size}
            height={size}
            viewBox="-1 -1 7 7"
            aria-hidden="true"
            focusable="false"
        >
            <rect class="glyph-ground" x="-1" y="-1" width="7" height="7" rx="1.6" />
            <path d={figureOf(of)} />
        </svg>
    );
}

/** 0 to 359, from the key's first bytes. */
export function hueOf(key: string): number {
    return parseInt(key.slice(0, 4), 16) % 360 || 0;
}

/** Fifteen bits, mirrored left to right. */
function figureOf(key: string): string {
    const bits = parseInt(key.slice(4, 8), 16) || 0;
    let path = "";
    for (let row = 0; row < cells; row++)
        for (let column = 0; column < cells; column++) {
            const bit = row * 3 + (column < 3 ? column : cells - 1 - column);
            if ((bits >> bit) & 1) path += `M${column} ${row}h1v1h-1z`;
        }
    return path || "M2 2h1v1h-1z";
}
