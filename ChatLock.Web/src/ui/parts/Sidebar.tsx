/** The conversations, and who one is. */

import { useStore } from "../context";
import { focusView } from "../focus";
import { everything, type ViewId } from "../store/conversations";
import { lobby } from "../store/lines";
import { isDrawerOpen, useDrawerFocus } from "../layout";
import { Whereabouts } from "./Whereabouts";
import { Brand } from "./Brand";
import { Icon, type IconName } from "./Icon";
import { KeyGlyph } from "./KeyGlyph";
import { spoken } from "./StatusBanner";
import { StandingShield, standingInAWord } from "./Standing";

export function Sidebar() {
    const store = useStore();
    const { conversations } = store;
    const drawer = useDrawerFocus<HTMLElement>(isDrawerOpen.value);
    return (
        <nav class="sidebar" aria-label="Conversations" ref={drawer}>
            <div class="sidebar-top">
                <Brand />
                <button
                    type="button"
                    class="icon-button drawer-only"
                    onClick={() => (isDrawerOpen.value = false)}
                >
                    <Icon name="close" />
                    <span class="sr">Close the list</span>
                </button>
            </div>
            <button type="button" class="switch" onClick={() => (store.panel.value = { kind: "switcher" })}>
                <Icon name="search" size={16} /> Go to… <kbd>Ctrl K</kbd>
            </button>
            <ul class="rooms">
                <Entry id={everything} icon="everything" label="Everything" />
            </ul>
            <div class="list-head">
                <h2 class="list-title">Rooms</h2>
                <button
                    type="button"
                    class="icon-button"
                    title="Join a room, or make one"
                    onClick={() => (store.panel.value = { kind: "rooms" })}
                >
                    <Icon name="plus" size={18} />
                    <span class="sr">Join a room, or make one</span>
                </button>
            </div>
            <ul class="rooms">
                <Entry id={lobby} icon="lobby" label="Lobby" />
                {store.rooms.ids.value.map(id => (
                    <RoomEntry key={id} id={id} />
                ))}
            </ul>
            <h2 class="list-title">Private</h2>
            <ul class="rooms private-rooms">
                {conversations.peers.value.map(key => (
                    <Entry key={key} id={key} />
                ))}
                {conversations.peers.value.length === 0 && (
                    <li class="hint">Click a name to write to one person only.</li>
                )}
            </ul>
            <You />
        </nav>
    );
}

function RoomEntry({ id }: { id: string }) {
    const room = useStore().rooms.of(id)?.value;
    if (!room) return null;
    const icon = room.kind === "sealed" ? "lock" : "hash";
    // The icon says it.
    const label = room.kind === "open" ? room.displayName.slice(1) : room.displayName;
    return <Entry id={id} icon={icon} label={label} isLeft={!room.isIn} />;
}

function Entry({
    id,
    icon,
    label,
    isLeft = false,
}: {
    id: ViewId;
    icon?: IconName;
    label?: string;
    isLeft?: boolean;
}) {
    const store = useStore();
    const conversation = store.conversations.of(id);
    const isOpen = store.conversations.open.value === id;
    const person = icon ? undefined : store.people.of(id)?.value;
    const unread = id === everything ? 0 : conversation.unread.value;
    const urgent = conversation.urgent.value > 0;
    const name = label ?? person?.name ?? id.slice(0, 8);
    return (
        <li class="entry-item">
            <button
                type="button"
                class={`entry ${isOpen ? "open" : ""} ${unread > 0 ? "has-unread" : ""}`}
                aria-current={isOpen ? "page" : undefined}
                onClick={() => {
                    store.conversations.show(id);
                    isDrawerOpen.value = false;
                }}
            >
                {icon ? <Icon name={icon} /> : <KeyGlyph of={id} size={20} />}
                <bdi class="entry-name">{name}</bdi>
                {person && <Whereabouts person={person} />}
                {isLeft && <span class="away">left</span>}
                {person && person.standing !== "known" && person.standing !== "new" && (
                    <>
                        <StandingShield standing={person.standing} size={14} />
                        <span class="sr">{standingInAWord(person.standing)}</span>
                    </>
                )}
                {unread > 0 && (
                    <span class={`count ${urgent ? "urgent" : ""}`}>
                        {urgent && icon && <span aria-hidden="true">@ </span>}
                        {unread > 999 ? "999+" : unread}
                        <span class="sr"> unread{urgent && icon ? ", you are mentioned" : ""}</span>
                    </span>
                )}
            </button>
            {!icon && (
                <button
                    type="button"
                    class="entry-close"
                    title="Close this pane"
                    onClick={() => {
                        store.conversations.close(id);
                        focusView();
                    }}
                >
                    <Icon name="close" size={14} />
                    <span class="sr">
                        Close the pane with <bdi>{name}</bdi>
                    </span>
                </button>
            )}
        </li>
    );
}

function You() {
    const store = useStore();
    const you = store.you.value;
    return (
        <div class="you">
            <button type="button" class="you-button" onClick={() => (store.panel.value = { kind: "you" })}>
                <KeyGlyph of={you?.key ?? ""} size={36} />
                <span class="you-text">
                    <bdi class="you-name">{you?.name}</bdi>
                    <span class={`you-status ${store.isOnline.value ? "on" : "off"}`}>
                        {store.isOnline.value ? "Connected" : spoken(store.status.value)}
                    </span>
                </span>
                <span class="sr">: your name, key and settings</span>
            </button>
            <button
                type="button"
                class="icon-button"
                title="Commands and keys (?)"
                onClick={() => (store.panel.value = { kind: "help" })}
            >
                <Icon name="help" />
                <span class="sr">Help</span>
            </button>
        </div>
    );
}
