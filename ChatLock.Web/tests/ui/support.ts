/** A store with a client that only notes what it is asked, in a lobby with bob and carol. */

import type { Client } from "../../src/client/client";
import type { ClientCommand } from "../../src/client/commands";
import type { ClientEvent, Peer } from "../../src/client/events";
import { NO_RESUME } from "../../src/session/clientSessionMessages";
import type { SuiteInfo } from "../../src/suites/contract";
import { ChatStore } from "../../src/ui/store/chatStore";
import type { Line, MessageLine } from "../../src/ui/store/lines";

export const sealed: SuiteInfo = { id: 2, name: "sealed", label: "sealed", insecure: false };
export const you = "a".repeat(64);
export const bob: Peer = { name: "bob", key: "b".repeat(64), standing: "known" };
export const carol: Peer = { name: "carol", key: "c".repeat(64), standing: "new" };

export class Desk {
    readonly sent: ClientCommand[] = [];
    /** What the client does at once with a command. */
    answer: (command: ClientCommand) => void = () => {};
    readonly store = new ChatStore(
        () => 1_000,
        () => 0,
    );

    constructor() {
        const client: Client = {
            send: command => {
                this.sent.push(command);
                this.answer(command);
            },
            inspect: () => Promise.resolve(undefined),
            dispose: () => Promise.resolve(),
            resumePoint: () => NO_RESUME,
        };
        this.store.attach(client);
        this.enter();
    }

    on(event: ClientEvent): void {
        this.store.on(event);
    }

    enter(isAgain = false, here: Peer[] = [bob, carol], isResumed = false): void {
        this.on({
            ...{ type: "entered", name: "ada", key: you, lobby: sealed, here, away: [] },
            ...{ online: here.length + 1, isAgain, isResumed },
        });
        this.on({ type: "status", status: { state: "online", name: "ada", online: here.length + 1 } });
    }

    lines(id: string): Line[] {
        return this.store.conversations.of(id).log.blocks.value.flatMap(block => block.lines.value);
    }

    messages(id: string): MessageLine[] {
        return this.lines(id).filter((line): line is MessageLine => line.kind === "message");
    }

    /** What is told there, without what is said. */
    told(id: string): string[] {
        return this.lines(id).flatMap(line => (line.kind === "system" ? [line.text] : []));
    }
}
