/** What becomes of a line that was typed: text to the open conversation, or a command. */

import { parseLine } from "../input/lineParser";
import { replaceEmoji } from "../input/emoji";
import type { Receiver } from "../client/commands";
import type { ChatStore } from "./store/chatStore";
import { everything, type Conversation } from "./store/conversations";
import { lobby } from "./store/lines";

/** @param onSafe called when the field may be emptied: a message is in the outbox, or a command was understood. */
export function submit(
    store: ChatStore,
    conversation: Conversation,
    typed: string,
    onSafe: () => void,
): void {
    store.refusal.value = "";
    const isPane = conversation.id !== everything && conversation.id !== lobby;
    const pane: Receiver | undefined = isPane ? { key: conversation.id } : undefined;
    const line = parseLine(typed);
    switch (line.kind) {
        case "say":
            return store.say(
                { text: replaceEmoji(line.text), isAction: line.isAction },
                line.isToAll ? undefined : pane,
                onSafe,
            );
        case "say-to":
            return store.say({ text: replaceEmoji(line.text), isAction: false }, { name: line.name }, onSafe);
        case "command":
            store.send(line.command);
            return onSafe();
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
