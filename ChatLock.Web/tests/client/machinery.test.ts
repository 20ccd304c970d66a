import { expect, test } from "vitest";
import { Mailbox } from "../../src/client/mailbox";
import { OrderedJobs } from "../../src/client/orderedJobs";
import { tabLockOf } from "../../src/client/tabLock";
import { onWakeUps } from "../../src/connection/wakeUps";
import { generateSigningKey } from "../../src/crypto/signing";
import { rest } from "./support/until";

test("what happens while something is dealt with waits until that is done", () => {
    const order: string[] = [];
    const mailbox = new Mailbox(() => order.push("bug"));
    mailbox.post(() => {
        mailbox.post(() => order.push("second"));
        order.push("first");
    });
    mailbox.post(() => {
        throw new Error("bug");
    });
    mailbox.post(() => order.push("third"));
    expect(order).toEqual(["first", "second", "bug", "third"]);
});

test("jobs run beside each other, and their results come in order", async () => {
    const mailbox = new Mailbox(thrown => {
        throw thrown;
    });
    const jobs = new OrderedJobs(mailbox, 2, 4);
    const [begun, done]: [number[], number[]] = [[], []];
    const finish = new Map<number, () => void>();
    for (const number of [1, 2, 3])
        jobs.add(
            () => {
                begun.push(number);
                return new Promise<number>(resolve => finish.set(number, () => resolve(number)));
            },
            result => done.push(result),
        );
    expect(begun).toEqual([1, 2]);
    finish.get(2)!();
    await rest(5);
    expect(done).toEqual([]);
    finish.get(1)!();
    await rest(5);
    expect(done).toEqual([1, 2]);
    expect(begun).toEqual([1, 2, 3]);
    expect(jobs.isFull).toBe(false);
    finish.get(3)!();
    await rest(5);
    expect(done).toEqual([1, 2, 3]);
});

test("a job that fails is a bug, and is told", async () => {
    const bugs: unknown[] = [];
    const jobs = new OrderedJobs(new Mailbox(thrown => bugs.push(thrown)), 2, 4);
    jobs.add(
        () => Promise.reject(new Error("bug")),
        () => {},
    );
    await rest(5);
    expect(bugs).toHaveLength(1);
});

test("the page wakes up when it is looked at, shown again, or the network is back", () => {
    const [window, document] = [new EventTarget(), new EventTarget()];
    const page = { window, document: Object.assign(document, { visibilityState: "hidden" }) };
    let woken = 0;
    const end = onWakeUps(page as unknown as Parameters<typeof onWakeUps>[0], () => woken++);
    document.dispatchEvent(new Event("visibilitychange"));
    expect(woken).toBe(0);
    page.document.visibilityState = "visible";
    document.dispatchEvent(new Event("visibilitychange"));
    window.dispatchEvent(new Event("online"));
    window.dispatchEvent(new Event("pageshow"));
    expect(woken).toBe(3);
    end();
    window.dispatchEvent(new Event("online"));
    expect(woken).toBe(3);
});

/** As much of Web Locks as is used. */
class FakeLocks {
    #held: { readonly name: string; readonly steal: () => void } | undefined;

    async request(
        name: string,
        options: LockOptions,
        run: (lock: { name: string } | null) => Promise<void> | undefined,
    ): Promise<void> {
        if (this.#held && !options.steal) return run(null);
        this.#held?.steal();
        const stolen = new Promise<never>((_, fail) => {
            this.#held = { name, steal: () => fail(new DOMException("stolen", "AbortError")) };
        });
        const mine = this.#held;
        await Promise.race([run({ name }), stolen]);
        if (this.#held === mine) this.#held = undefined;
    }
}

test("one tab holds an identity; another can take it, and the first is told", async () => {
    const locks = new FakeLocks() as unknown as LockManager;
    const identity = await generateSigningKey();
    const [first, second] = [tabLockOf(locks, identity), tabLockOf(locks, identity)];
    let lost = 0;
    const twice = [first.hold(false, () => lost++), first.hold(false, () => lost++)];
    expect(await Promise.all(twice)).toEqual([true, true]);
    expect(await first.hold(false, () => lost++)).toBe(true);
    expect(await second.hold(false, () => {})).toBe(false);
    expect(await second.hold(true, () => {})).toBe(true);
    await rest(5);
    expect(lost).toBe(1);
    expect(await first.hold(false, () => lost++)).toBe(false);
    second.release();
    await rest(5);
    expect(await first.hold(false, () => lost++)).toBe(true);
});

test("an identity that is let go before it was held is free", async () => {
    const locks = new FakeLocks() as unknown as LockManager;
    const identity = await generateSigningKey();
    const [first, second] = [tabLockOf(locks, identity), tabLockOf(locks, identity)];
    const held = first.hold(false, () => {});
    first.release();
    await held;
    await rest(5);
    expect(await second.hold(false, () => {})).toBe(true);
});

test("without locks every tab talks", async () => {
    const lock = tabLockOf(undefined, await generateSigningKey());
    expect(await lock.hold(false, () => {})).toBe(true);
    lock.release();
});
