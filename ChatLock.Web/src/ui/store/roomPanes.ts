/** The rooms that we are in, or were, as they are shown: one signal each. */

import { computed, signal, type Signal } from "@preact/signals";
import type { ActOnSomeone } from "../../client/commands";
import type { Peer, RoomRulesView, RoomView } from "../../client/events";

export interface RoomPane extends Omit<RoomView, "members" | "away" | "memberCount"> {
    readonly isIn: boolean;
    /** Why we aren't in it any more. */
    readonly why: string;
    /** Keys of the others in it, as far as they were told. */
    readonly members: ReadonlySet<string>;
    /** All of them, us among them. */
    readonly online: number;
}

/** What someone may be in a room. */
export type Rank = "owner" | "op" | "member";

export class RoomPanes {
    private readonly all = signal<ReadonlyMap<string, Signal<RoomPane>>>(new Map());

    /** Ids, in the order of their names. */
    readonly ids = computed(() =>
        [...this.all.value.values()]
            .map(pane => pane.value)
            .sort((a, b) => collator.compare(a.displayName, b.displayName))
            .map(({ id }) => id),
    );

    of(id: string): Signal<RoomPane> | undefined {
        return this.all.value.get(id);
    }

    /** What a room is called; undefined for the lobby and for what is no room. */
    nameOf(id: string): string | undefined {
        return this.all.peek().get(id)?.peek().displayName;
    }

    /** What those that we are in are called. */
    get names(): readonly string[] {
        const panes = this.ids.peek().map(id => this.of(id)!.peek());
        return panes.filter(({ isIn }) => isIn).map(({ displayName }) => displayName);
    }

    enter({ members, away: _, memberCount: online, ...view }: RoomView): void {
        const pane = {
            ...{ ...view, isIn: true, why: "", online },
            members: new Set(members.map(({ key }) => key)),
        };
        const known = this.all.peek().get(view.id);
        if (known) known.value = pane;
        else this.all.value = new Map(this.all.peek()).set(view.id, signal(pane));
    }

    leave(id: string, why: string): void {
        this.change(id, pane => ({ ...pane, isIn: false, why, members: new Set(), online: 0 }));
    }

    /** Its pane is closed. */
    forget(id: string): void {
        this.all.value = new Map([...this.all.peek()].filter(([known]) => known !== id));
    }

    rule(id: string, rules: RoomRulesView): void {
        this.change(id, pane => ({ ...pane, rules }));
    }

    entitle(id: string, topic: string | undefined): void {
        this.change(id, pane => ({ ...pane, topic }));
    }

    meet(id: string, people: readonly Peer[]): void {
        const keys = people.map(({ key }) => key);
        this.change(id, pane => ({ ...pane, members: new Set([...pane.members, ...keys]) }));
    }

    part(id: string, people: readonly Peer[]): void {
        const gone = new Set(people.map(({ key }) => key));
        this.change(id, pane => ({
            ...pane,
            members: new Set([...pane.members].filter(key => !gone.has(key))),
        }));
    }

    count(id: string, online: number): void {
        this.change(id, pane => ({ ...pane, online }));
    }

    private change(id: string, to: (pane: RoomPane) => RoomPane): void {
        const pane = this.all.peek().get(id);
        if (pane) pane.value = to(pane.peek());
    }
}

export function rankOf({ owner, rules }: Pick<RoomPane, "owner" | "rules">, key: string): Rank {
    if (key === owner) return "owner";
    return rules.ops.includes(key) && !rules.banned.includes(key) ? "op" : "member";
}

/** Whether someone can't speak there at present. @param nowMs Unix ms. */
export function isMutedIn({ rules }: Pick<RoomPane, "rules">, key: string, nowMs: number): boolean {
    return rules.muted.has(key) && nowMs < (rules.muted.get(key) ?? Infinity);
}

/** What we may do about someone in a room: what the server and all others check too. */
export function mayDo(room: RoomPane, you: string, key: string, nowMs: number): readonly ActOnSomeone[] {
    const [own, theirs] = [rankOf(room, you), rankOf(room, key)];
    if (key === you) return own === "op" ? ["deop"] : [];
    if (own === "member" || theirs === "owner") return [];
    const isBanned = room.rules.banned.includes(key);
    const isMuted = isMutedIn(room, key, nowMs);
    const lifts: ActOnSomeone[] = [
        ...(isBanned ? ["unban" as const] : []),
        ...(isMuted ? ["unmute" as const] : []),
    ];
    if (own === "op" && (theirs === "op" || room.rules.ops.includes(key))) return lifts;
    const acts: ActOnSomeone[] = [
        ...(room.members.has(key) ? ["kick" as const] : []),
        ...(isBanned ? [] : ["ban" as const]),
        ...(isMuted ? [] : ["mute" as const]),
        ...lifts,
    ];
    if (own === "owner") acts.push(room.rules.ops.includes(key) ? "deop" : "op");
    return acts;
}

const collator = new Intl.Collator(undefined, { sensitivity: "base", numeric: true });
