/** Ctrl-K: go to a conversation or a person by a few letters. */

import { useComputed, useSignal } from "@preact/signals";
import { useStore } from "../context";
import { closeDrawers } from "../layout";
import { useKeptInView } from "../parts/keptInView";
import { everything, type ViewId } from "../store/conversations";
import { lobby } from "../store/lines";
import type { RoomPane } from "../store/roomPanes";
import { Icon, type IconName } from "../parts/Icon";
import { KeyGlyph } from "../parts/KeyGlyph";
import { Dialog } from "./Dialog";

/** Rows offered at once. */
const rowsMax = 12;

interface Choice {
    readonly id: ViewId;
    readonly name: string;
    readonly about: string;
    readonly icon?: IconName;
}

export function Switcher() {
    const store = useStore();
    const wanted = useSignal("");
    const chosen = useSignal(0);
    const choices = useComputed(() => matching(allChoices(store), wanted.value));
    const list = useKeptInView<HTMLUListElement>(chosen.value);
    const go = (index: number) => {
        const choice = choices.peek()[index];
        if (!choice) return;
        store.panel.value = { kind: "none" };
        closeDrawers();
        store.conversations.show(choice.id);
    };
    const onKeyDown = (event: KeyboardEvent) => {
        const count = choices.peek().length;
        if (event.key === "ArrowDown" && count > 0) chosen.value = (chosen.peek() + 1) % count;
        else if (event.key === "ArrowUp" && count > 0) chosen.value = (chosen.peek() + count - 1) % count;
        else if (event.key === "Enter") go(chosen.peek());
        else return;
        event.preventDefault();
    };
    return (
        <Dialog title="Go to a conversation or person" kind="palette">
            <div class="palette-field">
                <Icon name="search" />
                <input
                    type="text"
                    role="combobox"
                    aria-label="Conversation or person"
                    aria-expanded="true"
                    aria-controls="switcher-choices"
                    aria-activedescendant={choices.value.length > 0 ? `choice-${chosen.value}` : undefined}
                    placeholder="Conversation or person"
                    autocomplete="off"
                    spellcheck={false}
                    autofocus
                    value={wanted.value}
                    onInput={event => {
                        wanted.value = event.currentTarget.value;
                        chosen.value = 0;
                    }}
                    onKeyDown={onKeyDown}
                />
            </div>
            <ul id="switcher-choices" role="listbox" aria-label="Choices" class="choices" ref={list}>
                {choices.value.map((choice, index) => (
                    <li
                        key={choice.id}
                        id={`choice-${index}`}
                        role="option"
                        aria-selected={index === chosen.value}
                        onClick={() => go(index)}
                    >
                        {choice.icon ? <Icon name={choice.icon} /> : <KeyGlyph of={choice.id} size={20} />}
                        <bdi>{choice.name}</bdi>
                        <span class="away">{choice.about}</span>
                    </li>
                ))}
            </ul>
            {choices.value.length === 0 && <p class="hint">Nobody of that name is here.</p>}
        </Dialog>
    );
}

function allChoices(store: ReturnType<typeof useStore>): Choice[] {
    const { conversations, people } = store;
    const panes = conversations.peers.value;
    const nameOf = (key: string) => people.of(key)?.value.name ?? key.slice(0, 8);
    const unread = (id: ViewId) => {
        const count = conversations.of(id).unread.value;
        return count > 0 ? `${count} unread` : "";
    };
    return [
        { id: everything, name: "Everything", about: "all of it in one view", icon: "everything" },
        { id: lobby, name: "Lobby", about: unread(lobby), icon: "lobby" },
        ...store.rooms.ids.value.map(id => roomChoice(store.rooms.of(id)!.value, unread(id))),
        ...panes.map(id => ({ id, name: nameOf(id), about: unread(id) || "private" })),
        ...people.here.value
            .filter(person => !panes.includes(person.key))
            .map(person => ({ id: person.key, name: person.name, about: "" })),
    ];
}

const roomChoice = ({ id, displayName, kind, isIn }: RoomPane, unread: string): Choice => ({
    id,
    name: displayName,
    about: isIn ? unread : "left",
    icon: kind === "sealed" ? "lock" : "hash",
});

/** Names that begin with what is wanted, then those that contain it. */
function matching(choices: readonly Choice[], wanted: string): Choice[] {
    const what = wanted.trim().toLowerCase();
    const plain = (name: string) => name.toLowerCase().replace(/^#/, "");
    const begins = choices.filter(choice => plain(choice.name).startsWith(plain(what)));
    const contains = choices.filter(choice => plain(choice.name).indexOf(plain(what)) > 0);
    return [...begins, ...contains].slice(0, rowsMax);
}
