/** Whom the client knows: who is here, which key each name had, who is ignored. Warns once of a name's new key. */

import type { PinStore } from "../pins/pinStore";
import { nameKey, shownName } from "../pins/peerName";
import { peerKeyOf } from "../pins/peerKey";
import type { Member } from "../wire/generated/chatlock_pb";
import type { ClientEvent, Peer, Standing } from "./events";
import { PeerDirectory } from "./peerDirectory";

export interface Who {
    readonly name: string;
    /** 64 hexadecimal digits. */
    readonly key: string;
}

export class PeerBook {
    readonly directory = new PeerDirectory();
    readonly #ignored = new Set<string>();
    /** The key that the user was last shown for a name: a "yes" is about that one and no other. */
    readonly #shown = new Map<string, string>();

    /** @param you our own key. */
    constructor(
        private readonly pins: PinStore,
        private readonly you: string,
        private readonly emit: (event: ClientEvent) => void,
    ) {}

    /** What a member is called here. */
    static whoIs(member: Member | undefined): Who {
        const key = peerKeyOf(member?.identityKey ?? new Uint8Array());
        return { name: shownName(member?.name ?? "", key), key };
    }

    peerOf({ name, key }: Who): Peer {
        return { name, key, standing: this.standing({ name, key }) };
    }

    standing({ name, key }: Who): Standing {
        return this.pins.peers.standing(name, key);
    }

    /** The key that is remembered for a name. */
    pinned(name: string): string | undefined {
        return this.pins.peers.find(name)?.key;
    }

    /** A name under which a key is remembered. */
    pinnedName(key: string): string | undefined {
        return this.pins.peers.nameOf(key);
    }

    isYou(key: string): boolean {
        return key === this.you;
    }

    /** The server tells of someone: here, unless it says absent. */
    meet(member: Member | undefined): Who {
        const who = PeerBook.whoIs(member);
        if (!this.isYou(who.key) && !member?.absent) this.directory.add(who.name, who.key);
        return who;
    }

    /** Someone said something, perhaps long ago: that neither takes a name from who has it now, nor gives anyone an old one. */
    heard(member: Member): void {
        const { name, key } = PeerBook.whoIs(member);
        if (this.directory.keyOf(name) === undefined && this.directory.nameOf(key) === undefined)
            this.meet(member);
    }

    /** Pins the key of a name at the first meeting. */
    remember(who: Who): void {
        if (this.standing(who) === "new") this.pins.setPeer(who.name, { key: who.key, isVerified: false });
    }

    /** Says once that a name has another key now, and shows both. */
    warnIfChanged({ name, key }: Who): void {
        const before = this.pinned(name);
        if (before === undefined || before === key || this.wasShown({ name, key })) return;
        this.show({ name, key });
        this.emit({ type: "key-changed", name, before, now: key });
    }

    /** The user sees this key for this name. */
    show({ name, key }: Who): void {
        this.#shown.set(nameKey(name), key);
    }

    wasShown({ name, key }: Who): boolean {
        return this.#shown.get(nameKey(name)) === key;
    }

    /** The user says that the name has this key from now on. */
    accept(who: Who, isVerified: boolean): void {
        const staysVerified = this.standing(who) === "verified";
        this.pins.setPeer(who.name, { key: who.key, isVerified: isVerified || staysVerified });
    }

    isIgnored(key: string): boolean {
        return this.#ignored.has(key);
    }

    ignore(key: string, isIgnored: boolean): void {
        if (isIgnored) this.#ignored.add(key);
        else this.#ignored.delete(key);
    }
}
