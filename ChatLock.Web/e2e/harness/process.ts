/** A child process whose output is waited for by its words. */

import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";

/** The longest wait for a word; a test that hits it has failed. */
const waitMs = 60_000;

export class Child {
    /** Everything it has written, both streams in the order of arrival. */
    everything = "";
    private readFrom = 0;
    private readonly waiting = new Set<() => void>();
    private readonly process: ChildProcessWithoutNullStreams;
    readonly exited: Promise<number | null>;

    constructor(command: string, args: readonly string[], env: Record<string, string> = {}) {
        this.process = spawn(command, args, { env: { ...process.env, ...env }, stdio: "pipe" });
        for (const stream of [this.process.stdout, this.process.stderr])
            stream.setEncoding("utf8").on("data", (text: string) => {
                this.everything += text;
                for (const wake of this.waiting) wake();
            });
        this.exited = new Promise(resolve => this.process.on("exit", code => resolve(code)));
    }

    get pid(): number {
        return this.process.pid!;
    }

    /** Waits for a text after the last one that was waited for; answers what came up to its end of line. */
    async read(text: string): Promise<string> {
        const deadline = Date.now() + waitMs;
        for (;;) {
            const found = this.everything.indexOf(text, this.readFrom);
            const end = found < 0 ? -1 : this.everything.indexOf("\n", found);
            if (end >= 0) {
                const line = this.everything.slice(this.everything.lastIndexOf("\n", found) + 1, end);
                this.readFrom = end;
                return line;
            }
            await this.more(text, deadline - Date.now());
        }
    }

    type(line: string): void {
        this.process.stdin.write(`${line}\n`);
    }

    async kill(signal: NodeJS.Signals = "SIGKILL"): Promise<void> {
        this.process.kill(signal);
        await this.exited;
    }

    private more(wanted: string, leftMs: number): Promise<void> {
        return new Promise((resolve, reject) => {
            const done = () => {
                clearTimeout(timer);
                this.waiting.delete(done);
                resolve();
            };
            const timer = setTimeout(() => {
                this.waiting.delete(done);
                reject(new Error(`"${wanted}" never came. What came:\n${this.everything.slice(-4_000)}`));
            }, leftMs);
            this.waiting.add(done);
        });
    }
}
