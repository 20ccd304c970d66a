/** Why the page can't begin, and what to do. */

import type { StoreFailure } from "../../identity/identityStore";
import { Brand } from "./Brand";

const sentences: Record<StoreFailure | "insecure-page" | "pins", string> = {
    "insecure-page":
        "This page came without encryption, and a browser gives no keys to such a page. Open it with https://, or on the machine of the gateway itself with http://127.0.0.1.",
    pins: "Whom you have met and verified is stored in this browser, but it can't be read now. Without it, a name that has another key than before would look like a new one.",
    unavailable:
        "This browser keeps nothing for this page (a private window, or a setting). You can go on with a key that is gone when the tab is closed.",
    blocked: "Another tab with an older version of this page holds the key. Close the other tabs and reload.",
    corrupt:
        "A key is stored in this browser, but it can't be read any more. Make a new one: then you are somebody new to those who know you, until you use a backup of the old one in its place.",
    "newer-version":
        "The key in this browser was stored by a newer version of this page. Reload to get that version.",
    full: "This browser has no room left to keep a key. You can go on with one that is gone when the tab is closed.",
};

export interface Choice {
    readonly label: string;
    readonly act: () => void;
}

export function Problem({
    of,
    choices,
}: {
    of: StoreFailure | "insecure-page" | "pins";
    choices: readonly Choice[];
}) {
    return (
        <main class="welcome">
            <div class="welcome-card">
                <Brand />
                <h1>ChatLock can't begin</h1>
                <p role="alert">{sentences[of]}</p>
                <div class="actions">
                    {choices.map(choice => (
                        <button key={choice.label} type="button" class="primary" onClick={choice.act}>
                            {choice.label}
                        </button>
                    ))}
                </div>
            </div>
        </main>
    );
}
