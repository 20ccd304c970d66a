/** The panes beside the log: everything, the lobby, one for each room and for each person we talk with. */

import { computed, signal, type Signal } from "@preact/signals";
import { isRoom, lobby, Log, unknownPeer, type ConversationId, type Line } from "./lines";

/** What is open: the unified view, or one conversation. */
export type ViewId = "everything" | ConversationId;
export const everything: ViewId = "everything";

export interface Conversation {
    readonly id: ViewId;
    readonly log: Log;
    /** Messages that came while it wasn't looked at. */
    readonly unread: Signal<number>;
    /** Of these, the private ones and those that name us. */
    readonly urgent: Signal<number>;
    /** The first unread line, above which the mark stands. */
    readonly mark: Signal<number | undefined>;
    /** What is typed and not sent. */
    readonly draft: Signal<string>;
    /** The id of the latest line that matters (comings and goings don't), for the order of the list. */
    readonly latest: Signal<number>;
}

/** Private panes kept; the longest quiet one without a draft goes. */
export const panesMax = 500;

export class Conversations {
    readonly open: Signal<ViewId> = signal(everything);
    /** Whether the end of the open log is in sight and the window has the focus. */
    readonly isWatching = signal(true);
    /** Whether the connection was lost since anything was done here: whoever sits before the page may not have seen that
     * something came, awake or not. */
    readonly wasAway = signal(false);
    private readonly all = signal<ReadonlyMap<ViewId, Conversation>>(
        new Map([everything, lobby].map(id => [id, newConversation(id)])),
    );

    /** Keys of private conversations, the latest first. */
    readonly peers = computed(() =>
        [...this.all.value.values()]
            .filter(conversation => conversation.id !== everything && !isRoom(conversation.id))
            .sort((a, b) => b.latest.value - a.latest.value)
            .map(conversation => conversation.id),
    );

    readonly current = computed(() => this.of(this.open.value));

    /** Everything unread, for the title: each message once. */
    readonly unread = computed(() => this.of(everything).unread.value);
    readonly urgent = computed(() => this.of(everything).urgent.value);

    of(id: ViewId): Conversation {
        const known = this.all.peek().get(id);
        if (known) return known;
        const made = newConversation(id);
        const others = [...this.all.peek()];
        if (others.length >= panesMax) {
            const quiet = others
                .filter(
                    ([key, pane]) =>
                        key !== everything && !isRoom(key) && key !== this.open.peek() && !pane.draft.peek(),
                )
                .sort(([, a], [, b]) => a.latest.peek() - b.latest.peek())[0];
            if (quiet) others.splice(others.indexOf(quiet), 1);
        }
        this.all.value = new Map([...others, [id, made]]);
        return made;
    }

    has(id: ViewId): boolean {
        return this.all.value.has(id);
    }

    close(id: ViewId): void {
        if (id === everything || id === lobby) return;
        if (this.open.peek() === id) this.show(everything);
        this.all.value = new Map([...this.all.peek()].filter(([key]) => key !== id));
    }

    /** Opens a pane; what was unread in it is read now. */
    show(id: ViewId): void {
        const left = this.current.peek();
        if (left.id !== id) left.mark.value = undefined;
        this.of(id);
        this.open.value = id;
        this.read();
    }

    /** The open pane's end is in sight: nothing there is unread any more. The mark stays until it is left. */
    read(): void {
        if (this.wasAway.peek()) return;
        const pane = this.current.peek();
        this.subtract(pane);
        if (pane.id === everything) for (const other of this.all.peek().values()) clear(other);
    }

    /** Adds a line to its conversation and to the unified view. `isNews`: whether it counts as unread, and how. */
    add(line: Line, isNews: "no" | "yes" | "urgent"): void {
        const panes = line.conversation === unknownPeer ? [everything] : [line.conversation, everything];
        // Who comes to a room and goes is of interest there.
        if (isPresenceOfRoom(line)) panes.pop();
        for (const pane of panes.map(id => this.of(id))) {
            pane.log.append(line);
            if (line.kind !== "system" || line.tone === "warning") pane.latest.value = line.id;
            if (isNews === "no" || this.isSeen(line.conversation)) continue;
            if (pane.unread.peek() === 0) pane.mark.value = line.id;
            pane.unread.value++;
            if (isNews === "urgent") pane.urgent.value++;
        }
    }

    /** Adds a line that the unified view has already. */
    addTo(id: ConversationId, line: Line): void {
        this.of(id).log.append(line);
        this.of(id).latest.value = line.id;
    }

    /** Whether its lines stand in the open view. */
    isOpen(id: ConversationId): boolean {
        const open = this.open.peek();
        return open === everything || open === id;
    }

    private isSeen(id: ConversationId): boolean {
        return this.isWatching.peek() && !this.wasAway.peek() && this.isOpen(id);
    }

    private subtract(pane: Conversation): void {
        if (pane.id !== everything) {
            const whole = this.of(everything);
            whole.unread.value = Math.max(0, whole.unread.peek() - pane.unread.peek());
            whole.urgent.value = Math.max(0, whole.urgent.peek() - pane.urgent.peek());
            if (whole.unread.peek() === 0) whole.mark.value = undefined;
        }
        clear(pane);
    }
}

const isPresenceOfRoom = (line: Line): boolean =>
    line.kind === "system" &&
    line.tone === "presence" &&
    line.conversation !== lobby &&
    isRoom(line.conversation);

function clear(pane: Conversation): void {
    pane.unread.value = 0;
    pane.urgent.value = 0;
}

function newConversation(id: ViewId): Conversation {
    return {
        id,
        log: new Log(),
        unread: signal(0),
        urgent: signal(0),
        mark: signal(undefined),
        draft: signal(""),
        latest: signal(0),
    };
}
