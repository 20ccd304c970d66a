/** Who is here and what is known of their keys. One signal a person: a line shows its sender's present standing. */

import { computed, signal, type Signal } from "@preact/signals";
import type { Peer, Standing } from "../../client/events";

/** People kept in mind, here or not; beyond that, those who are not here are forgotten first. */
export const peopleMax = 20_000;

export interface Person {
    readonly key: string;
    readonly name: string;
    readonly standing: Standing;
    /** Has a session. */
    readonly isHere: boolean;
    /** And no connection at present. */
    readonly isAway: boolean;
    readonly isIgnored: boolean;
}

type Change = { readonly [Field in "isHere" | "isAway" | "isIgnored"]?: boolean };

export class People {
    /** How many the server says are here, us among them. */
    readonly online = signal(0);
    /** Changes with each change of who is here. */
    private readonly version = signal(0);
    private readonly all = new Map<string, Signal<Person>>();

    /** Those who are here, by name. */
    readonly here = computed(() => {
        void this.version.value;
        return [...this.all.values()]
            .map(person => person.peek())
            .filter(person => person.isHere)
            .sort((a, b) => collator.compare(a.name, b.name));
    });

    /** The person of a key, as a signal; undefined if never met. */
    of(key: string): Signal<Person> | undefined {
        return this.all.get(key);
    }

    get names(): string[] {
        return this.here.value.map(person => person.name);
    }

    /** Takes what an event tells of someone; what it doesn't tell stays. */
    meet(peer: Peer, change: Change = {}): Signal<Person> {
        const known = this.all.get(peer.key);
        const before = known?.peek();
        const isHere = change.isHere ?? before?.isHere ?? false;
        const now: Person = {
            ...peer,
            isHere,
            isAway: isHere && (change.isAway ?? before?.isAway ?? false),
            isIgnored: change.isIgnored ?? before?.isIgnored ?? false,
        };
        if (known) {
            if (!same(before, now)) known.value = now;
        } else {
            this.forgetSome();
            this.all.set(peer.key, signal(now));
        }
        if (!same(before, now)) this.version.value++;
        return this.all.get(peer.key)!;
    }

    /** A new session: nobody is here until told. */
    reset(here: readonly Peer[], away: readonly string[] = []): void {
        for (const person of this.all.values())
            if (person.peek().isHere) person.value = { ...person.peek(), isHere: false, isAway: false };
        for (const peer of here) this.meet(peer, { isHere: true, isAway: away.includes(peer.key) });
        this.version.value++;
    }

    private forgetSome(): void {
        if (this.all.size < peopleMax) return;
        for (const [key, person] of this.all) {
            if (!person.peek().isHere) this.all.delete(key);
            if (this.all.size < peopleMax * 0.9) return;
        }
    }
}

const collator = new Intl.Collator(undefined, { sensitivity: "base", numeric: true });

function same(a: Person | undefined, b: Person): boolean {
    return (
        a !== undefined &&
        a.name === b.name &&
        a.standing === b.standing &&
        a.isHere === b.isHere &&
        a.isAway === b.isAway &&
        a.isIgnored === b.isIgnored
    );
}
