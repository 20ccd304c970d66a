/** What could follow what is being typed. */

import type { Completion } from "../../input/completion";
import { useKeptInView } from "./keptInView";

export function CompletionList({
    completion,
    chosen,
    onTake,
}: {
    completion: Completion;
    chosen: number;
    onTake: (index: number) => void;
}) {
    const list = useKeptInView<HTMLUListElement>(chosen);
    return (
        <ul ref={list} class="completions" id="completions" role="listbox" aria-label="Suggestions">
            {completion.options.map((option, index) => (
                <li
                    key={option.insert}
                    id={`completion-${index}`}
                    role="option"
                    aria-selected={index === chosen}
                    // The field keeps the focus.
                    onPointerDown={event => {
                        event.preventDefault();
                        onTake(index);
                    }}
                >
                    <bdi class="completion-label">{option.label}</bdi>
                    {option.hint && <span class="completion-hint">{option.hint}</span>}
                </li>
            ))}
        </ul>
    );
}
