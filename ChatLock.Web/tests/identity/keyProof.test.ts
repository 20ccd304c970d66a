import { expect, test } from "vitest";
import { toHex } from "../../src/crypto/bytes";
import { generateSigningKey, importVerifyingKey } from "../../src/crypto/keys";
import { helloContext, sessionKeyContext } from "../../src/identity/keyProof";

const nonce = new Uint8Array(32).fill(1);
const serverId = new Uint8Array(32).fill(2);
const sessionKey = new Uint8Array(65).fill(3);

test("a hello's bytes are label, nonce, server id, session key and the name in UTF-8", () => {
    expect(toHex(helloContext(nonce, serverId, sessionKey, "Zoë"))).toBe(
        "436861744c6f636b2076312068656c6c6f00" + // "ChatLock v1 hello" 00
            "01".repeat(32) +
            "02".repeat(32) +
            "03".repeat(65) +
            "5a6fc3ab",
    );
});

test("a session key's bytes are label, when it was made and key", () => {
    expect(toHex(sessionKeyContext(0x19ab697e800n, sessionKey))).toBe(
        "436861744c6f636b2076312073657373696f6e206b657900" + // "ChatLock v1 session key" 00
            "0000019ab697e800" +
            "03".repeat(65),
    );
    expect(toHex(sessionKeyContext(-1n, sessionKey))).toContain("ffffffffffffffff03");
});

test("a proof holds for its own nonce, server, session key and name only", async () => {
    const identity = await generateSigningKey();
    const signature = await identity.sign(helloContext(nonce, serverId, sessionKey, "alice"));
    const seen = await importVerifyingKey(identity.point);
    const holds = (...parts: Parameters<typeof helloContext>) =>
        seen?.verify(helloContext(...parts), signature);
    expect(await holds(nonce, serverId, sessionKey, "alice")).toBe(true);
    expect(await holds(serverId, serverId, sessionKey, "alice")).toBe(false);
    expect(await holds(nonce, nonce, sessionKey, "alice")).toBe(false);
    expect(await holds(nonce, serverId, new Uint8Array(65), "alice")).toBe(false);
    expect(await holds(nonce, serverId, sessionKey, "alice2")).toBe(false);
});

test("a part of another length is misuse: the parts would run into each other", () => {
    expect(() => helloContext(nonce.subarray(1), serverId, sessionKey, "a")).toThrow(RangeError);
    expect(() => helloContext(nonce, new Uint8Array(33), sessionKey, "a")).toThrow(RangeError);
    expect(() => helloContext(nonce, serverId, sessionKey.subarray(1), "a")).toThrow(RangeError);
    expect(() => sessionKeyContext(0n, new Uint8Array(33))).toThrow(RangeError);
});
