/** What stands beside the conversation, and what is asked of the user. */

/** What the page asks for when no name is held yet. */
export interface NameRequest {
    readonly wanted: string | undefined;
    readonly code: string | undefined;
    readonly sentence: string;
    readonly suggestions: readonly string[];
}

/** What a dialog or panel shows beside the conversation. */
export type Panel =
    | { readonly kind: "none" }
    | { readonly kind: "help" }
    | { readonly kind: "switcher" }
    | { readonly kind: "invite" }
    /** Which rooms there are, and how one gets into others. */
    | { readonly kind: "rooms" }
    /** What a room is, and what can be done with it. */
    | { readonly kind: "room"; readonly room: string }
    /** Someone in a room, and what can be done about them there. */
    | { readonly kind: "member"; readonly room: string; readonly key: string }
    /** What leads into a room. */
    | {
          readonly kind: "room-invite";
          readonly room: string;
          readonly displayName: string;
          readonly code: string | undefined;
      }
    /** A link that leads into a room was opened. */
    | { readonly kind: "join"; readonly target: string; readonly name: string | undefined }
    | { readonly kind: "you" }
    | { readonly kind: "person"; readonly key: string }
    | { readonly kind: "inspector"; readonly number: number };

export interface KeyChange {
    readonly name: string;
    readonly before: string;
    readonly now: string;
}
