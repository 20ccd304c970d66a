/** Desktop notifications, by choice: who wrote, never what. */

import { signal } from "@preact/signals";
import { keep, recall } from "./storage";

type State = "off" | "on" | "denied" | "impossible";

const settingKey = "chatlock.notifications";

class Notifications {
    readonly state = signal<State>(this.begin());

    /** Asks the browser when they are switched on. */
    async set(isWanted: boolean): Promise<void> {
        if (!isWanted) return this.choose("off");
        const answer = await Notification.requestPermission();
        this.choose(answer === "granted" ? "on" : "denied");
    }

    /** @param tag one notification for each tag; a later one takes its place. */
    show(title: string, tag: string, onClick: () => void): void {
        if (this.state.peek() !== "on" || (document.visibilityState === "visible" && document.hasFocus()))
            return;
        try {
            const shown = new Notification(title, { tag, icon: "/icons/icon-192.png" });
            shown.onclick = () => {
                window.focus();
                onClick();
                shown.close();
            };
        } catch (refused) {
            // Chromium on phones has only notifications of service workers.
            if (!(refused instanceof TypeError)) throw refused;
        }
    }

    private begin(): State {
        if (typeof Notification === "undefined") return "impossible";
        if (Notification.permission === "denied") return "denied";
        return Notification.permission === "granted" && recall("localStorage", settingKey) === "on"
            ? "on"
            : "off";
    }

    private choose(state: State): void {
        this.state.value = state;
        keep("localStorage", settingKey, state === "on" ? "on" : "off");
    }
}

export const notifications = new Notifications();
