/** When a page that slept, or whose network was away, should look at once whether it is still connected. */

import type { Cancel } from "./clock";

/** Where the page's events come from. */
export interface Page {
    readonly window: Pick<EventTarget, "addEventListener" | "removeEventListener">;
    readonly document: Pick<Document, "addEventListener" | "removeEventListener" | "visibilityState">;
}

/** @returns what ends it. */
export function onWakeUps({ window, document }: Page, wake: () => void): Cancel {
    const onVisibility = () => {
        if (document.visibilityState === "visible") wake();
    };
    window.addEventListener("online", wake);
    window.addEventListener("pageshow", wake);
    document.addEventListener("visibilitychange", onVisibility);
    return () => {
        window.removeEventListener("online", wake);
        window.removeEventListener("pageshow", wake);
        document.removeEventListener("visibilitychange", onVisibility);
    };
}
