/** Asynchronous jobs of which several run at once, while their results come out in the order they went in.
 * Whoever puts one in asks first whether there is room. */

import type { Mailbox } from "./mailbox";

interface Job {
    readonly run: () => Promise<() => void>;
    /** Undefined until the result is there. */
    finish: (() => void) | undefined;
    isRunning: boolean;
}

export class OrderedJobs {
    readonly #jobs: Job[] = [];

    /** @param parallelMax jobs under way at once. @param max jobs that may wait, those under way among them. */
    constructor(
        private readonly mailbox: Mailbox,
        private readonly parallelMax: number,
        readonly max: number,
    ) {}

    get isFull(): boolean {
        return this.#jobs.length >= this.max;
    }

    /** @param work begins in the order of adding. @param done gets its result in the same order, in the mailbox. */
    add<T>(work: () => Promise<T>, done: (result: T) => void): void {
        const run = async () => {
            const result = await work();
            return () => done(result);
        };
        this.#jobs.push({ run, finish: undefined, isRunning: false });
        this.#start();
    }

    #start(): void {
        for (const job of this.#jobs.slice(0, this.parallelMax)) {
            if (job.isRunning) continue;
            job.isRunning = true;
            this.mailbox.pipe(job.run(), finish => {
                job.finish = finish;
                this.#finish();
            });
        }
    }

    #finish(): void {
        for (let finish = this.#jobs[0]?.finish; finish; finish = this.#jobs[0]?.finish) {
            this.#jobs.shift();
            finish();
        }
        this.#start();
    }
}
