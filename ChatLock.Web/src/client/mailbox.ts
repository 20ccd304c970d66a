/** One thing after the other: whatever happens while something is dealt with waits until that is done.
 * This is what actors have by nature. Empty whenever nobody is in it: its length is bounded by what one call causes. */
export class Mailbox {
    readonly #waiting: (() => void)[] = [];
    #isBusy = false;

    /** @param onBug told of what was thrown; the rest goes on. */
    constructor(private readonly onBug: (thrown: unknown) => void) {}

    post(work: () => void): void {
        this.#waiting.push(work);
        if (this.#isBusy) return;
        this.#isBusy = true;
        for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) this.#run(next);
        this.#isBusy = false;
    }

    /** Posts what becomes of a promise. */
    pipe<T>(promise: Promise<T>, then: (result: T) => void): void {
        promise.then(
            result => this.post(() => then(result)),
            (thrown: unknown) => this.post(() => this.onBug(thrown)),
        );
    }

    #run(work: () => void): void {
        try {
            work();
        } catch (thrown) {
            this.onBug(thrown);
        }
    }
}
