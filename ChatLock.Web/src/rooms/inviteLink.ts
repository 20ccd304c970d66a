/** Links: what stands behind # in one that leads to this chat, or into a room of it. docs/PROTOCOL.md section 6a. */

import { cleanTitle } from "./roomTitle";

export interface LinkFragment {
    /** Which server it leads to, 64 hexadecimal digits; "damaged": there is one, cut or mistyped. */
    readonly serverId: string | "damaged" | undefined;
    /** An invite's code or an open room's name, unread. */
    readonly room: string | undefined;
    /** What a sealed room is called: foreign text, cleaned. */
    readonly name: string | undefined;
}

const NO_FRAGMENT: LinkFragment = { serverId: undefined, room: undefined, name: undefined };

/** UTF-16 units of a fragment that are looked at; any link of ours is shorter. */
const FRAGMENT_MAX_UNITS = 2_000;

/** @param fragment anything, with or without #. */
export function readFragment(fragment: string): LinkFragment {
    if (fragment.length > FRAGMENT_MAX_UNITS) return NO_FRAGMENT;
    const parts = fragment.replace(/^#/, "").split("&");
    const valueOf = (name: string): string | undefined => {
        const part = parts.find(one => one.toLowerCase().startsWith(`${name}=`));
        return part && decoded(part.slice(name.length + 1));
    };
    const serverId = valueOf("sha256")?.toLowerCase();
    const isCut =
        parts.some(part => part.toLowerCase().startsWith("sha256")) && !/^[0-9a-f]{64}$/.test(serverId ?? "");
    return {
        serverId: isCut ? "damaged" : serverId,
        room: valueOf("room") || undefined,
        name: cleanTitle(valueOf("name") ?? ""),
    };
}

/** @param base a link to the chat, with or without a fragment. @param room an invite's code, or an open room's id. */
export function roomLink(base: string, room: string, name: string | undefined): string {
    const joint = base.includes("#") ? "&" : "#";
    return `${base}${joint}room=${encoded(room)}${name === undefined ? "" : `&name=${encoded(name)}`}`;
}

/** What someone typed or pasted to get into a room. */
export type JoinTarget =
    | { readonly is: "link"; readonly fragment: LinkFragment }
    | { readonly is: "code"; readonly code: string }
    /** One that this browser knows by its id. */
    | { readonly is: "known"; readonly room: string }
    | { readonly is: "open"; readonly name: string };

/** No open room's name is as long: it is an invite, or what is left of one. */
const CODE_LEAST_UNITS = 40;

export function readTarget(typed: string): JoinTarget {
    const text = typed.trim();
    const hash = text.indexOf("#");
    if (hash > 0 || /room=/i.test(text)) {
        const fragment = readFragment(text.slice(hash + 1));
        if (fragment.room !== undefined) return { is: "link", fragment };
    }
    if (/^~[0-9a-f]{64}$/.test(text)) return { is: "known", room: text };
    return text.length >= CODE_LEAST_UNITS && !text.startsWith("#")
        ? { is: "code", code: text }
        : { is: "open", name: text };
}

/** Also what encodeURIComponent leaves alone and a shell doesn't. */
const encoded = (text: string): string =>
    encodeURIComponent(text).replace(/[!'()*]/g, one => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);

/** As it stands, if it can't be decoded. */
function decoded(text: string): string {
    try {
        return decodeURIComponent(text);
    } catch (thrown) {
        if (thrown instanceof URIError) return text;
        throw thrown;
    }
}
