/** Collects the rows of an explanation. Bytes are copied, so what is shown doesn't change afterwards. */

import { copyOf, toHex } from "../crypto/bytes";
import { sha256 } from "../crypto/sha256";
import type { Secret } from "../crypto/hkdf";
import type { Bytes } from "./contract";
import type { Explanation, Row, Section } from "./explanation";

const FINGERPRINT_BYTES_SHOWN = 8;

export class ExplanationBuilder {
    readonly #sections: (Section & { readonly rows: Row[] })[] = [];

    /** Begins a section; what follows belongs to it. */
    step(title: string, insecure = false): void {
        this.#sections.push({ title, insecure, rows: [] });
    }

    row(row: Row): void {
        const section = this.#sections.at(-1);
        if (section === undefined) throw new Error("a row without a section");
        section.rows.push(row);
    }

    /** @param label "" continues the row above. */
    text(label: string, text: string): void {
        this.row({ kind: "text", label, text });
    }

    size(label: string, bytes: number): void {
        this.text(label, count(bytes, "byte"));
    }

    hex(label: string, bytes: Uint8Array): void {
        if (bytes.length === 0) this.text(label, "(none)");
        else this.row({ kind: "hex", label, bytes: copyOf(bytes) });
    }

    dump(label: string, bytes: Uint8Array): void {
        if (bytes.length === 0) this.text(label, "(none)");
        else this.row({ kind: "dump", label, bytes: copyOf(bytes) });
    }

    /** An uncompressed point as its two coordinates. */
    point(label: string, point: Uint8Array): void {
        this.hex(`${label} X`, point.subarray(1, 33));
        this.hex(`${label} Y`, point.subarray(33));
    }

    /** That something exists, how long it is, and enough of its hash to compare it with. */
    async secret(label: string, secret: Bytes, origin: string): Promise<void> {
        const fingerprint = toHex((await sha256(secret)).subarray(0, FINGERPRINT_BYTES_SHOWN));
        const size = `${secret.length} bytes, not shown; its SHA-256 begins ${fingerprint}`;
        this.text(label, origin + size);
    }

    /** One that the platform keeps can't even be hashed. */
    async roomSecret(secret: Secret): Promise<void> {
        if (secret instanceof Uint8Array) await this.secret("input", secret, "the room's secret, ");
        else
            this.text(
                "input",
                "the room's secret, 32 bytes, kept by this browser so that nothing can read it out",
            );
    }

    verdict(text: string, good: boolean): void {
        this.row({ kind: "verdict", label: "verdict", text, good });
    }

    build(): Explanation {
        return { sections: this.#sections };
    }
}

/** How many of something, in words: "1 byte", "2 bytes". */
export function count(number: number, what: string): string {
    return `${number} ${what}${number === 1 ? "" : "s"}`;
}
