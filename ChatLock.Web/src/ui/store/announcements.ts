/** What is read out of the open conversation as it goes on: each message as one sentence, and a flood as a number. The
 * log itself isn't read out: its buttons would be, and all of its history with each pane that is opened. */

import { signal } from "@preact/signals";
import { isRoom, type Line, type MessageLine } from "./lines";

/** Sentences said at once; when more have gathered only their number and the last one. */
export const saidAtOnceMax = 5;
/** UTF-16 units of a message that are read out; who wants the rest reads it in the log. */
export const saidUnitsMax = 500;
/** How long sentences gather. */
const gatherMs = 600;

export class Announcements {
    /** The latest, each with an id of its own, so that one said twice is read twice. */
    readonly now = signal<readonly { readonly id: number; readonly text: string }[]>([]);
    private gathered: string[] = [];
    private count = 0;
    private id = 0;

    constructor(private readonly later: (act: () => void) => void = act => setTimeout(act, gatherMs)) {}

    add(sentence: string): void {
        if (this.count === 0) this.later(() => this.say());
        this.count++;
        this.gathered.push(sentence);
        if (this.gathered.length > saidAtOnceMax) this.gathered.shift();
    }

    private say(): void {
        const sentences =
            this.count > saidAtOnceMax
                ? [`${this.count} new. The latest: ${this.gathered.at(-1) ?? ""}`]
                : this.gathered;
        this.now.value = sentences.map(text => ({ id: ++this.id, text }));
        this.gathered = [];
        this.count = 0;
    }
}

/** "alice to all: hello"; undefined for what one knows without being told. */
export function spokenLine(line: Line): string | undefined {
    switch (line.kind) {
        case "message":
            return line.from && spokenMessage(line, line.from.name);
        case "unreadable":
            return `Message from ${line.from.name}: ${line.sentence}`;
        case "system":
            return line.roomName === undefined ? line.text : `${line.roomName}: ${line.text}`;
    }
}

function spokenMessage(line: MessageLine, sender: string): string {
    const receiver = isRoom(line.conversation)
        ? `to all${line.roomName === undefined ? "" : ` in ${line.roomName}`}`
        : "to you privately";
    const text =
        line.body.text.length > saidUnitsMax ? `${line.body.text.slice(0, saidUnitsMax)}…` : line.body.text;
    return line.body.isAction ? `${sender} ${text} (${receiver})` : `${sender} ${receiver}: ${text}`;
}
