import { expect, test } from "vitest";
import { fromBigInt } from "../../src/crypto/bytes";
import type { MessageHeader, Opened } from "../../src/suites/contract";
import { ReplayGuard, SALTS_PER_SENDER, SENDERS_MAX } from "../../src/suites/replayGuard";

const sender = (number: number) => fromBigInt(BigInt(number), 32);
const salt = (number: number) => fromBigInt(BigInt(number), 16);
const [alice, bob] = [sender(1), sender(2)];

test("exactly the counters above all before are admitted", () => {
    // Every sequence of five counters from 0 to 4.
    for (let sequence = 0; sequence < 5 ** 5; sequence++) {
        const guard = new ReplayGuard();
        let highest = 0n;
        for (let i = 0, rest = sequence; i < 5; i++, rest = Math.floor(rest / 5)) {
            const counter = BigInt(rest % 5);
            expect(guard.admit(alice, salt(1), counter)).toBe(counter > highest);
            if (counter > highest) highest = counter;
        }
    }
});

test("the last counter there is counts once", () => {
    const guard = new ReplayGuard();
    const last = (1n << 64n) - 1n;
    expect(guard.admit(alice, salt(1), last - 1n)).toBe(true);
    expect(guard.admit(alice, salt(1), last)).toBe(true);
    expect(guard.admit(alice, salt(1), last)).toBe(false);
    expect(guard.admit(alice, salt(1), 1n)).toBe(false);
});

test("senders and salts count for themselves", () => {
    const guard = new ReplayGuard();
    expect(guard.admit(alice, salt(1), 5n)).toBe(true);
    expect(guard.admit(alice, salt(2), 5n)).toBe(true);
    expect(guard.admit(bob, salt(1), 5n)).toBe(true);
    expect(guard.admit(alice, salt(1), 5n)).toBe(false);
    expect(guard.admit(alice, salt(2), 4n)).toBe(false);
    expect(guard.admit(bob, salt(1), 1n)).toBe(false);
});

test("a sender's least recently used salt is the first forgotten", () => {
    const guard = new ReplayGuard();
    for (let i = 0; i < SALTS_PER_SENDER; i++) expect(guard.admit(alice, salt(i), 1n)).toBe(true);
    expect(guard.admit(alice, salt(0), 2n)).toBe(true);
    expect(guard.admit(alice, salt(1000), 1n)).toBe(true);

    expect(guard.admit(alice, salt(0), 2n)).toBe(false);
    for (let i = 2; i < SALTS_PER_SENDER; i++) expect(guard.admit(alice, salt(i), 1n), `${i}`).toBe(false);
    expect(guard.admit(alice, salt(1), 1n)).toBe(true); // forgotten, so a replay of it would pass
});

test("a sender with many salts takes nothing from the others", () => {
    const guard = new ReplayGuard();
    expect(guard.admit(bob, salt(0), 9n)).toBe(true);
    for (let i = 0; i < 10 * SALTS_PER_SENDER; i++) guard.admit(alice, salt(i), 1n);
    expect(guard.admit(bob, salt(0), 9n)).toBe(false);
});

test("a full guard refuses newcomers and goes on with those it knows", () => {
    const guard = new ReplayGuard();
    let admitted = 0;
    for (let i = 0; i < SENDERS_MAX; i++) if (guard.admit(sender(i), salt(0), 1n)) admitted++;
    expect(admitted).toBe(16_384);
    expect(guard.admit(sender(SENDERS_MAX), salt(0), 1n)).toBe(false);
    expect(guard.admit(sender(0), salt(0), 2n)).toBe(true);
    expect(guard.admit(sender(0), salt(0), 2n)).toBe(false);
});

test("a message of 0 or below makes no mark", () => {
    const guard = new ReplayGuard();
    expect(guard.admit(alice, salt(1), 0n)).toBe(false);
    expect(guard.admit(alice, salt(1), -1n)).toBe(false);
    expect(guard.admit(alice, salt(1), 1n)).toBe(true);
});

test.each(["bad-signature", "malformed"] as const)(
    "a message that is %s leaves no mark and its answer stays",
    failure => {
        const guard = new ReplayGuard();
        const refused: Opened = { ok: false, failure };
        expect(guard.admitOpened(refused, header)).toBe(refused);
        expect(guard.admitOpened(genuine, header)).toBe(genuine);
    },
);

test("a message that couldn't be read isn't reported twice", () => {
    const guard = new ReplayGuard();
    const unreadable: Opened = { ok: false, failure: "cannot-decrypt" };
    expect(guard.admitOpened(unreadable, header)).toBe(unreadable);
    expect(guard.admitOpened(unreadable, header)).toEqual({ ok: false, failure: "replayed" });
});

test.each([
    [31, 16],
    [33, 16],
    [32, 15],
    [32, 17],
])("a sender of %i and a salt of %i bytes are misuse", (senderLength, saltLength) => {
    const guard = new ReplayGuard();
    expect(() => guard.admit(new Uint8Array(senderLength), new Uint8Array(saltLength), 1n)).toThrow(
        TypeError,
    );
});

const genuine: Opened = { ok: true, plaintext: new Uint8Array() };
const header: MessageHeader = {
    kind: "post",
    target: new Uint8Array(32),
    sender: alice,
    salt: salt(1),
    counter: 9n,
};
