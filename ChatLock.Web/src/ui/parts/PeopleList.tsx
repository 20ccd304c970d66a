/** Who is here. */

import { useStore } from "../context";
import { arePeopleOpen, useDrawerFocus } from "../layout";
import type { Person } from "../store/people";
import { isMutedIn, mayDo, rankOf, type Rank, type RoomPane } from "../store/roomPanes";
import { Icon } from "./Icon";
import { KeyGlyph } from "./KeyGlyph";
import { Name } from "./Name";
import { StandingShield, standingInWords } from "./Standing";
import { Whereabouts } from "./Whereabouts";

/** Rows shown; more people are found with Ctrl-K. */
const rowsMax = 200;

export function PeopleList() {
    const store = useStore();
    const { here, online: everyone } = store.people;
    const you = store.you.value;
    const drawer = useDrawerFocus<HTMLElement>(arePeopleOpen.value);
    const open = store.rooms.of(store.conversations.open.value)?.value;
    const room = open?.isIn ? open : undefined;
    const online = room ? room.online : everyone.value;
    const all = room ? here.value.filter(({ key }) => room.members.has(key)) : here.value;
    const shown = all.slice(0, rowsMax);
    const others = Math.max(0, online - 1 - shown.length);
    return (
        <aside class="people" aria-label={room ? "Who is in this room" : "Who is here"} ref={drawer}>
            <div class="people-top">
                <h2 class="list-title">
                    {online}{" "}
                    {room ? (
                        <>
                            in <bdi>{room.displayName}</bdi>
                        </>
                    ) : (
                        "here"
                    )}
                </h2>
                <button
                    type="button"
                    class="icon-button people-close"
                    onClick={() => (arePeopleOpen.value = false)}
                >
                    <Icon name="close" />
                    <span class="sr">Close</span>
                </button>
            </div>
            <ul>
                {you && (
                    <li class="person-item">
                        <button
                            type="button"
                            class="person"
                            onClick={() => (store.panel.value = { kind: "you" })}
                        >
                            <KeyGlyph of={you.key} size={24} />
                            <Name name={you.name} of={you.key} />
                            {room && <RankTag rank={rankOf(room, you.key)} />}
                            <span class="away">you</span>
                        </button>
                    </li>
                )}
                {shown.map(person => (
                    <PersonRow key={person.key} person={person} room={room} />
                ))}
            </ul>
            {others > 0 && (
                <button
                    type="button"
                    class="link people-more"
                    onClick={() => {
                        if (room) store.send({ type: "members", room: room.id });
                        else store.panel.value = { kind: "switcher" };
                    }}
                >
                    and {others} more{room ? ": ask who" : ": find someone"}
                </button>
            )}
            {online <= 1 && (
                <div class="invite-hint">
                    <p>Nobody else is here yet.</p>
                    <button
                        type="button"
                        class="primary"
                        onClick={() => {
                            if (room) store.send({ type: "show-invite", room: room.id });
                            else store.panel.value = { kind: "invite" };
                        }}
                    >
                        Invite someone
                    </button>
                </div>
            )}
        </aside>
    );
}

function PersonRow({ person, room }: { person: Person; room: RoomPane | undefined }) {
    const store = useStore();
    const you = store.you.value?.key ?? "";
    const canAct = room !== undefined && mayDo(room, you, person.key, Date.now()).length > 0;
    return (
        <li class="person-item">
            <button
                type="button"
                class="person"
                title={`Write to ${person.name} privately`}
                onClick={() => {
                    store.openPerson(person.key);
                    arePeopleOpen.value = false;
                }}
            >
                <KeyGlyph of={person.key} size={24} />
                <Name name={person.name} of={person.key} />
                {room && <RankTag rank={rankOf(room, person.key)} />}
                {room && isMutedIn(room, person.key, Date.now()) && <span class="away">muted</span>}
                <Whereabouts person={person} />
                {person.isIgnored && <span class="away">ignored</span>}
            </button>
            {canAct && (
                <button
                    type="button"
                    class="icon-button"
                    title={`What can be done about ${person.name} in this room`}
                    onClick={() => (store.panel.value = { kind: "member", room: room.id, key: person.key })}
                >
                    <Icon name="more" size={18} />
                    <span class="sr">
                        What can be done about <bdi>{person.name}</bdi> in this room
                    </span>
                </button>
            )}
            <button
                type="button"
                class="icon-button"
                title={`${person.name}: ${standingInWords(person.standing)}`}
                onClick={() => (store.panel.value = { kind: "person", key: person.key })}
            >
                <StandingShield standing={person.standing} />
                <span class="sr">
                    Key of <bdi>{person.name}</bdi>: {standingInWords(person.standing)}
                </span>
            </button>
        </li>
    );
}

function RankTag({ rank }: { rank: Rank }) {
    return rank === "member" ? null : <span class="tag">{rank}</span>;
}
