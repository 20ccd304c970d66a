/** Tells the server which private messages it can forget. */

import type { Clock } from "../connection/clock";
import { MAILBOX } from "../session/clientSessionPositions";
import { clientFrame } from "../wire/frames";
import type { Position } from "../wire/generated/chatlock_pb";
import type { Desk } from "./lookUp";
import type { Mailbox } from "./mailbox";
import { newMailboxState, onMailboxInput, type MailboxEffect, type MailboxInput } from "./mailboxState";

export class MailboxAcks {
    #state = newMailboxState;

    constructor(
        private readonly desk: Desk,
        private readonly clock: Clock,
        private readonly mailbox: Mailbox,
    ) {}

    /** @param position where messages begin; undefined from a server that keeps none. */
    enter(position: Position | undefined): void {
        if (position) this.#feed({ type: "welcomed", epoch: position.epoch, sequence: position.sequence });
    }

    offline(): void {
        this.#feed({ type: "offline" });
    }

    came(sequence: bigint): void {
        this.#feed({ type: "came", sequence });
    }

    handled(epoch: bigint, sequence: bigint): void {
        this.#feed({ type: "handled", epoch, sequence });
    }

    #feed(input: MailboxInput): void {
        const [next, effects] = onMailboxInput(this.#state, input);
        this.#state = next;
        for (const effect of effects) this.#perform(effect);
    }

    #perform(effect: MailboxEffect): void {
        if (effect.type === "wake-after")
            this.clock.after(effect.delayMs, () => this.mailbox.post(() => this.#feed({ type: "due" })));
        else {
            const { epoch, sequence } = effect;
            const positions = [{ room: MAILBOX, epoch, sequence }];
            this.desk.ask(clientFrame({ case: "ack", value: { positions } }), answer => {
                // After a cut there is nothing under way any more, whatever is said of it then.
                if (answer.is === "unknown") return;
                const isTaken = answer.is === "replied" && answer.reply.result.case === "accepted";
                this.#feed({ type: "answered", isTaken });
            });
        }
    }
}
