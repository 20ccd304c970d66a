import { describe, expect, test } from "vitest";
import { equal, toHex } from "../../src/crypto/bytes";
import { hkdf } from "../../src/crypto/hkdf";
import { classic, classicRoomKey } from "../../src/suites/classic";
import { decryptEcb, encryptEcb, padded } from "../../src/suites/desEcb";
import { ATTEMPTS_MAX, deriveDesKey, flawOf, withOddParity } from "../../src/suites/desKey";
import { bytes } from "../vectors";
import { kinds, random, room, Talk, text } from "./talk";

test.each(kinds)("a text that ends like the padding is misuse, %s", async kind => {
    const talk = await Talk.of(classic);
    await expect(talk.seal(talk.header(kind), text("ends with\0"))).rejects.toThrow(RangeError);
});

test("one room has one key for all senders, and another room another", async () => {
    const talk = await Talk.of(classic);
    const asBob = { ...talk.header("post"), sender: talk.bob.fingerprint };
    const elsewhere = { ...talk.header("post"), target: await room("garden") };
    const alices = (await talk.seal(talk.header("post"), text("equal"))).ciphertext;
    const bobs = (await classic.sealForRoom(talk.secret, talk.bob, asBob, text("equal"))).ciphertext;
    expect(bobs).toEqual(alices);
    expect((await talk.seal(elsewhere, text("equal"))).ciphertext).not.toEqual(alices);
});

test("equal blocks of a text stay equal", async () => {
    const talk = await Talk.of(classic);
    const { ciphertext } = await talk.seal(talk.header("post"), text("8 bytes.8 bytes."));
    expect(ciphertext).toHaveLength(16);
    expect(equal(ciphertext.subarray(0, 8), ciphertext.subarray(8))).toBe(true);
});

describe("the key of a message", () => {
    test("steps over weak candidates and gets odd parity", async () => {
        const candidates = [
            "0000000000000000",
            "011f011f010e010e",
            "fefefefefefefeff",
            "133457799bbcdff0",
            "ffff",
        ];
        const asked: number[] = [];
        const key = await deriveDesKey(async attempt => {
            asked.push(attempt);
            return bytes(candidates[attempt] ?? "");
        });
        expect(asked).toEqual([0, 1, 2, 3]);
        expect(toHex(key)).toBe("133457799bbcdff1");
    });

    test("is given up when the source gives only weak candidates", async () => {
        let asked = 0;
        const key = deriveDesKey(async () => {
            asked++;
            return new Uint8Array(8);
        });
        await expect(key).rejects.toThrow(RangeError);
        expect(asked).toBe(ATTEMPTS_MAX);
    });

    test("comes from the room's secret, the room and the attempt", async () => {
        const [secret, lobby] = [random(32), await room("lobby")];
        const info = Uint8Array.of(...text("ChatLock v1 classic room\0"), ...lobby, 0);
        const first = withOddParity(await hkdf(secret, new Uint8Array(), info, 8));
        expect(flawOf(first)).toBeUndefined();
        expect(await classicRoomKey(secret, lobby)).toEqual(first);
    });

    test("with even parity or of another length is flawed", () => {
        expect(flawOf(bytes("123457799bbcdff1"))).toBe("even-parity");
        expect(flawOf(bytes("133457799bbcdff1"))).toBeUndefined();
        expect(flawOf(new Uint8Array(7))).toBe("wrong-length");
        expect(flawOf(new Uint8Array())).toBe("wrong-length");
    });

    test("gets its parity from the lowest bits alone", () => {
        const all = withOddParity(Uint8Array.from({ length: 256 }, (_, i) => i));
        all.forEach((value, i) => {
            expect(value >> 1).toBe(i >> 1);
            expect([...value.toString(2)].filter(bit => bit === "1").length % 2).toBe(1);
        });
    });
});

describe("blocks", () => {
    const key = bytes("133457799bbcdff1");

    test("a message is filled up with zeros, one that fills its blocks isn't, none stays none", () => {
        expect([0, 1, 7, 8, 9, 16].map(length => padded(new Uint8Array(length)).length)).toEqual([
            0, 8, 8, 8, 16, 16,
        ]);
        expect(encryptEcb(key, new Uint8Array())).toHaveLength(0);
        expect(decryptEcb(key, new Uint8Array())).toHaveLength(0);
    });

    test("the textbook's block comes out", () => {
        expect(toHex(encryptEcb(key, bytes("0123456789abcdef")))).toBe("85e813540f0ab405");
    });

    test("zeros within a message stay, those at its end are padding", () => {
        const message = Uint8Array.of(0, 1, 0, 0, 2, 0, 0, 0, 0, 3);
        expect(decryptEcb(key, encryptEcb(key, message))).toEqual(message);
        const zeros = encryptEcb(key, Uint8Array.of(1)).slice();
        expect(decryptEcb(key, zeros)).toEqual(Uint8Array.of(1));
        expect(() => encryptEcb(key, Uint8Array.of(1, 0))).toThrow(RangeError);
    });

    test("a ciphertext of broken blocks is refused", () => {
        for (const length of [1, 7, 9, 15]) expect(decryptEcb(key, new Uint8Array(length))).toBeUndefined();
    });
});
