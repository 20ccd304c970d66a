/** Where one types. The text stays until the client has taken it. */

import { useComputed, useSignal } from "@preact/signals";
import type { TargetedKeyboardEvent } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { completionsFor, type Completion } from "../../input/completion";
import { useStore } from "../context";
import { composerId, focusView } from "../focus";
import { submit } from "../submit";
import { everything, type Conversation } from "../store/conversations";
import { isRoom } from "../store/lines";
import { History } from "../store/history";
import { isOnFirstRow, isOnLastRow } from "./caretRow";
import { CompletionList } from "./CompletionList";
import { Icon } from "./Icon";

/** What could stand in the place of a word. */
interface Offer {
    readonly completion: Completion;
    /** The whole text as it was typed. */
    readonly text: string;
    readonly chosen: number;
    /** Whether the chosen one stands in the field already. */
    readonly isInserted: boolean;
}

export function Composer({ conversation }: { conversation: Conversation }) {
    const store = useStore();
    const field = useRef<HTMLTextAreaElement>(null);
    const history = useRef(new History());
    const offered = useSignal<Offer | undefined>(undefined);
    const receiver = useComputed(() => {
        const id = store.conversations.open.value;
        return id === everything || isRoom(id) ? undefined : store.people.of(id)?.value;
    }).value;
    const room = useComputed(() => store.rooms.of(store.conversations.open.value)?.value).value;
    const text = conversation.draft.value;

    // At once in the field too: whoever types fast is already behind the caret.
    const set = (value: string, caret?: number) => {
        conversation.draft.value = value;
        if (caret === undefined || !field.current) return;
        field.current.value = value;
        field.current.setSelectionRange(caret, caret);
    };
    const offer = (isAsked: boolean): Offer | undefined => {
        const at = field.current?.selectionStart ?? 0;
        const text = conversation.draft.peek();
        const completion = completionsFor(text, at, store.people.names, isAsked, store.rooms.names);
        offered.value = completion && { completion, text, chosen: 0, isInserted: false };
        return offered.peek();
    };
    /** Puts an option in the place of the word that was typed; the others stay on offer. */
    const insert = ({ completion, text }: Offer, index: number) => {
        const option = completion.options[index];
        if (!option) return;
        const { start, end } = completion;
        set(text.slice(0, start) + option.insert + text.slice(end), start + option.insert.length);
        const isOnlyOne = completion.options.length === 1;
        offered.value = isOnlyOne ? undefined : { completion, text, chosen: index, isInserted: true };
    };
    const take = (now: Offer, index: number) => {
        insert(now, index);
        offered.value = undefined;
    };
    const send = () => {
        const typed = conversation.draft.peek();
        if (!typed.trim()) return;
        offered.value = undefined;
        submit(store, conversation, typed, () => {
            history.current.add(typed);
            if (conversation.draft.peek() === typed) set("");
        });
    };

    const onKeyDown = (event: TargetedKeyboardEvent<HTMLTextAreaElement>) => {
        if (isComposing(event)) return;
        const now = offered.peek();
        if (now && onListKey(event, now)) return event.preventDefault();
        if (event.key === "Enter" && !event.shiftKey) {
            event.preventDefault();
            send();
        } else if (event.key === "Tab" && !event.shiftKey && !hasModifier(event) && isAfterWord()) {
            const found = offer(true);
            if (!found) return;
            event.preventDefault();
            insert(found, 0);
        } else if (event.key === "ArrowUp" && !hasModifier(event) && isOnFirstRow(event.currentTarget)) {
            recall(event, history.current.older(conversation.draft.peek()));
        } else if (event.key === "ArrowDown" && !hasModifier(event) && isOnLastRow(event.currentTarget)) {
            recall(event, history.current.newer());
        }
    };
    const onListKey = (event: KeyboardEvent, now: Offer): boolean => {
        const count = now.completion.options.length;
        const step = (by: number) => {
            const chosen = (now.chosen + by + count) % count;
            if (now.isInserted) insert(now, chosen);
            else offered.value = { ...now, chosen };
            return true;
        };
        switch (event.key) {
            case "ArrowDown":
                return step(1);
            case "ArrowUp":
                return step(-1);
            case "Tab":
                // The first Tab takes what is chosen, each further one the next.
                if (now.isInserted) return step(event.shiftKey ? -1 : 1);
                if (event.shiftKey) return false;
                insert(now, now.chosen);
                return true;
            case "Enter":
                if (now.isInserted || !now.completion.isEnterTaken) return false;
                take(now, now.chosen);
                return true;
            case "Escape":
                offered.value = undefined;
                event.stopPropagation();
                return true;
            default:
                return false;
        }
    };
    const recall = (event: KeyboardEvent, line: string | undefined) => {
        if (line === undefined) return;
        event.preventDefault();
        set(line, line.length);
    };
    const isAfterWord = () => {
        const { selectionStart: at, selectionEnd: end, value } = field.current!;
        return at === end && /\S/.test(value.charAt(at - 1));
    };
    // The field grows with its text, up to the height its style allows.
    useLayoutEffect(() => {
        const area = field.current!;
        area.style.height = "auto";
        area.style.height = `${area.scrollHeight}px`;
    }, [text]);

    useEffect(() => {
        offered.value = undefined;
        store.refusal.value = "";
        focusView();
    }, [conversation]);

    const target = receiver ? (
        <>
            <Icon name="lock" size={14} /> private, to <bdi>{receiver.name}</bdi>
        </>
    ) : room ? (
        <>
            <Icon name={room.kind === "sealed" ? "lock" : "hash"} size={14} /> to all in{" "}
            <bdi>{room.displayName}</bdi>
        </>
    ) : (
        `to all${conversation.id === everything ? " in the lobby" : ""}`
    );
    const isBlocked = receiver?.standing === "changed";
    const placeholder = isBlocked
        ? "Compare the keys first"
        : room?.isIn === false
          ? "You are not in this room"
          : "Write a message";
    const list = offered.value;
    return (
        <form
            class="composer"
            onSubmit={event => {
                event.preventDefault();
                send();
                field.current?.focus();
            }}
        >
            {list && (
                <CompletionList
                    completion={list.completion}
                    chosen={list.chosen}
                    onTake={index => take(list, index)}
                />
            )}
            <p class="refusal" role="status">
                {store.refusal.value && <bdi dir="ltr">{store.refusal.value}</bdi>}
            </p>
            <div class="composer-box">
                <label class="composer-to" for={composerId}>
                    {target}
                </label>
                <textarea
                    id={composerId}
                    ref={field}
                    rows={1}
                    value={text}
                    placeholder={placeholder}
                    autocomplete="off"
                    spellcheck
                    enterkeyhint="send"
                    aria-autocomplete="list"
                    aria-controls={list ? "completions" : undefined}
                    aria-activedescendant={list ? `completion-${list.chosen}` : undefined}
                    onInput={event => {
                        set(event.currentTarget.value);
                        offer(false);
                    }}
                    onKeyDown={onKeyDown}
                    onBlur={() => (offered.value = undefined)}
                />
                <button type="submit" class="send" disabled={!text.trim()} title="Send (Enter)">
                    <Icon name="send" />
                    <span class="sr">Send</span>
                </button>
            </div>
        </form>
    );
}

/** Safari tells the Enter that ends a composition only by its old code. */
function isComposing(event: KeyboardEvent): boolean {
    return event.isComposing || event.keyCode === 229;
}

function hasModifier(event: KeyboardEvent): boolean {
    return event.altKey || event.ctrlKey || event.metaKey;
}
