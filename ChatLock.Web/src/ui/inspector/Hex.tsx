/** Bytes for people. */

/** Bytes shown at first; the rest on request would be the same again. */
const shownMax = 256;

export function hexOf(bytes: Uint8Array): string {
    let text = "";
    for (const byte of bytes) text += byte.toString(16).padStart(2, "0");
    return text;
}

/** Groups of four bytes that wrap where there is no room. */
export function Hex({ bytes }: { bytes: Uint8Array }) {
    if (bytes.length === 0) return <span class="away">none</span>;
    const shown = hexOf(bytes.subarray(0, shownMax));
    return (
        <code class="hex">
            {shown.match(/.{1,8}/g)?.join(" ")}
            {bytes.length > shownMax && <span class="away"> and {bytes.length - shownMax} bytes more</span>}
        </code>
    );
}

/** Rows of sixteen bytes with their ASCII beside. */
export function Dump({ bytes, label }: { bytes: Uint8Array; label: string }) {
    const rows: { offset: number; part: Uint8Array }[] = [];
    for (let offset = 0; offset < Math.min(bytes.length, shownMax); offset += 16)
        rows.push({ offset, part: bytes.subarray(offset, Math.min(offset + 16, bytes.length)) });
    return (
        <div class="scroll-x" tabIndex={0} role="region" aria-label={label}>
            <table class="dump">
                <tbody>
                    {rows.map(({ offset, part }) => (
                        <tr key={offset}>
                            <th scope="row">{offset.toString(16).padStart(4, "0")}</th>
                            <td>{hexOf(part).match(/.{2}/g)?.join(" ")}</td>
                            <td class="ascii">{ascii(part)}</td>
                        </tr>
                    ))}
                </tbody>
            </table>
            {bytes.length > shownMax && <p class="away">and {bytes.length - shownMax} bytes more</p>}
        </div>
    );
}

function ascii(bytes: Uint8Array): string {
    return [...bytes].map(byte => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : "·")).join("");
}
