/** What the server saw of a message, and how it was encrypted and signed, step by step. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { InspectedMessage } from "../../client/client";
import { useStore } from "../context";
import { Dialog } from "../dialogs/Dialog";

/** The steps' own code comes with the first message that is looked into. */
type Found =
    | {
          readonly is: "message";
          readonly message: InspectedMessage;
          readonly Steps: typeof import("./Steps").Steps;
      }
    | { readonly is: "missing" | "not-loaded" };

export function Inspector({ number }: { number: number }) {
    const store = useStore();
    const found = useSignal<Found | undefined>(undefined);
    useEffect(() => {
        let isCurrent = true;
        found.value = undefined;
        void Promise.all([store.inspect(number), import("./Steps")]).then(
            ([message, { Steps }]) => {
                if (isCurrent) found.value = message ? { is: "message", message, Steps } : { is: "missing" };
            },
            (failed: unknown) => {
                if (!(failed instanceof TypeError)) throw failed;
                if (isCurrent) found.value = { is: "not-loaded" };
            },
        );
        return () => {
            isCurrent = false;
        };
    }, [number]);
    const what = found.value;
    return (
        <Dialog
            kind="drawer"
            title={what?.is === "message" ? <bdi>{what.message.title}</bdi> : `Message ${number}`}
        >
            {what === undefined && <p role="status">Computing every step…</p>}
            {what?.is === "missing" && (
                <p>
                    Nothing more is known of this message: it came too long ago, or without an envelope that
                    could be read.
                </p>
            )}
            {what?.is === "not-loaded" && (
                <p>
                    What explains it comes from the gateway, which doesn't answer. Look again when the
                    connection is back.
                </p>
            )}
            {what?.is === "message" && <what.Steps message={what.message} />}
        </Dialog>
    );
}
