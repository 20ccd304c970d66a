import { expect, test } from "vitest";
import { closeReasonName, closeReasonOf, refusalName, refusalOf } from "../../src/codes/codeNames";
import { closeSentence } from "../../src/codes/closeSentences";
import { CloseReason, RefusalCode } from "../../src/wire/generated/chatlock_pb";

test("codes and reasons have the names of the protocol, there and back", () => {
    expect(refusalName(RefusalCode.NAME_TAKEN)).toBe("name-taken");
    expect(closeReasonName(CloseReason.TOO_MANY_CONNECTIONS)).toBe("too-many-connections");
    expect(refusalOf("cannot-resume")).toBe(RefusalCode.CANNOT_RESUME);
    expect(closeReasonOf("hello-timeout")).toBe(CloseReason.HELLO_TIMEOUT);
});

test("a number of a newer version has a name that says so", () => {
    expect(refusalName(77 as RefusalCode)).toBe("unknown-77");
    expect(closeReasonName(-1 as CloseReason)).toBe("unknown--1");
    expect(refusalOf("no-such-code")).toBeUndefined();
});

test("every reason has a sentence of its own", () => {
    const reasons = Object.values(CloseReason).filter(value => typeof value === "number");
    const sentences = reasons.map(reason => closeSentence(reason as CloseReason));
    expect(new Set(sentences).size).toBe(reasons.length);
    for (const sentence of sentences) expect(sentence).toMatch(/^[A-Z].*\.$/);
});
