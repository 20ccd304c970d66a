/** Which rooms there are, how one gets into others, and how one makes one. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { KnownRoom, RoomListing } from "../../client/events";
import { TITLE_MAX_CHARACTERS } from "../../rooms/roomTitle";
import { useStore } from "../context";
import { closeDrawers } from "../layout";
import { Icon } from "../parts/Icon";
import { Dialog } from "./Dialog";

/** Rows shown; further rooms are found by their names. */
const rowsMax = 200;

export function RoomsDialog() {
    const store = useStore();
    const isOnline = store.isOnline.value;
    useEffect(() => {
        store.refusal.value = "";
        if (isOnline) store.send({ type: "list-rooms" });
    }, [isOnline]);
    const listed = store.roomEvents.listed.value;
    return (
        <Dialog title="Rooms">
            <JoinForm />
            <p class="refusal" role="status">
                {store.refusal.value && <bdi dir="ltr">{store.refusal.value}</bdi>}
            </p>
            {!isOnline && <p role="status">You aren't connected; the list comes when you are.</p>}
            {listed && <Open rooms={listed.rooms} isComplete={listed.isComplete} />}
            {listed && listed.known.length > 0 && <Known rooms={listed.known} />}
            <h3>Make a sealed room</h3>
            <p>
                Its key is made here and travels in its link only: whoever has the link can read the room, and
                the gateway can't. The room is yours.
            </p>
            <CreateForm />
        </Dialog>
    );
}

function JoinForm() {
    const store = useStore();
    const target = useSignal("");
    return (
        <form
            class="inline-form"
            onSubmit={event => {
                event.preventDefault();
                if (target.peek().trim()) store.join(target.peek());
            }}
        >
            <label for="room-target">Name of an open room, or the link of a sealed one</label>
            <div class="field-and-button">
                <input
                    id="room-target"
                    type="text"
                    value={target.value}
                    autocomplete="off"
                    autocapitalize="none"
                    spellcheck={false}
                    onInput={event => (target.value = event.currentTarget.value)}
                />
                <button
                    type="submit"
                    class="primary"
                    disabled={!store.isOnline.value || !target.value.trim()}
                >
                    Join
                </button>
            </div>
            <p class="fine">An open room that isn't there yet is made, and is yours then.</p>
        </form>
    );
}

function Open({ rooms, isComplete }: { rooms: readonly RoomListing[]; isComplete: boolean }) {
    return (
        <>
            <h3>Open rooms</h3>
            {rooms.length === 0 && <p class="hint">There are none yet.</p>}
            <ul class="room-list">
                {rooms.slice(0, rowsMax).map(room => (
                    <li key={room.id}>
                        <Icon name="hash" size={16} />
                        <bdi class="room-list-name">{room.id.slice(1)}</bdi>
                        {room.suite.insecure && <span class="tag tag-insecure">{room.suite.label}</span>}
                        <span class="away">{room.memberCount} in it</span>
                        <GoButton id={room.id} isIn={room.isIn} name={room.id} />
                    </li>
                ))}
            </ul>
            {(!isComplete || rooms.length > rowsMax) && (
                <p class="hint">There are more; they are found by their names.</p>
            )}
        </>
    );
}

function Known({ rooms }: { rooms: readonly KnownRoom[] }) {
    const store = useStore();
    return (
        <>
            <h3>Sealed rooms that this browser has the key of</h3>
            <ul class="room-list">
                {rooms.map(({ id, displayName, isIn }) => (
                    <li key={id}>
                        <Icon name="lock" size={16} />
                        <bdi class="room-list-name">{displayName}</bdi>
                        {!isIn && (
                            <button
                                type="button"
                                class="small"
                                onClick={() => store.send({ type: "forget-room", room: id })}
                            >
                                Forget
                                <span class="sr">
                                    {" "}
                                    <bdi>{displayName}</bdi>
                                </span>
                            </button>
                        )}
                        <GoButton id={id} isIn={isIn} name={displayName} />
                    </li>
                ))}
            </ul>
        </>
    );
}

function GoButton({ id, isIn, name }: { id: string; isIn: boolean; name: string }) {
    const store = useStore();
    const go = () => {
        if (!isIn) return store.join(id);
        store.panel.value = { kind: "none" };
        closeDrawers();
        store.conversations.show(id);
    };
    return (
        <button type="button" class="small" disabled={!isIn && !store.isOnline.value} onClick={go}>
            {isIn ? "Open" : "Join"}
            <span class="sr">
                {" "}
                <bdi>{name}</bdi>
            </span>
        </button>
    );
}

function CreateForm() {
    const store = useStore();
    const name = useSignal("");
    return (
        <form
            class="inline-form"
            onSubmit={event => {
                event.preventDefault();
                if (name.peek().trim()) store.createRoom(name.peek());
            }}
        >
            <label for="room-name">What it is called</label>
            <div class="field-and-button">
                <input
                    id="room-name"
                    type="text"
                    value={name.value}
                    maxLength={2 * TITLE_MAX_CHARACTERS}
                    autocomplete="off"
                    onInput={event => (name.value = event.currentTarget.value)}
                />
                <button type="submit" disabled={!store.isOnline.value || !name.value.trim()}>
                    Make it
                </button>
            </div>
        </form>
    );
}
