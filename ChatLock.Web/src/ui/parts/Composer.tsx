/** Where one types. The text stays until the client has taken it. */

import { useComputed, useSignal } from "@preact/signals";
import type { TargetedKeyboardEvent } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { completionsFor, type Completion } from "../../input/completion";
import { useStore } from "../context";
import { composerId, focusView } from "../focus";
import { submit } from "../submit";
import { everything, type Conversation } from "../store/conversations";
import { lobby } from "../store/lines";
import { History } from "../store/history";
import { isOnFirstRow, isOnLastRow } from "./caretRow";
import { CompletionList } from "./CompletionList";
import { Icon } from "./Icon";

export function Composer({ conversation }: { conversation: Conversation }) {
    const store = useStore();
    const field = useRef<HTMLTextAreaElement>(null);
    const history = useRef(new History());
    const offered = useSignal<Completion | undefined>(undefined);
    const chosen = useSignal(0);
    const receiver = useComputed(() => {
        const id = store.conversations.open.value;
        return id === everything || id === lobby ? undefined : store.people.of(id)?.value;
    }).value;
    const text = conversation.draft.value;

    // At once in the field too: whoever types fast is already behind the caret.
    const set = (value: string, caret?: number) => {
        conversation.draft.value = value;
        if (caret === undefined || !field.current) return;
        field.current.value = value;
        field.current.setSelectionRange(caret, caret);
    };
    const offer = (isAsked: boolean) => {
        const at = field.current?.selectionStart ?? 0;
        const found = completionsFor(conversation.draft.peek(), at, store.people.names, isAsked);
        offered.value = found && found.options.length > 0 ? found : undefined;
        chosen.value = 0;
    };
    const take = (index: number) => {
        const completion = offered.peek();
        const option = completion?.options[index];
        if (!completion || !option) return;
        const value = conversation.draft.peek();
        set(
            value.slice(0, completion.start) + option.insert + value.slice(completion.end),
            completion.start + option.insert.length,
        );
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
        if (offered.peek() && onListKey(event)) return event.preventDefault();
        if (event.key === "Enter" && !event.shiftKey) {
            event.preventDefault();
            send();
        } else if (event.key === "Tab" && !event.shiftKey && !hasModifier(event) && isAfterWord()) {
            offer(true);
            const found = offered.peek();
            if (!found) return;
            event.preventDefault();
            if (found.options.length === 1) take(0);
        } else if (event.key === "ArrowUp" && !hasModifier(event) && isOnFirstRow(event.currentTarget)) {
            recall(event, history.current.older(conversation.draft.peek()));
        } else if (event.key === "ArrowDown" && !hasModifier(event) && isOnLastRow(event.currentTarget)) {
            recall(event, history.current.newer());
        }
    };
    const onListKey = (event: KeyboardEvent): boolean => {
        const count = offered.peek()!.options.length;
        switch (event.key) {
            case "ArrowDown":
                chosen.value = (chosen.peek() + 1) % count;
                return true;
            case "ArrowUp":
                chosen.value = (chosen.peek() + count - 1) % count;
                return true;
            case "Tab":
                if (event.shiftKey) return false;
                take(chosen.peek());
                return true;
            case "Enter":
                if (!offered.peek()!.isEnterTaken) return false;
                take(chosen.peek());
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
    ) : (
        "to all"
    );
    const isBlocked = receiver?.standing === "changed";
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
            {list && <CompletionList completion={list} chosen={chosen.value} onTake={take} />}
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
                    placeholder={isBlocked ? "Compare the keys first" : "Write a message"}
                    autocomplete="off"
                    spellcheck
                    enterkeyhint="send"
                    aria-autocomplete="list"
                    aria-controls={list ? "completions" : undefined}
                    aria-activedescendant={list ? `completion-${chosen.value}` : undefined}
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
