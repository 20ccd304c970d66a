import { afterAll, describe, expect, test } from "vitest";
import { readContent, toPlaintext } from "../../src/conversations/messageBody";
import { receiptOf } from "../../src/conversations/receipt";
import { toHex } from "../../src/crypto/bytes";
import { bytes, passed, readJson } from "../vectors";

interface Body {
    readonly name: string;
    readonly plaintext: string;
    readonly kind: "text" | "action" | "receipt" | "malformed";
    readonly text?: string;
    readonly ids?: readonly string[];
    readonly reason?: "not-text" | "malformed";
}

const FILE = "messages/bodies.json";
const { bodies } = readJson<{ bodies: readonly Body[] }>(FILE);

describe("what is inside a message", () => {
    let done = 0;
    afterAll(() => passed(FILE, done, bodies.length));

    test.each(bodies)("$name", ({ plaintext, kind, text, ids, reason }) => {
        const content = readContent(bytes(plaintext));
        switch (content.is) {
            case "text":
                expect([kind, text]).toEqual([content.body.isAction ? "action" : "text", content.body.text]);
                expect(toHex(toPlaintext(content.body))).toBe(plaintext);
                break;
            case "receipt":
                expect([kind, ids]).toEqual(["receipt", content.ids]);
                expect(toHex(receiptOf(content.ids))).toBe(plaintext);
                break;
            default:
                expect([kind, reason]).toEqual(["malformed", content.is]);
        }
        done++;
    });
});
