/** People at terminals who talk to all, in turn and at an even pace; each message has its number. */

import type { Child } from "../e2e/harness/process";
import type { Gateway } from "../e2e/harness/gateway";

const names = ["ada", "grace", "mary", "hedy"];
const words =
    "the quick brown fox jumps over the lazy dog while **nobody** looks at `it` or at what it does".split(
        " ",
    );

export class Crowd {
    /** Messages said so far. */
    said = 0;

    private constructor(private readonly terminals: readonly Child[]) {}

    static async enter(gateway: Gateway): Promise<Crowd> {
        const terminals = [];
        for (const name of names) terminals.push(await gateway.join(name));
        return new Crowd(terminals);
    }

    /** However late a timer is, `perSecond` come in the end. */
    async say(count: number, perSecond: number): Promise<void> {
        const [begun, before] = [performance.now(), this.said];
        while (this.said < before + count) {
            const due = before + Math.ceil(((performance.now() - begun) / 1000) * perSecond);
            while (this.said < Math.min(due, before + count)) this.sayOne();
            await new Promise(resolve => setTimeout(resolve, 5));
        }
    }

    private sayOne(): void {
        const number = this.said++;
        const text = words.slice(0, 3 + ((number * 7) % 16)).join(" ");
        this.terminals[number % this.terminals.length]!.type(`${number}: ${text}`);
    }
}
