/** What becomes of a line that was typed: text to the open conversation, or a command. */

import { parseLine, type RoomWish } from "../input/lineParser";
import { replaceEmoji } from "../input/emoji";
import type { ChatStore } from "./store/chatStore";
import { everything, type Conversation } from "./store/conversations";
import { isRoom, lobby } from "./store/lines";

/** @param onSafe called when the field may be emptied: a message is in the outbox, or a command was understood. */
export function submit(
    store: ChatStore,
    conversation: Conversation,
    typed: string,
    onSafe: () => void,
): void {
    store.refusal.value = "";
    const line = parseLine(typed);
    switch (line.kind) {
        case "say":
            return store.say(
                { text: replaceEmoji(line.text), isAction: line.isAction },
                line.isToAll && !isOtherRoom(conversation.id) ? undefined : receiverOf(conversation.id),
                onSafe,
            );
        case "say-to":
            return store.say({ text: replaceEmoji(line.text), isAction: false }, { name: line.name }, onSafe);
        case "command":
            store.send(
                line.command.type === "who" && isOtherRoom(conversation.id)
                    ? { type: "members", room: conversation.id }
                    : line.command,
            );
            return onSafe();
        case "room":
            if (wish(store, conversation, line.wish)) onSafe();
            return;
        case "page":
            if (act(store, conversation, line)) onSafe();
            return;
        case "wrong":
            store.refusal.value = line.sentence;
            return;
        case "nothing":
            return;
    }
}

/** Whom a pane's text goes to; undefined: to all in the lobby. */
function receiverOf(id: string) {
    if (id === everything || id === lobby) return undefined;
    return isRoom(id) ? { room: id } : { key: id };
}

/** A room that one can leave, and that somebody owns. */
const isOtherRoom = (id: string): boolean => id !== lobby && isRoom(id);

/** True when it was done, or asked for. */
function wish(store: ChatStore, { id }: Conversation, wanted: RoomWish): boolean {
    switch (wanted.do) {
        case "join": {
            const known = roomCalled(store, wanted.target);
            if (known !== undefined && store.rooms.of(known)!.peek().isIn) store.conversations.show(known);
            else store.join(wanted.target);
            return true;
        }
        case "go": {
            const room = roomCalled(store, wanted.name);
            if (room === undefined) store.refusal.value = `You are in no room called ${wanted.name}.`;
            else store.conversations.show(room);
            return room !== undefined;
        }
        case "create":
            store.createRoom(wanted.name);
            return true;
        case "invite": {
            const room = wanted.name === undefined ? id : roomCalled(store, wanted.name);
            if (room === undefined || isOtherRoom(room))
                return inRoom(store, room, room => store.send({ type: "show-invite", room }));
            store.panel.value = { kind: "invite" };
            return true;
        }
        case "part": {
            const room = wanted.name === undefined ? id : roomCalled(store, wanted.name);
            return inRoom(store, room, room => store.send({ type: "part", room }));
        }
        case "show-topic":
            return inRoom(store, id, room => {
                const { displayName, topic } = store.rooms.of(room)!.peek();
                store.tell(
                    topic ? `The topic of ${displayName}: ${topic}` : "There is no topic.",
                    "plain",
                    room,
                );
            });
        case "topic":
            return inRoom(store, id, room => store.send({ type: "set-topic", room, text: wanted.text }));
        case "slow":
            return inRoom(store, id, room => {
                store.send({ type: "slow-mode", room, seconds: wanted.seconds });
            });
        case "act": {
            const { kind, name, seconds } = wanted;
            return inRoom(store, id, room => {
                store.send({ type: "moderate", room, kind, receiver: { name }, seconds });
            });
        }
    }
}

function inRoom(store: ChatStore, id: string | undefined, then: (room: string) => void): boolean {
    const isIn = id !== undefined && store.rooms.of(id)?.peek().isIn === true;
    if (isIn) then(id);
    else if (id === lobby)
        store.refusal.value =
            "Everyone is in the lobby and nobody owns it: it can't be left, and it has no topic, rules or invite.";
    else store.refusal.value = "Open the room that you mean first.";
    return isIn;
}

/** The id of a room by what it is called here. */
function roomCalled(store: ChatStore, typed: string): string | undefined {
    const wanted = bare(typed);
    if (wanted === bare(lobby)) return lobby;
    return store.rooms.ids.peek().find(id => bare(store.rooms.nameOf(id)!) === wanted);
}

const bare = (name: string): string => name.trim().normalize("NFC").replace(/^[#~]/, "").toLowerCase();

/** True when it was done. */
function act(
    store: ChatStore,
    conversation: Conversation,
    line: Extract<ReturnType<typeof parseLine>, { kind: "page" }>,
): boolean {
    switch (line.action) {
        case "help":
            store.panel.value = { kind: "help" };
            return true;
        case "list":
            store.panel.value = { kind: "rooms" };
            return true;
        case "clear":
            conversation.log.clear();
            return true;
        case "inspect": {
            const number = line.number ?? store.lastNumber;
            if (number === 0) store.refusal.value = "There is no message to look into yet.";
            else store.panel.value = { kind: "inspector", number };
            return number !== 0;
        }
        case "query":
            return openByName(store, line.name);
    }
}

function openByName(store: ChatStore, name: string): boolean {
    const wanted = name.normalize("NFC").toLowerCase();
    const person = store.people.here.peek().find(one => one.name.normalize("NFC").toLowerCase() === wanted);
    if (person) store.openPerson(person.key);
    else store.refusal.value = `${name} isn't here.`;
    return person !== undefined;
}
