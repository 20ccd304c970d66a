import { expect, test } from "vitest";
import { toHex } from "../../src/crypto/bytes";
import { sha256 } from "../../src/crypto/sha256";
import { sha256OfPublic } from "../../src/wire/sha256";

test("at every length up to four blocks it is the platform's SHA-256", async () => {
    for (let length = 0; length <= 256; length++) {
        const data = Uint8Array.from({ length }, (_, at) => (at * 31 + length) & 0xff);
        expect(toHex(sha256OfPublic(data)), `${length} bytes`).toBe(toHex(await sha256(data)));
    }
});

test("a million letters a are NIST's", () => {
    expect(toHex(sha256OfPublic(new Uint8Array(1_000_000).fill(0x61)))).toBe(
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0",
    );
});
