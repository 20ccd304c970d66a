/** What is acknowledged to the mailbox: nothing that is open, and in the end everything. */

import { beforeEach, expect, test } from "vitest";
import {
    ACK_COLLECT_MAX,
    ACK_COLLECT_MS,
    newMailboxState,
    onMailboxInput,
    type MailboxEffect,
    type MailboxInput,
    type MailboxState,
} from "../../src/client/mailboxState";
import { below, numbers } from "./support/random";

let state: MailboxState;
let effects: MailboxEffect[];

const welcomed = (sequence: bigint, epoch = 3n): MailboxInput => ({ type: "welcomed", epoch, sequence });
const came = (sequence: bigint): MailboxInput => ({ type: "came", sequence });
const handled = (sequence: bigint, epoch = 3n): MailboxInput => ({ type: "handled", epoch, sequence });
const due: MailboxInput = { type: "due" };
const taken: MailboxInput = { type: "answered", isTaken: true };
const offline: MailboxInput = { type: "offline" };

function on(...inputs: MailboxInput[]): void {
    for (const input of inputs) {
        const [next, done] = onMailboxInput(state, input);
        state = next;
        effects.push(...done);
    }
}

const acknowledged = () =>
    effects.flatMap(effect => (effect.type === "acknowledge" ? [effect.sequence] : []));

beforeEach(() => {
    state = newMailboxState;
    effects = [];
    on(welcomed(10n));
});

test("what was dealt with is acknowledged after a while, in one", () => {
    on(came(11n), came(12n), handled(11n), handled(12n));
    expect(effects).toEqual([{ type: "wake-after", delayMs: ACK_COLLECT_MS }]);
    on(due);
    expect(acknowledged()).toEqual([12n]);
});

test("many are acknowledged at once", () => {
    for (let number = 11n; number < 11n + ACK_COLLECT_MAX; number++) on(came(number), handled(number));
    expect(acknowledged()).toEqual([10n + ACK_COLLECT_MAX]);
});

test("what is still open holds back what comes after it", () => {
    on(came(11n), came(12n), came(13n), handled(11n), handled(13n), due);
    expect(acknowledged()).toEqual([11n]);
    on(taken, handled(12n), due);
    expect(acknowledged()).toEqual([11n, 13n]);
});

test("one is under way at a time", () => {
    on(came(11n), came(12n), handled(11n), due, handled(12n), due);
    expect(acknowledged()).toEqual([11n]);
    on(taken, due);
    expect(acknowledged()).toEqual([11n, 12n]);
});

test("a refused one is tried again after a while, and not at once", () => {
    for (let number = 11n; number < 11n + ACK_COLLECT_MAX; number++) on(came(number), handled(number));
    on({ type: "answered", isTaken: false });
    expect(acknowledged()).toHaveLength(1);
    on(due);
    expect(acknowledged()).toHaveLength(2);
});

test("what had no answer is acknowledged on the next connection", () => {
    on(came(11n), handled(11n), due, offline, welcomed(11n), due);
    expect(acknowledged()).toEqual([11n, 11n]);
});

test("what is dealt with while offline is acknowledged afterwards", () => {
    on(came(11n), came(12n), offline, handled(11n), handled(12n));
    expect(acknowledged()).toEqual([]);
    on(welcomed(12n), due);
    expect(acknowledged()).toEqual([12n]);
});

test("a mailbox that began anew is counted anew", () => {
    on(came(11n), welcomed(0n, 9n), handled(11n), came(1n), handled(1n), due);
    expect(acknowledged()).toEqual([]);
    on(handled(1n, 9n), due);
    expect(effects.at(-1)).toEqual({ type: "acknowledge", epoch: 9n, sequence: 1n });
});

test("nothing open is ever acknowledged, and in the end all is, whatever happens in whatever order", () => {
    for (let seed = 1; seed <= 300; seed++) {
        const random = numbers(seed);
        state = onMailboxInput(newMailboxState, welcomed(0n))[0];
        const open: bigint[] = [];
        let [last, underWay, done, isOnline] = [0n, undefined as bigint | undefined, 0n, true];
        const step = (input: MailboxInput | undefined) => {
            if (!input) return;
            if (input.type === "answered" && input.isTaken) done = underWay!;
            if (input.type === "answered" || input.type === "offline") underWay = undefined;
            const [next, told] = onMailboxInput(state, input);
            state = next;
            for (const effect of told) {
                if (effect.type !== "acknowledge") continue;
                expect(isOnline && underWay === undefined, `seed ${seed}`).toBe(true);
                expect(open.every(number => number > effect.sequence) && effect.sequence > done).toBe(true);
                underWay = effect.sequence;
            }
        };
        const goOnline = (): MailboxInput | undefined => {
            if (isOnline) return undefined;
            isOnline = true;
            return welcomed(last);
        };
        const answered = (isTaken: boolean): MailboxInput | undefined =>
            underWay === undefined ? undefined : { type: "answered", isTaken };
        const choices: (() => MailboxInput | undefined)[] = [
            () => (isOnline ? (open.push(++last), came(last)) : undefined),
            () => (open.length > 0 ? handled(open.splice(below(random, open.length), 1)[0]!) : undefined),
            () => due,
            () => answered(true),
            () => answered(false),
            () => ((isOnline = false), offline),
            goOnline,
        ];
        for (let count = 0; count < 100; count++) step(choices[below(random, choices.length)]!());
        while (open.length > 0) step(handled(open.pop()!));
        isOnline = false;
        step(offline);
        step(goOnline());
        for (let count = 0; count < 2; count++) {
            step(due);
            step(answered(true));
        }
        expect(done, `seed ${seed}`).toBe(last);
    }
});
