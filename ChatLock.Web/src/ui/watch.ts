/** What the window does for the page, and what the tab keeps of it. */

import type { Client } from "../client/client";
import type { PinStore } from "../pins/pinStore";
import { readFragment } from "../rooms/inviteLink";
import { showAttention } from "./attention";
import { loadDialogsAhead } from "./dialogs/LazyDialog";
import { takeFragment } from "./invite";
import { watchWidth } from "./layout";
import { notifications } from "./notifications";
import { watchDay } from "./parts/time";
import { keepResume } from "./resumeStorage";
import { listenForShortcuts } from "./shortcuts";
import { keep } from "./storage";
import type { ChatStore } from "./store/chatStore";

/** The name this tab had before it was reloaded: taken again without asking. */
export const tabNameKey = "chatlock.tab-name";

/** The answer ends it, and the client. @param identity its fingerprint. */
export function watch(
    store: ChatStore,
    client: Client,
    identity: string,
    pins: PinStore,
): () => Promise<void> {
    const ends = [
        keepWhereItStands(store, client, identity),
        watchAttention(store),
        watchLinks(store, pins),
        loadAhead(store),
        listenForShortcuts(store),
        showAttention(store),
        watchWidth(),
        watchDay(),
        store.you.subscribe(you => {
            if (you) keep("sessionStorage", tabNameKey, you.name);
        }),
        store.status.subscribe(status => {
            if (status.state === "stopped" && status.kind === "left")
                keep("sessionStorage", tabNameKey, undefined);
        }),
        warnBeforeLosing(store),
    ];
    store.onUrgent = (line, isPrivate) =>
        notifications.show(
            isPrivate ? `${line.from!.name} wrote to you privately` : `${line.from!.name} mentioned you`,
            line.conversation,
            () => store.conversations.show(line.conversation),
        );
    return async () => {
        for (const end of ends) end();
        await client.dispose();
    };
}

/** So that a reload goes on from here. A page that is hidden may be ended without a further word. */
function keepWhereItStands(store: ChatStore, client: Client, identity: string): () => void {
    const save = () => keepResume({ identity, point: client.resumePoint() });
    const onHide = () => document.visibilityState === "hidden" && save();
    window.addEventListener("pagehide", save);
    document.addEventListener("visibilitychange", onHide);
    const end = store.status.subscribe(status => {
        if (status.state === "online") save();
        else if (status.state === "stopped" && status.kind === "left") keepResume(undefined);
    });
    return () => {
        end();
        window.removeEventListener("pagehide", save);
        document.removeEventListener("visibilitychange", onHide);
    };
}

/** Whatever shows that somebody sits before the page. */
function watchAttention(store: ChatStore): () => void {
    const signs = ["pointermove", "pointerdown", "keydown", "wheel", "touchstart", "focus"];
    const attend = () => store.attend();
    for (const sign of signs) window.addEventListener(sign, attend, { passive: true, capture: true });
    return () => {
        for (const sign of signs) window.removeEventListener(sign, attend, { capture: true });
    };
}

/** A link opened in a tab that is here already changes the fragment only. To another server, or one that may be another: begin
 * again with it. */
function watchLinks(store: ChatStore, pins: PinStore): () => void {
    const onChange = () => {
        const { serverId, room, name } = readFragment(location.hash);
        if (serverId !== undefined && serverId !== pins.serverOf(location.origin)) return location.reload();
        if (room === undefined) return;
        takeFragment(location, history);
        store.panel.value = { kind: "join", target: room, name };
    };
    window.addEventListener("hashchange", onChange);
    return () => window.removeEventListener("hashchange", onChange);
}

/** How long after one is in nothing else is loaded. */
const quietMs = 3_000;

function loadAhead(store: ChatStore): () => void {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const end = store.isOnline.subscribe(isOnline => {
        clearTimeout(timer);
        if (isOnline) timer = setTimeout(loadDialogsAhead, quietMs);
    });
    return () => {
        end();
        clearTimeout(timer);
    };
}

/** Leaving the page would lose what the server hasn't taken yet. */
function warnBeforeLosing(store: ChatStore): () => void {
    const onBeforeUnload = (event: BeforeUnloadEvent) => {
        if (store.own.unsafe.peek() > 0) event.preventDefault();
    };
    window.addEventListener("beforeunload", onBeforeUnload);
    return () => window.removeEventListener("beforeunload", onBeforeUnload);
}
