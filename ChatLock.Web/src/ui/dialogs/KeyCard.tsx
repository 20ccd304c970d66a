/** A key as words, as a QR code and in hexadecimal. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { fingerprintWords } from "../../identity/fingerprint";
import { fromHex } from "../../crypto/bytes";
import { QrCode } from "../parts/QrCode";

export function KeyCard({ of, name }: { of: string; name: string }) {
    const words = useSignal<readonly string[]>([]);
    useEffect(() => {
        let isCurrent = true;
        const bytes = fromHex(of);
        if (bytes) void fingerprintWords(bytes).then(found => isCurrent && (words.value = found));
        return () => {
            isCurrent = false;
        };
    }, [of]);
    return (
        <div class="key-card">
            <ol class="words" aria-label={`The key of ${name} in twelve words`}>
                {(words.value.length > 0 ? words.value : Array<string>(12).fill("…")).map((word, index) => (
                    <li key={index}>{word}</li>
                ))}
            </ol>
            <QrCode text={`chatlock-key:${of}`} label={`The key of ${name} as a QR code`} />
            <code class="key-hex">{of.match(/.{1,4}/g)?.join(" ")}</code>
        </div>
    );
}
