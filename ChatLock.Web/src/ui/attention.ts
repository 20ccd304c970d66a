/** What one sees of the page from elsewhere: the title's count and the icon's. */

import { effect } from "@preact/signals";
import type { ChatStore } from "./store/chatStore";

/** Icons exist for 1 to 9; more is a plus. */
const countedMax = 9;

export function showAttention(store: ChatStore): () => void {
    return effect(() => {
        const unread = store.conversations.unread.value;
        document.title = unread > 0 ? `(${unread}) ChatLock` : "ChatLock";
        const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
        if (icon)
            icon.href = `/icons/favicon${unread === 0 ? "" : unread > countedMax ? "-more" : `-${unread}`}.svg`;
    });
}
