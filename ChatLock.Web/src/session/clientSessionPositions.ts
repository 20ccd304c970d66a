/** Where a client stands: the last number of each room it is in, or wants back, and of its mailbox. A value;
 * docs/PROTOCOL.md section 6b. A reply tells a number of the client's own, and may overtake posts with smaller numbers: while
 * missed ones are replayed, by thousands. So an own number counts only once everything before it has come; else a connection
 * that is cut in between would lose what it jumped over. */

import type { Gap, Position } from "../wire/generated/chatlock_pb";

/** Own numbers kept that are ahead of what has come, for each room. A further one isn't counted: the server leaves it out of
 * what it replays in any case. */
export const OWN_AHEAD_MAX = 1_024;

/** What the mailbox is called on the wire. */
export const MAILBOX = "";

/** A position as it is kept and compared. */
export interface Standing {
    readonly room: string;
    readonly epoch: bigint;
    readonly sequence: bigint;
}

/** One log: the last number that came, with own numbers that follow it without a hole. */
interface Place {
    readonly epoch: bigint;
    readonly sequence: bigint;
    readonly isEntered: boolean;
    readonly ownAhead: ReadonlySet<bigint>;
}

export class ClientSessionPositions {
    private constructor(
        private readonly rooms: ReadonlyMap<string, Place>,
        private readonly mailbox: Place | undefined,
    ) {}

    /** Positions of an earlier connection: none of these rooms is entered yet. */
    static of(positions: readonly Standing[]): ClientSessionPositions {
        const all = positions.map(
            position => [position.room, { ...placeAt(position), isEntered: false }] as const,
        );
        return new ClientSessionPositions(
            new Map(all.filter(([room]) => room !== MAILBOX)),
            all.find(([room]) => room === MAILBOX)?.[1],
        );
    }

    /** For the next Hello: the mailbox first, then the rooms in the order of their UTF-16 code units. */
    toList(): readonly Standing[] {
        const rooms = [...this.rooms].sort(([left], [right]) => (left < right ? -1 : 1));
        const all = this.mailbox ? [[MAILBOX, this.mailbox] as const, ...rooms] : rooms;
        return all.map(([room, { epoch, sequence }]) => ({ room, epoch, sequence }));
    }

    /** Whether the room is entered, or was named in Hello and awaits that. */
    isKnown(room: string): boolean {
        return this.rooms.has(room);
    }

    /** Whether the room was named in Hello and isn't entered yet. */
    isAwaited(room: string): boolean {
        return this.rooms.get(room)?.isEntered === false;
    }

    /** What comes of the room comes after this position, whatever was known before. */
    enter(position: Standing): ClientSessionPositions {
        return this.#with(position.room, placeAt(position));
    }

    /** What comes into the mailbox comes after this position. */
    enterMailbox(position: Standing): ClientSessionPositions {
        return new ClientSessionPositions(this.rooms, placeAt(position));
    }

    leave(room: string): ClientSessionPositions {
        const rooms = new Map(this.rooms);
        rooms.delete(room);
        return new ClientSessionPositions(rooms, this.mailbox);
    }

    /** A post or act came. @returns undefined where it can't have: an unknown room, another log, or a number told already. */
    saw(position: Position | undefined): ClientSessionPositions | undefined {
        const next = position && sawAt(this.rooms.get(position.room), position);
        return next && this.#with(position.room, next);
    }

    /** A private message came. @returns undefined where it can't have. */
    sawPrivate(position: Position | undefined): ClientSessionPositions | undefined {
        const next = position?.room === MAILBOX ? sawAt(this.mailbox, position) : undefined;
        return next && new ClientSessionPositions(this.rooms, next);
    }

    /** A reply told the number of an own post. */
    own(room: string, sequence: bigint): ClientSessionPositions {
        const place = this.rooms.get(room);
        return place ? this.#with(room, ownAt(place, sequence)) : this;
    }

    /** Numbers that won't come. @returns undefined where the room isn't entered. */
    skip(gap: Gap): ClientSessionPositions | undefined {
        const place = gap.room === MAILBOX ? this.mailbox : this.rooms.get(gap.room);
        if (!place?.isEntered) return undefined;
        const next = skipAt(place, gap);
        return gap.room === MAILBOX
            ? new ClientSessionPositions(this.rooms, next)
            : this.#with(gap.room, next);
    }

    #with(room: string, place: Place): ClientSessionPositions {
        return new ClientSessionPositions(new Map(this.rooms).set(room, place), this.mailbox);
    }
}

const placeAt = ({ epoch, sequence }: Standing): Place => ({
    epoch,
    sequence,
    isEntered: true,
    ownAhead: new Set(),
});

function sawAt(place: Place | undefined, { epoch, sequence }: Standing): Place | undefined {
    return place?.isEntered && epoch === place.epoch && sequence > place.sequence
        ? caughtUp({ ...place, sequence })
        : undefined;
}

function ownAt(place: Place, sequence: bigint): Place {
    return !place.isEntered || sequence <= place.sequence || place.ownAhead.size >= OWN_AHEAD_MAX
        ? place
        : caughtUp({ ...place, ownAhead: new Set(place.ownAhead).add(sequence) });
}

function skipAt(place: Place, { epoch, toSequence }: Gap): Place {
    if (epoch !== place.epoch) return placeAt({ room: "", epoch, sequence: toSequence });
    const sequence = toSequence > place.sequence ? toSequence : place.sequence;
    return caughtUp({ ...place, sequence });
}

function caughtUp(place: Place): Place {
    if (place.ownAhead.size === 0) return place;
    let { sequence } = place;
    const ahead = [...place.ownAhead].filter(own => own > sequence);
    const left = new Set(ahead);
    for (; left.delete(sequence + 1n); sequence++);
    return { ...place, sequence, ownAhead: left };
}
