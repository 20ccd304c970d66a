/** Invites: what the gateway says a friend can use, and what a link's fragment tells us. */

import { readFragment, type LinkFragment } from "../rooms/inviteLink";

/** From GET /invite.json. */
export interface Invite {
    /** https://host:port/#sha256=HEX; undefined where nobody else can reach the page. */
    readonly page: string | undefined;
    /** chatlock://host:port#sha256=HEX. */
    readonly terminal: string | undefined;
    /** Whether browsers will warn of the certificate. */
    readonly isSelfSigned: boolean;
}

const linkMax = 2_000;

/** Undefined when the gateway doesn't answer or answers something else. */
export async function readInvite(): Promise<Invite | undefined> {
    try {
        const answer = await fetch("/invite.json", { cache: "no-store", signal: AbortSignal.timeout(5_000) });
        if (!answer.ok) return undefined;
        const read: unknown = await answer.json();
        if (typeof read !== "object" || read === null) return undefined;
        const field = (name: string) => (read as Record<string, unknown>)[name];
        const link = (name: string, scheme: RegExp) => {
            const value = field(name);
            return typeof value === "string" && value.length <= linkMax && scheme.test(value)
                ? value
                : undefined;
        };
        return {
            page: link("page", /^https?:\/\//),
            terminal: link("terminal", /^chatlock:\/\//),
            isSelfSigned: field("selfSigned") === true,
        };
    } catch (failed) {
        if (failed instanceof DOMException || failed instanceof TypeError || failed instanceof SyntaxError)
            return undefined;
        throw failed;
    }
}

/** What the page's own address says of the server and of a room; takes the fragment out of the address bar, so that it doesn't
 * stay in the history or on a shared screen. */
export function takeFragment(location: Location, history: History): LinkFragment {
    const fragment = location.hash;
    if (fragment.length <= 1) return readFragment("");
    history.replaceState(history.state, "", location.pathname + location.search);
    return readFragment(fragment);
}
