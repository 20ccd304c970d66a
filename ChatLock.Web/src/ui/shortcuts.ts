/** Keys that work wherever the focus is. Those of a field are the field's. */

import { composerId } from "./focus";
import { arePeopleOpen, closeDrawers, isDrawerOpen } from "./layout";
import type { ChatStore } from "./store/chatStore";
import { everything } from "./store/conversations";
import { lobby } from "./store/lines";

/** Starts listening; the answer stops it. */
export function listenForShortcuts(store: ChatStore): () => void {
    const onKeyDown = (event: KeyboardEvent) => {
        if (event.defaultPrevented || event.isComposing || !store.you.peek()) return;
        if (act(store, event)) event.preventDefault();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
}

function act(store: ChatStore, event: KeyboardEvent): boolean {
    const isCommand = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    if (isCommand && event.key.toLowerCase() === "k") {
        store.panel.value = store.panel.peek().kind === "switcher" ? { kind: "none" } : { kind: "switcher" };
        return true;
    }
    if (store.panel.peek().kind !== "none") return false;
    if (event.altKey && !event.ctrlKey && !event.metaKey) {
        if (event.key === "ArrowUp") return step(store, -1);
        if (event.key === "ArrowDown") return step(store, 1);
        const place = /^Digit([1-9])$/.exec(event.code);
        if (place) return goTo(store, Number(place[1]) - 1);
        return false;
    }
    if (event.key === "Escape") return back(store);
    if (event.key === "?" && !isTyping(event.target)) {
        store.panel.value = { kind: "help" };
        return true;
    }
    return false;
}

function order(store: ChatStore): string[] {
    return [everything, lobby, ...store.rooms.ids.peek(), ...store.conversations.peers.peek()];
}

function step(store: ChatStore, by: number): boolean {
    const all = order(store);
    const at = all.indexOf(store.conversations.open.peek());
    store.conversations.show(all[(at + by + all.length) % all.length]!);
    return true;
}

function goTo(store: ChatStore, place: number): boolean {
    const id = order(store)[place];
    if (id === undefined) return false;
    store.conversations.show(id);
    return true;
}

/** What is over the log, then the unread mark, then the pane, then back to typing. */
function back(store: ChatStore): boolean {
    const current = store.conversations.current.peek();
    if (isDrawerOpen.peek() || arePeopleOpen.peek()) {
        closeDrawers();
        return true;
    } else if (current.mark.peek() !== undefined) {
        current.mark.value = undefined;
        store.saidSomething.value++;
    } else if (current.id !== everything) store.conversations.show(everything);
    document.getElementById(composerId)?.focus();
    return true;
}

function isTyping(target: EventTarget | null): boolean {
    return target instanceof HTMLElement && target.matches("input, textarea, select, [contenteditable]");
}
