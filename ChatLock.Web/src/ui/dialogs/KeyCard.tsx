/** A key as words, as a QR code and in hexadecimal. */

import { fingerprintWords } from "../../identity/fingerprint";
import { fromHex } from "../../crypto/bytes";
import { useLoaded } from "../loaded";
import { MissingPart } from "../parts/MissingPart";
import { QrCode } from "../parts/QrCode";

const placeholders = Array<string>(12).fill("…");

export function KeyCard({ of, name }: { of: string; name: string }) {
    const words = useLoaded(() => wordsOf(of), of);
    return (
        <div class="key-card">
            {words.state === "missing" ? (
                <MissingPart what="The words" />
            ) : (
                <ol class="words" aria-label={`The key of ${name} in twelve words`}>
                    {(words.state === "here" ? words.value : placeholders).map((word, index) => (
                        <li key={index}>{word}</li>
                    ))}
                </ol>
            )}
            <QrCode text={`chatlock-key:${of}`} label={`The key of ${name} as a QR code`} />
            <code class="key-hex">{of.match(/.{1,4}/g)?.join(" ")}</code>
        </div>
    );
}

async function wordsOf(key: string): Promise<readonly string[]> {
    const bytes = fromHex(key);
    return bytes ? fingerprintWords(bytes) : placeholders;
}
