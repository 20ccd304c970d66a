/** What comes after the page: computed, or in a part of the page's code that is loaded when it is needed. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

export type Loaded<T> =
    | { readonly state: "loading" }
    | { readonly state: "here"; readonly value: T }
    /** Its code didn't come: no connection, or the gateway has a newer page by now and this one's parts no longer. */
    | { readonly state: "missing" };

/** @param of what `load` depends on; it is called again when that changes. */
export function useLoaded<T>(load: () => Promise<T>, of: unknown): Loaded<T> {
    const loaded = useSignal<Loaded<T>>({ state: "loading" });
    useEffect(() => {
        let isCurrent = true;
        const show = (answer: Loaded<T>) => {
            if (isCurrent) loaded.value = answer;
        };
        if (loaded.peek().state !== "loading") loaded.value = { state: "loading" };
        load().then(
            value => show({ state: "here", value }),
            (thrown: unknown) => {
                show({ state: "missing" });
                if (!isMissingPart(thrown)) throw thrown;
            },
        );
        return () => {
            isCurrent = false;
        };
    }, [of]);
    return loaded.value;
}

const missingParts = new WeakSet<object>();

function isMissingPart(thrown: unknown): boolean {
    return typeof thrown === "object" && thrown !== null && missingParts.has(thrown);
}

/** Vite's word for it; the error itself is a TypeError like any other. Listens as long as the page lives. */
globalThis.addEventListener?.("vite:preloadError", event => missingParts.add(event.payload));
