/** Requests on their way through the connection: waiting for their turn, then for their answer.
 * Not a value: it belongs to the connection. Whoever asked gets exactly one answer. */

import type { ClientFrame, Limits, Reply } from "../wire/generated/chatlock_pb";
import { msUntilRoom, paceUnder, takeTurn, turnOver, type RequestPace } from "./requestPace";

/** Requests that may wait to be sent. Conversations keep their own queues behind it. */
export const WAITING_MAX = 4_096;

export type Answer =
    | { readonly is: "replied"; readonly reply: Reply }
    /** It never left; it had no effect. */
    | { readonly is: "not-sent" }
    /** The connection ended before the answer came: it may or may not have had an effect. */
    | { readonly is: "unknown" };

export type Asker = (answer: Answer) => void;

interface Request {
    readonly frame: ClientFrame;
    readonly then: Asker;
}

export type Turn =
    | { readonly frame: ClientFrame; readonly tag: number }
    /** When to ask again; 0 if an answer or another request comes before that. */
    | { readonly waitMs: number };

export class RequestQueue {
    #waiting: Request[] = [];
    readonly #asked = new Map<number, Asker>();
    /** Those who have time: one of each conversation at most. */
    #turns: (() => void)[] = [];
    #isTurnGiven = false;
    #pace: RequestPace | undefined;
    #lastTag = 0;

    /** A session began, under these limits. */
    start(limits: Limits, nowMs: number): void {
        this.#pace = paceUnder(limits, nowMs);
    }

    /** The session ended: what was sent has an unknown fate, what waited has none. */
    stop(): void {
        this.#pace = undefined;
        const [asked, waiting] = [[...this.#asked.values()], this.#waiting];
        this.#asked.clear();
        this.#waiting = [];
        this.#turns = [];
        this.#isTurnGiven = false;
        for (const then of asked) then({ is: "unknown" });
        for (const { then } of waiting) then({ is: "not-sent" });
    }

    add(frame: ClientFrame, then: Asker): void {
        if (!this.#pace || this.#waiting.length >= WAITING_MAX) then({ is: "not-sent" });
        else this.#waiting.push({ frame, then });
    }

    /** Calls once when nothing else waits; without a session, and at its end, never. Then `endTurn`. */
    awaitTurn(then: () => void): void {
        if (this.#pace) this.#turns.push(then);
    }

    endTurn(): void {
        this.#isTurnGiven = false;
    }

    /** Gives the next one its turn, if nobody has it, nothing waits and there is room for more.
     * @returns when to ask again, in ms; undefined if something else comes before that. */
    giveTurn(nowMs: number): number | undefined {
        if (!this.#pace || this.#isTurnGiven || this.#waiting.length > 0 || this.#turns.length === 0)
            return undefined;
        const waitMs = msUntilRoom(this.#pace, nowMs);
        if (waitMs !== 0) return waitMs;
        this.#isTurnGiven = true;
        this.#turns.shift()!();
        return undefined;
    }

    /** The next request that may go now. */
    take(nowMs: number): Turn {
        const next = this.#waiting[0];
        if (!this.#pace || !next) return { waitMs: 0 };
        const kind = next.frame.body.case;
        const turn = takeTurn(this.#pace, kind === "post" || kind === "private", nowMs);
        this.#pace = turn.next;
        if (!turn.mayGo) return { waitMs: turn.waitMs };
        this.#waiting.shift();
        this.#asked.set(++this.#lastTag, next.then);
        return { frame: next.frame, tag: this.#lastTag };
    }

    answer(tag: number, answer: Answer): void {
        const then = this.#asked.get(tag);
        if (this.#pace) this.#pace = turnOver(this.#pace);
        this.#asked.delete(tag);
        then?.(answer);
    }
}
