/** What is open, how it is encrypted, and what can be done with it. */

import { useStore } from "../context";
import { viewTitleId } from "../focus";
import { arePeopleOpen, isDrawerOpen } from "../layout";
import { everything } from "../store/conversations";
import { isRoom, lobby } from "../store/lines";
import { rankOf } from "../store/roomPanes";
import { Icon } from "./Icon";
import { Name } from "./Name";
import { RoomTag, roomWords } from "./RoomTag";
import { StandingShield, standingInWords } from "./Standing";

export function ViewHeader() {
    const store = useStore();
    const elsewhere = store.conversations.unread.value;
    const room = store.rooms.of(store.conversations.open.value)?.value;
    return (
        <header class="view-header">
            <button
                type="button"
                class="icon-button drawer-button"
                aria-expanded={isDrawerOpen.value}
                onClick={() => (isDrawerOpen.value = true)}
            >
                <Icon name="menu" />
                {elsewhere > 0 && <span class="dot" />}
                <span class="sr">Conversations{elsewhere > 0 && `, ${elsewhere} unread`}</span>
            </button>
            <Title />
            <RoomButton />
            <InviteButton />
            <button
                type="button"
                class="icon-button people-button"
                title="Who is here"
                aria-expanded={arePeopleOpen.value}
                onClick={() => (arePeopleOpen.value = !arePeopleOpen.value)}
            >
                <Icon name="people" />
                <span class="people-count">{room?.isIn ? room.online : store.people.online.value}</span>
                <span class="sr">people are here: show them</span>
            </button>
        </header>
    );
}

/** What the open room is, and what can be done with it. */
function RoomButton() {
    const store = useStore();
    const id = store.conversations.open.value;
    if (!store.rooms.of(id)?.value.isIn) return null;
    return (
        <button
            type="button"
            class="icon-button"
            title="About this room"
            onClick={() => (store.panel.value = { kind: "room", room: id })}
        >
            <Icon name="more" />
            <span class="sr">About this room</span>
        </button>
    );
}

/** With its word while nobody else is here. */
function InviteButton() {
    const store = useStore();
    const id = store.conversations.open.value;
    const room = store.rooms.of(id)?.value;
    if (room && !room.isIn) return null;
    const isAlone = (room ? room.online : store.people.online.value) <= 1;
    const invite = () => {
        if (room) store.send({ type: "show-invite", room: id });
        else store.panel.value = { kind: "invite" };
    };
    return (
        <button
            type="button"
            class={isAlone ? "invite-button" : "icon-button"}
            title="Invite someone"
            onClick={invite}
        >
            <Icon name="invite" />
            {isAlone ? (
                <span>
                    Invite<span class="sr"> someone</span>
                </span>
            ) : (
                <span class="sr">Invite someone</span>
            )}
        </button>
    );
}

function Title() {
    const store = useStore();
    const id = store.conversations.open.value;
    if (id === everything || id === lobby) return <LobbyTitle isWhole={id === everything} />;
    return isRoom(id) ? <RoomTitle id={id} /> : <PersonTitle id={id} />;
}

function RoomTitle({ id }: { id: string }) {
    const store = useStore();
    const room = store.rooms.of(id)?.value;
    if (!room) return <div class="view-title" />;
    const mayChange = room.isIn && rankOf(room, store.you.value?.key ?? "") !== "member";
    return (
        <div class="view-title">
            <h1 id={viewTitleId} tabIndex={-1}>
                <bdi>{room.displayName}</bdi>
            </h1>
            <p class="view-about">
                <RoomTag suite={room.suite} kind={room.kind} />
                {room.topic === undefined ? (
                    <span class="clipped">{roomWords(room)}</span>
                ) : (
                    <span class="clipped" title={room.topic}>
                        <span class="sr">Topic: </span>
                        <bdi>{room.topic}</bdi>
                    </span>
                )}
                {mayChange && (
                    <button
                        type="button"
                        class="link topic-edit"
                        title={room.topic === undefined ? "Set a topic" : "Change the topic"}
                        onClick={() => (store.panel.value = { kind: "room", room: id })}
                    >
                        <Icon name="edit" size={14} />
                        <span class="sr">
                            {room.topic === undefined ? "Set a topic" : "Change the topic"}
                        </span>
                    </button>
                )}
            </p>
        </div>
    );
}

function LobbyTitle({ isWhole }: { isWhole: boolean }) {
    const suite = useStore().lobbySuite.value;
    return (
        <div class="view-title">
            <h1 id={viewTitleId} tabIndex={-1}>
                {isWhole ? "Everything" : "Lobby"}
            </h1>
            <p class="view-about">
                {suite?.insecure ? (
                    <>
                        <span class="tag tag-insecure">{suite.label}</span>
                        <span class="clipped">DES, for lessons: anyone who listens can read it</span>
                    </>
                ) : (
                    <>
                        <span class="tag">open</span>
                        <span class="clipped">
                            the gateway could read it: it holds the lobby's key. Private messages it can't
                            read.
                        </span>
                    </>
                )}
            </p>
        </div>
    );
}

function PersonTitle({ id }: { id: string }) {
    const store = useStore();
    const person = store.people.of(id)?.value;
    const suite = store.privateSuite.value;
    return (
        <div class="view-title">
            <h1 id={viewTitleId} tabIndex={-1}>
                <Name name={person?.name ?? id.slice(0, 8)} of={id} />
            </h1>
            <p class="view-about">
                <span class={suite?.insecure ? "tag tag-insecure" : "tag tag-private"}>
                    {!suite?.insecure && <Icon name="lock" size={12} />} {suite?.label ?? "sealed"}
                </span>
                <button
                    type="button"
                    class="link"
                    onClick={() => (store.panel.value = { kind: "person", key: id })}
                >
                    <StandingShield standing={person?.standing ?? "new"} size={14} />
                    <span>{standingInWords(person?.standing ?? "new")}</span>
                </button>
            </p>
        </div>
    );
}
