import { expect, test } from "vitest";
import { agree, agreementKeyFromScalar, importAgreementPoint } from "../../src/crypto/agreement";
import { concat, fromBigInt, toBigInt, toHex } from "../../src/crypto/bytes";
import { importVerifyingKey } from "../../src/crypto/keys";
import type { Bytes } from "../../src/suites/contract";
import { bytes, type CavpRecord, cavp, passed, wycheproof } from "../vectors";

test("NIST's agreements give its shared coordinates", async () => {
    let run = 0;
    for (const record of cavp("nist-p256/KAS_ECC_CDH_PrimitiveTest.txt")) {
        const own = await agreementKeyFromScalar(record.bytes("dIUT"));
        expect(own.point).toEqual(pointOf(record, "QIUTx", "QIUTy"));
        const peer = await importAgreementPoint(pointOf(record, "QCAVSx", "QCAVSy"));
        if (peer === undefined) throw new Error("NIST's point is refused");
        expect(toHex(await agree(own, peer))).toBe(record.text("ZIUT"));
        run++;
    }
    passed("nist-p256/KAS_ECC_CDH_PrimitiveTest.txt", run, 25);
});

test("Wycheproof's peers are agreed with or refused as it says", async () => {
    type Test = Record<"public" | "private" | "shared", string>;
    const counts = { agreed: 0, refused: 0 };
    for (const { test } of wycheproof<object, Test>("wycheproof/ecdh_secp256r1_ecpoint_test.json")) {
        const peer = await importAgreementPoint(bytes(test.public));
        if (peer === undefined) {
            // "acceptable" is a compressed point: ChatLock takes uncompressed ones only.
            expect(test.result, `tcId ${test.tcId}`).not.toBe("valid");
            counts.refused++;
            continue;
        }
        expect(test.result, `tcId ${test.tcId}`).toBe("valid");
        // Private keys are signed integers of any length there.
        const own = await agreementKeyFromScalar(fromBigInt(toBigInt(bytes(test.private)), 32));
        expect(toHex(await agree(own, peer)), `tcId ${test.tcId}`).toBe(test.shared);
        counts.agreed++;
    }
    expect(counts).toEqual({ agreed: 264, refused: 21 });
    passed("wycheproof/ecdh_secp256r1_ecpoint_test.json", counts.agreed + counts.refused, 285);
});

test("NIST's public keys are judged as it says", async () => {
    let run = 0;
    for (const record of cavp("nist-p256/PKV.rsp")) {
        const point = pointOf(record, "Qx", "Qy");
        const isValid = record.text("Result").startsWith("P");
        expect((await importVerifyingKey(point)) !== undefined, record.text("Qx")).toBe(isValid);
        expect((await importAgreementPoint(point)) !== undefined, record.text("Qx")).toBe(isValid);
        run++;
    }
    passed("nist-p256/PKV.rsp", run, 12);
});

test("NIST's private keys have the public keys it says", async () => {
    let run = 0;
    for (const record of cavp("nist-p256/KeyPair.rsp").filter(record => record.has("d"))) {
        const pair = await agreementKeyFromScalar(record.bytes("d"));
        expect(pair.point).toEqual(pointOf(record, "Qx", "Qy"));
        run++;
    }
    passed("nist-p256/KeyPair.rsp", run, 10);
});

test.each([
    ["one byte", "00"],
    ["n", "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"],
    ["0", "00".repeat(32)],
])("%s is no private key", async (_, scalar) => {
    await expect(agreementKeyFromScalar(bytes(scalar))).rejects.toThrow(RangeError);
});

function pointOf(record: CavpRecord, x: string, y: string): Bytes {
    return concat(Uint8Array.of(0x04), coordinate(record.text(x)), coordinate(record.text(y)));
}

// Four of PKV's coordinates have 33 bytes, written with 65 digits.
function coordinate(hex: string): Bytes {
    return bytes(hex.length % 2 === 0 ? hex : `0${hex}`);
}
