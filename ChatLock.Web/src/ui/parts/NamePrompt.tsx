/** The first thing one sees: the connection's state, then one field. Enter takes what stands in it. */

import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { useStore } from "../context";
import { keep, recall } from "../storage";
import { suggestedName } from "../store/suggestedName";
import { Brand } from "./Brand";
import { StatusBanner } from "./StatusBanner";

const lastNameKey = "chatlock.name";

export function NamePrompt() {
    const store = useStore();
    const request = store.nameRequest.value;
    const field = useRef<HTMLInputElement>(null);
    const wanted = useSignal(request?.wanted ?? recall("localStorage", lastNameKey) ?? suggestedName());
    const isAsking = useSignal(false);
    const problem =
        request?.wanted === undefined ? "" : problemOf(request.wanted, request.code, request.sentence);

    useEffect(() => {
        isAsking.value = false;
        field.current?.focus();
        field.current?.select();
    }, [request]);

    const choose = (name: string) => {
        if (!name.trim() || isAsking.peek()) return;
        wanted.value = name;
        isAsking.value = true;
        keep("localStorage", lastNameKey, name.trim());
        store.send({ type: "choose-name", name: name.trim() });
    };

    return (
        <main class="welcome">
            <div class="welcome-card">
                <Brand />
                <h1>What should people call you?</h1>
                {(!request || store.status.value.state !== "connecting") && <StatusBanner />}
                <form
                    onSubmit={event => {
                        event.preventDefault();
                        choose(wanted.peek());
                    }}
                >
                    <label class="sr" for="name">
                        Your name
                    </label>
                    <div class="welcome-field">
                        <input
                            id="name"
                            ref={field}
                            type="text"
                            value={wanted.value}
                            maxLength={64}
                            autocomplete="off"
                            autocapitalize="none"
                            spellcheck={false}
                            aria-invalid={problem !== ""}
                            aria-describedby="name-problem"
                            onInput={event => (wanted.value = event.currentTarget.value)}
                        />
                        <button
                            type="submit"
                            class="primary"
                            disabled={!request || isAsking.value || !wanted.value.trim()}
                        >
                            Join
                        </button>
                    </div>
                    <div id="name-problem" class="name-problem" role="status">
                        {problem && (
                            <p>
                                <bdi dir="ltr">{problem}</bdi>
                            </p>
                        )}
                    </div>
                    {request && request.suggestions.length > 0 && (
                        <p class="free-names">
                            Free:{" "}
                            {request.suggestions.map(name => (
                                <button key={name} type="button" class="chip" onClick={() => choose(name)}>
                                    <bdi>{name}</bdi>
                                </button>
                            ))}
                        </p>
                    )}
                </form>
                <p class="fine">
                    No account, no password. A key is made in this browser, and the name is yours as long as
                    your key holds it. Every message is encrypted and signed here, before it leaves.
                </p>
            </div>
        </main>
    );
}

function problemOf(wanted: string, code: string | undefined, sentence: string): string {
    return code === "name-taken" ? `The name “${wanted}” is taken.` : sentence;
}
