/** Who is here. */

import { useStore } from "../context";
import { arePeopleOpen, useDrawerFocus } from "../layout";
import type { Person } from "../store/people";
import { Icon } from "./Icon";
import { KeyGlyph } from "./KeyGlyph";
import { Name } from "./Name";
import { StandingShield, standingInWords } from "./Standing";

/** Rows shown; more people are found with Ctrl-K. */
const rowsMax = 200;

export function PeopleList() {
    const store = useStore();
    const { here, online } = store.people;
    const you = store.you.value;
    const drawer = useDrawerFocus<HTMLElement>(arePeopleOpen.value);
    const shown = here.value.slice(0, rowsMax);
    const others = Math.max(0, online.value - 1 - shown.length);
    return (
        <aside class="people" aria-label="Who is here" ref={drawer}>
            <div class="people-top">
                <h2 class="list-title">{online.value} here</h2>
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
                            <Name name={you.name} of={you.key} /> <span class="away">you</span>
                        </button>
                    </li>
                )}
                {shown.map(person => (
                    <PersonRow key={person.key} person={person} />
                ))}
            </ul>
            {others > 0 && (
                <button
                    type="button"
                    class="link people-more"
                    onClick={() => (store.panel.value = { kind: "switcher" })}
                >
                    and {others} more: find someone
                </button>
            )}
            {online.value <= 1 && (
                <div class="invite-hint">
                    <p>Nobody else is here yet.</p>
                    <button
                        type="button"
                        class="primary"
                        onClick={() => (store.panel.value = { kind: "invite" })}
                    >
                        Invite someone
                    </button>
                </div>
            )}
        </aside>
    );
}

function PersonRow({ person }: { person: Person }) {
    const store = useStore();
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
                {person.isIgnored && <span class="away">ignored</span>}
            </button>
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
