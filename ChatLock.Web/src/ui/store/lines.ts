/** What a log shows, line by line, in blocks: only the last block changes when a line comes, so that ten thousand lines
 * cost no more to add to than ten. */

import { signal, type ReadonlySignal, type Signal } from "@preact/signals";
import type { SuiteInfo } from "../../suites/contract";
import type { MessageBody } from "../../client/events";

/** Lines of a block; a block is what the browser skips while it is out of sight. */
export const blockLines = 50;
/** Lines kept in a log; the oldest block goes when there are more. */
export const logLinesMax = 20_000;

/** "lobby", another room's id, or a peer's key. */
export type ConversationId = string;
export const lobby: ConversationId = "lobby";
/** Where a private message stands whose receiver isn't known yet: in no pane of its own. */
export const unknownPeer: ConversationId = "unknown";

/** Whether what is said there is said to all who are in it. */
export const isRoom = (id: ConversationId): boolean =>
    id === lobby || id.startsWith("#") || id.startsWith("~");

export type Delivery =
    /** `why`: what it waits for, where that isn't the connection. */
    | { readonly state: "queued"; readonly why?: string | undefined }
    | { readonly state: "sent" }
    /** Stored; its receiver is away and gets it when it is back. */
    | { readonly state: "waiting" }
    | { readonly state: "delivered" }
    | {
          readonly state: "failed";
          readonly code: string;
          readonly sentence: string;
          readonly canRetry: boolean;
      };

interface LineBase {
    /** Rises with each line of this page. */
    readonly id: number;
    /** Unix ms. */
    readonly at: number;
    readonly conversation: ConversationId;
    /** What the room is called; undefined for the lobby and private conversations. */
    readonly roomName?: string | undefined;
}

/** A genuine message, or one of our own. */
export interface MessageLine extends LineBase {
    readonly kind: "message";
    /** Undefined: us. */
    readonly from: { readonly key: string; readonly name: string } | undefined;
    /** The receiver's name where it is private and ours. */
    readonly toName: string | undefined;
    readonly body: MessageBody;
    readonly suite: SuiteInfo;
    readonly isMention: boolean;
    /** For the inspector; 0 until the server has it. */
    readonly number: Signal<number>;
    /** Ours only. */
    readonly delivery: Signal<Delivery> | undefined;
    readonly localId: number | undefined;
}

/** A message that isn't shown, with the reason. */
export interface UnreadableLine extends LineBase {
    readonly kind: "unreadable";
    readonly from: { readonly key: string; readonly name: string };
    readonly reason: string;
    readonly sentence: string;
    readonly number: number;
}

/** What the page itself says. */
export interface SystemLine extends LineBase {
    readonly kind: "system";
    readonly tone: "presence" | "plain" | "warning";
    readonly text: string;
    /** The person whose key is to be compared, where that is what the line asks for. */
    readonly toCompare?: string;
}

export type Line = MessageLine | UnreadableLine | SystemLine;

export interface Block {
    readonly id: number;
    /** The line above its first. */
    readonly before: Line | undefined;
    readonly lines: ReadonlySignal<readonly Line[]>;
}

/** A list of lines that only grows at its end and is bounded at its start. */
export class Log {
    readonly blocks: Signal<readonly Block[]> = signal([]);
    private last: (Block & { readonly lines: Signal<readonly Line[]> }) | undefined;
    private blockId = 0;

    append(line: Line): void {
        if (this.last && this.last.lines.peek().length < blockLines) {
            this.last.lines.value = [...this.last.lines.peek(), line];
            return;
        }
        this.last = { id: ++this.blockId, before: this.last?.lines.peek().at(-1), lines: signal([line]) };
        const kept = this.blocks.peek().slice(-(logLinesMax / blockLines - 1));
        this.blocks.value = [...kept, this.last];
    }

    clear(): void {
        this.last = undefined;
        this.blocks.value = [];
    }
}
