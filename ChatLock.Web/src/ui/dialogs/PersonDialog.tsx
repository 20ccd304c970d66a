/** Comparing keys: is this name the person you think it is? */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { useStore } from "../context";
import { closeDrawers } from "../layout";
import { Icon } from "../parts/Icon";
import { KeyGlyph } from "../parts/KeyGlyph";
import { Name } from "../parts/Name";
import { StandingShield, standingInWords } from "../parts/Standing";
import type { Person } from "../store/people";
import { Dialog } from "./Dialog";
import { KeyCard } from "./KeyCard";

export function PersonDialog({ of }: { of: string }) {
    const store = useStore();
    const person = store.people.of(of)?.value;
    const isMine = useSignal(false);
    const you = store.you.value;
    // The client answers "yes" and "accept" only for a key that it has shown.
    useEffect(() => store.send({ type: "verify", receiver: { key: of }, answer: "show" }), [of]);
    if (!person) return null;
    const change = store.keyChanges.value.get(of);
    const answer = (word: "yes" | "accept") =>
        store.send({ type: "verify", receiver: { key: of }, answer: word });
    return (
        <Dialog
            title={
                <span class="with-glyph">
                    <KeyGlyph of={of} size={28} /> <Name name={person.name} of={of} />
                </span>
            }
        >
            <p class={`standing standing-${person.standing}`}>
                <StandingShield standing={person.standing} size={20} /> {standingInWords(person.standing)}
                {whereabouts(person)}
            </p>
            {person.standing === "changed" && (
                <div class="callout callout-danger">
                    <p>
                        <bdi>{person.name}</bdi> has another key than before. It is somebody else, or{" "}
                        <bdi>{person.name}</bdi> on another device or in another browser. Nothing is sent to
                        this name until you answer. Ask over another channel, and compare the words below.
                    </p>
                    {change && (
                        <dl class="keys">
                            <dt>before</dt>
                            <dd>
                                <code>{groups(change.before)}</code>
                            </dd>
                            <dt>now</dt>
                            <dd>
                                <code>{groups(change.now)}</code>
                            </dd>
                        </dl>
                    )}
                </div>
            )}
            <div class="tabs" role="group" aria-label="Whose key">
                <button type="button" aria-pressed={!isMine.value} onClick={() => (isMine.value = false)}>
                    <span>
                        <bdi>{person.name}</bdi>'s key
                    </span>
                </button>
                <button type="button" aria-pressed={isMine.value} onClick={() => (isMine.value = true)}>
                    Your key
                </button>
            </div>
            <KeyCard of={isMine.value && you ? you.key : of} name={isMine.value ? "you" : person.name} />
            <p class="fine">
                Read these words to each other by voice or side by side, over any channel but this one. If
                they are the same at both ends, nobody stands between you.
            </p>
            <div class="actions">
                {person.standing !== "verified" && (
                    <button type="button" class="primary" onClick={() => answer("yes")}>
                        <Icon name="verified" size={16} /> They are the same: verified
                    </button>
                )}
                {person.standing === "changed" && (
                    <button type="button" class="danger" onClick={() => answer("accept")}>
                        Take the new key uncompared
                    </button>
                )}
                <button
                    type="button"
                    onClick={() => {
                        closeDrawers();
                        store.openPerson(of);
                    }}
                >
                    <Icon name="lock" size={16} /> Write privately
                </button>
                <button
                    type="button"
                    onClick={() =>
                        store.send({ type: "ignore", receiver: { key: of }, isIgnored: !person.isIgnored })
                    }
                >
                    {person.isIgnored ? "Show again" : "Ignore"}
                </button>
            </div>
        </Dialog>
    );
}

function whereabouts({ isHere, isAway }: Person): string {
    if (!isHere) return " · not here now: what you write waits for them";
    return isAway ? " · away: what you write waits for them" : "";
}

function groups(key: string): string {
    return key.match(/.{1,4}/g)?.join(" ") ?? key;
}
