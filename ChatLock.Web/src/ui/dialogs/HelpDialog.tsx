/** What can be typed and pressed. */

import { commands } from "../../input/commandList";
import { Dialog } from "./Dialog";

const keys: readonly [string, string][] = [
    ["Enter", "send"],
    ["Shift + Enter", "a new line"],
    [
        "Tab",
        "complete the name, command or emoji before the cursor, again for the next one; else the next control",
    ],
    ["↑ ↓", "what you sent before"],
    ["Ctrl + K", "go to a conversation or person"],
    ["Alt + ↑ ↓", "the conversation above or below"],
    ["Alt + 1 … 9", "a conversation by its place"],
    ["Esc", "back: close what is open, then to the latest, then to everything"],
    ["?", "this help, when nothing is being typed"],
];

export function HelpDialog() {
    return (
        <Dialog title="What can be typed and pressed">
            <h3>Messages</h3>
            <dl class="help">
                <Entry what="hello" means="everyone gets it" />
                <Entry what="private:bob:hello" means="bob alone gets it, and nobody else can read it" />
                <Entry what="**bold** *italic* `code`" means="and ``` around a block of code" />
                <Entry what=":wave:" means="an emoji" />
                {commands.map(command => (
                    <Entry key={command.usage} what={command.usage} means={command.means} />
                ))}
            </dl>
            <h3>Keys</h3>
            <dl class="help">
                {keys.map(([what, means]) => (
                    <Entry key={what} what={what} means={means} isKey />
                ))}
            </dl>
        </Dialog>
    );
}

function Entry({ what, means, isKey = false }: { what: string; means: string; isKey?: boolean }) {
    return (
        <div class="help-entry">
            <dt>{isKey ? <kbd>{what}</kbd> : <code>{what}</code>}</dt>
            <dd>{means}</dd>
        </div>
    );
}
