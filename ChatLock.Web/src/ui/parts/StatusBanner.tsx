/** The connection's state in words, while it isn't simply there. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Status } from "../../client/events";
import { useStore } from "../context";
import { focusView } from "../focus";
import { Icon } from "./Icon";

export function StatusBanner() {
    const store = useStore();
    const status = store.status.value;
    if (status.state === "online") return null;
    const isAsked = status.state === "waiting" || status.state === "stopped";
    return (
        <div class={`banner banner-${status.state}`}>
            <Icon name={status.state === "stopped" ? "alert" : "clock"} />
            <p>
                <span role="status">{spoken(status)}</span>{" "}
                {status.state === "waiting" && <Countdown status={status} />}
            </p>
            {isAsked && (
                <button
                    type="button"
                    onClick={() => {
                        // The button goes when it tries.
                        focusView();
                        store.connect();
                    }}
                >
                    {status.state === "waiting" ? "Try now" : again(status)}
                </button>
            )}
        </div>
    );
}

function again(status: Extract<Status, { state: "stopped" }>): string {
    switch (status.kind) {
        case "not-trusted":
            return "I know why: trust this server's new key";
        case "taken-over":
        case "other-tab":
            return "Use it here";
        case "left":
        case "refused":
            return "Connect again";
    }
}

/** What a screen reader is told: once a state, without the countdown. */
export function spoken(status: Status): string {
    switch (status.state) {
        case "connecting":
            return status.isAgain ? "Reconnecting…" : "Connecting…";
        case "online":
            return `Connected as ${status.name}.`;
        case "waiting":
            return status.why;
        case "stopped":
            return status.why;
    }
}

function Countdown({ status }: { status: Extract<Status, { state: "waiting" }> }) {
    const { clock } = useStore();
    const seconds = useSignal(0);
    useEffect(() => {
        const update = () => (seconds.value = Math.max(0, Math.ceil((status.retryAtMs - clock()) / 1000)));
        update();
        const timer = setInterval(update, 250);
        return () => clearInterval(timer);
    }, [status.retryAtMs]);
    return <span aria-hidden="true">Reconnecting, next try in {seconds.value} s.</span>;
}
