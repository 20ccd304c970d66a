/** How a name that was typed becomes a key: from who is known to be here, else by asking the server. */

import type { Asker } from "../connection/requestQueue";
import { parseName, nameKey } from "../pins/peerName";
import { clientFrame } from "../wire/frames";
import type { ClientFrame, Reply } from "../wire/generated/chatlock_pb";
import type { Receiver } from "./commands";
import type { PeerBook, Who } from "./peerBook";

/** What became of a receiver. */
export type Found =
    /** `isHere`: has a session, as far as is known; `isAway`: and no connection at present. */
    | { readonly is: "found"; readonly who: Who; readonly isHere: boolean; readonly isAway: boolean }
    | { readonly is: "missing"; readonly code: string; readonly sentence: string }
    /** Nobody can be asked. */
    | { readonly is: "offline"; readonly name: string };

/** Whom the server is asked through. */
export interface Desk {
    readonly isOnline: boolean;
    ask(frame: ClientFrame, then: Asker): void;
}

export class LookUp {
    /** @param nameInUse of someone whom we talked with in this run. */
    constructor(
        private readonly desk: Desk,
        private readonly book: PeerBook,
        private readonly nameInUse: (key: string) => string | undefined,
        private readonly you: () => Who,
    ) {}

    /** @param then called once; at once unless the server must be asked. */
    find(receiver: Receiver, then: (found: Found) => void): void {
        if ("key" in receiver) then(this.#findKey(receiver.key.toLowerCase()));
        else this.#findName(receiver.name.trim(), then);
    }

    #findKey(key: string): Found {
        const here = this.book.directory.nameOf(key);
        const name = here ?? this.nameInUse(key) ?? this.book.pinnedName(key);
        if (this.book.isYou(key)) return found(this.you());
        return name === undefined
            ? missing("not-here", "Nobody of that key is known here.")
            : { ...found({ name, key }), isHere: here !== undefined };
    }

    #findName(typed: string, then: (found: Found) => void): void {
        const parsed = parseName(typed);
        if (!parsed.ok) return then(missing("name-invalid", parsed.sentence));
        const { name } = parsed;
        const key = this.book.directory.keyOf(name);
        if (key !== undefined) then(found({ name: this.book.directory.nameOf(key) ?? name, key }));
        else if (nameKey(this.you().name) === nameKey(name)) then(found(this.you()));
        else if (!this.desk.isOnline) then({ is: "offline", name });
        else this.#ask(name, then);
    }

    #ask(name: string, then: (found: Found) => void): void {
        this.desk.ask(clientFrame({ case: "who", value: { name } }), answer => {
            if (answer.is === "replied") then(this.#answered(name, answer.reply));
            else then(this.desk.isOnline ? missing(BUSY.code, BUSY.sentence) : { is: "offline", name });
        });
    }

    #answered(name: string, { result }: Reply): Found {
        const member = result.case === "roster" ? result.value.members[0] : undefined;
        if (!member) return missing("not-here", `${name} isn't here.`);
        const who = this.book.meet(member);
        return nameKey(who.name) === nameKey(name)
            ? { is: "found", who, isHere: !member.absent, isAway: member.away }
            : missing("not-here", `The server gave somebody else's key for ${name}; nothing was sent.`);
    }
}

/** What is answered when nobody can be asked. */
export const OFFLINE = {
    code: "offline",
    sentence: "You aren't connected; try again when you are.",
} as const;

/** What is answered when the queue of requests is full. */
export const BUSY = {
    code: "too-fast",
    sentence: "Too much waits to be sent already; try again when some has gone.",
} as const;

const found = (who: Who) => ({ is: "found", who, isHere: true, isAway: false }) as const;

const missing = (code: string, sentence: string): Found => ({ is: "missing", code, sentence });
