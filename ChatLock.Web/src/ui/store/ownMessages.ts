/** Own messages whose fate is still open, by the id that the page gave them. */

import { signal } from "@preact/signals";
import type { Delivery, MessageLine } from "./lines";

/** Kept at most; the client's outbox is smaller than this. Beyond it the oldest that is safe is no longer followed. */
export const pendingMax = 2_000;

export class OwnMessages {
    /** How many aren't safe yet: leaving the page would lose them. */
    readonly unsafe = signal(0);
    private readonly pending = new Map<number, MessageLine>();

    find(localId: number): MessageLine | undefined {
        return this.pending.get(localId);
    }

    /** Follows a line, in the place of one with the same id. */
    follow(localId: number, line: MessageLine): void {
        if (this.pending.size >= pendingMax && !this.pending.has(localId)) this.dropOldestSafe();
        this.pending.set(localId, line);
        this.count();
    }

    /** What became of it; false when it isn't followed. Only a private message that was sent is followed on. */
    settle(localId: number, delivery: Delivery, isLast: boolean): boolean {
        const line = this.pending.get(localId);
        if (!line) return false;
        line.delivery!.value = delivery;
        if (isLast) this.pending.delete(localId);
        this.count();
        return true;
    }

    private dropOldestSafe(): void {
        for (const [localId, line] of this.pending)
            if (line.delivery!.peek().state !== "queued") {
                this.pending.delete(localId);
                return;
            }
    }

    private count(): void {
        let waiting = 0;
        for (const line of this.pending.values()) if (line.delivery!.peek().state === "queued") waiting++;
        this.unsafe.value = waiting;
    }
}
