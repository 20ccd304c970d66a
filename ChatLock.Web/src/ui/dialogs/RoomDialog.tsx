/** A room: whose it is, who could read it, its topic and rules, and the way out. */

import { useSignal } from "@preact/signals";
import { useStore } from "../context";
import { RoomTag, roomWords } from "../parts/RoomTag";
import { isMutedIn, rankOf, type RoomPane } from "../store/roomPanes";
import { spanOf } from "../store/roomWords";
import { Dialog } from "./Dialog";

/** Seconds between two messages of a member, as they are offered. */
const slowModes = [0, 5, 10, 30, 60, 300, 900, 3600];

export function RoomDialog({ of }: { of: string }) {
    const store = useStore();
    const room = store.rooms.of(of)?.value;
    const you = store.you.value?.key ?? "";
    if (!room) return null;
    const mayChange = room.isIn && rankOf(room, you) !== "member";
    return (
        <Dialog
            title={
                <span class="with-glyph">
                    <bdi>{room.displayName}</bdi> <RoomTag suite={room.suite} kind={room.kind} />
                </span>
            }
        >
            <p>{sentence(roomWords(room))}</p>
            <Owner room={room} you={you} />
            <h3>Topic</h3>
            {mayChange ? (
                <TopicForm room={room} />
            ) : (
                <p class={room.topic === undefined ? "hint" : ""}>
                    <bdi>{room.topic ?? "There is none."}</bdi>
                </p>
            )}
            <h3>Slow mode</h3>
            {mayChange ? <SlowForm room={room} /> : <p>{slowWords(room.rules.slowModeSeconds)}</p>}
            <People
                title="Ops"
                keys={room.rules.ops}
                undo={
                    rankOf(room, you) === "owner" ? { kind: "deop", label: "Take the right back" } : undefined
                }
                room={room}
            />
            <People
                title="Banned"
                keys={room.rules.banned}
                undo={mayChange ? { kind: "unban", label: "Lift the ban" } : undefined}
                room={room}
            />
            <People
                title="Muted"
                keys={[...room.rules.muted.keys()].filter(key => isMutedIn(room, key, Date.now()))}
                undo={mayChange ? { kind: "unmute", label: "Let speak" } : undefined}
                room={room}
            />
            <p class="refusal" role="status">
                {store.refusal.value && <bdi dir="ltr">{store.refusal.value}</bdi>}
            </p>
            <div class="actions">
                <button type="button" onClick={() => store.send({ type: "show-invite", room: of })}>
                    Invite someone
                </button>
                <button
                    type="button"
                    class="danger"
                    onClick={() => {
                        store.panel.value = { kind: "none" };
                        store.send({ type: "part", room: of });
                    }}
                >
                    Leave the room
                </button>
            </div>
        </Dialog>
    );
}

const sentence = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;

function Owner({ room, you }: { room: RoomPane; you: string }) {
    const store = useStore();
    const { owner } = room;
    if (owner === undefined) return <p>Nobody owns it.</p>;
    if (owner === you) return <p>You own it: you made it.</p>;
    return (
        <p>
            It belongs to{" "}
            <button
                type="button"
                class="link room-link"
                onClick={() => (store.panel.value = { kind: "person", key: owner })}
            >
                <bdi>{store.people.of(owner)?.value.name ?? `the key ${owner.slice(0, 8)}…`}</bdi>
            </button>
            {room.kind === "open" && ", as the gateway says"}.
        </p>
    );
}

function TopicForm({ room }: { room: RoomPane }) {
    const store = useStore();
    const text = useSignal(room.topic ?? "");
    return (
        <form
            onSubmit={event => {
                event.preventDefault();
                store.refusal.value = "";
                store.send({ type: "set-topic", room: room.id, text: text.peek() });
            }}
        >
            <label class="sr" for="room-topic">
                Topic
            </label>
            <div class="field-and-button">
                <input
                    id="room-topic"
                    type="text"
                    value={text.value}
                    maxLength={512}
                    autocomplete="off"
                    onInput={event => (text.value = event.currentTarget.value)}
                />
                <button type="submit" disabled={text.value.trim() === (room.topic ?? "")}>
                    Change
                </button>
            </div>
            <p class="fine">Members alone can read it.</p>
        </form>
    );
}

function SlowForm({ room }: { room: RoomPane }) {
    const store = useStore();
    const seconds = room.rules.slowModeSeconds;
    const offered = slowModes.includes(seconds) ? slowModes : [...slowModes, seconds].sort((a, b) => a - b);
    return (
        <label class="select-label">
            <span>One message of each member in</span>
            <select
                value={seconds}
                onChange={event => {
                    store.refusal.value = "";
                    const wanted = Number(event.currentTarget.value);
                    store.send({ type: "slow-mode", room: room.id, seconds: wanted });
                }}
            >
                {offered.map(one => (
                    <option key={one} value={one}>
                        {one === 0 ? "no time: off" : spanOf(one)}
                    </option>
                ))}
            </select>
        </label>
    );
}

const slowWords = (seconds: number): string =>
    seconds === 0 ? "It is off." : `One message of each in ${spanOf(seconds)}.`;

function People({
    title,
    keys,
    undo,
    room,
}: {
    title: string;
    keys: readonly string[];
    undo: { readonly kind: "deop" | "unban" | "unmute"; readonly label: string } | undefined;
    room: RoomPane;
}) {
    const store = useStore();
    if (keys.length === 0) return null;
    const nameOf = (key: string) => store.people.of(key)?.value.name ?? `the key ${key.slice(0, 8)}…`;
    return (
        <>
            <h3>{title}</h3>
            <ul class="room-list">
                {keys.map(key => (
                    <li key={key}>
                        <bdi class="room-list-name">{nameOf(key)}</bdi>
                        {undo && (
                            <button
                                type="button"
                                class="small"
                                onClick={() => {
                                    store.refusal.value = "";
                                    const receiver = { key };
                                    store.send({
                                        type: "moderate",
                                        room: room.id,
                                        kind: undo.kind,
                                        receiver,
                                    });
                                }}
                            >
                                {undo.label}
                                <span class="sr">
                                    : <bdi>{nameOf(key)}</bdi>
                                </span>
                            </button>
                        )}
                    </li>
                ))}
            </ul>
        </>
    );
}
