/** One's own name, key, settings and backup. */

import { useSignal } from "@preact/signals";
import { useStore } from "../context";
import { KeyGlyph } from "../parts/KeyGlyph";
import { Name } from "../parts/Name";
import { notifications } from "../notifications";
import { BackupSection } from "./BackupSection";
import { Dialog } from "./Dialog";
import { KeyCard } from "./KeyCard";

export function YouDialog() {
    const store = useStore();
    const you = store.you.value;
    if (!you) return null;
    return (
        <Dialog
            title={
                <span class="with-glyph">
                    <KeyGlyph of={you.key} size={28} /> <Name name={you.name} of={you.key} />{" "}
                    <span class="away">you</span>
                </span>
            }
        >
            <Rename />
            <h3>Your key</h3>
            <KeyCard of={you.key} name="you" />
            <p class="fine">
                Your name belongs to this key as long as you hold it. It was made in this browser; no page,
                not even this one, can read it out of the browser's store.
            </p>
            <h3>Private messages</h3>
            <SuiteChoice />
            <h3>Notifications</h3>
            <NotificationChoice />
            <h3>Backup</h3>
            <BackupSection />
        </Dialog>
    );
}

function Rename() {
    const store = useStore();
    const wanted = useSignal(store.you.peek()?.name ?? "");
    return (
        <form
            class="inline-form"
            onSubmit={event => {
                event.preventDefault();
                store.refusal.value = "";
                store.send({ type: "rename", name: wanted.peek() });
            }}
        >
            <label for="rename">Name</label>
            <div class="field-and-button">
                <input
                    id="rename"
                    type="text"
                    value={wanted.value}
                    maxLength={64}
                    autocomplete="off"
                    spellcheck={false}
                    aria-describedby="rename-refusal"
                    onInput={event => (wanted.value = event.currentTarget.value)}
                />
                <button type="submit">Rename</button>
            </div>
            <p id="rename-refusal" class="refusal" role="status">
                {store.refusal.value}
            </p>
        </form>
    );
}

function SuiteChoice() {
    const store = useStore();
    const chosen = store.privateSuite.value?.name ?? "sealed";
    return (
        <fieldset class="choices-set">
            <legend class="sr">How your private messages are encrypted</legend>
            <label>
                <input
                    type="radio"
                    name="suite"
                    checked={chosen === "sealed"}
                    onChange={() => store.send({ type: "use-suite", name: "sealed" })}
                />
                <span>
                    <strong>sealed</strong>: HPKE and AES-128-GCM. Only the receiver can read it.
                </span>
            </label>
            <label>
                <input
                    type="radio"
                    name="suite"
                    checked={chosen === "classic"}
                    onChange={() => store.send({ type: "use-suite", name: "classic" })}
                />
                <span>
                    <strong>classic</strong> <span class="tag tag-insecure">INSECURE</span> DES, for lessons:
                    anyone who listens can read it within a day.
                </span>
            </label>
        </fieldset>
    );
}

function NotificationChoice() {
    const state = notifications.state.value;
    return (
        <div class="choices-set">
            <label>
                <input
                    type="checkbox"
                    checked={state === "on"}
                    disabled={state === "impossible"}
                    onChange={event => void notifications.set(event.currentTarget.checked)}
                />
                <span>
                    Tell me of private messages and mentions while I look elsewhere. The notification names
                    the sender, never the text.
                </span>
            </label>
            {state === "denied" && (
                <p class="fine">This browser was told not to allow notifications for this page.</p>
            )}
        </div>
    );
}
