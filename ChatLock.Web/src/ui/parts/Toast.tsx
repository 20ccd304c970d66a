/** A sentence that goes away by itself. */

import { useEffect } from "preact/hooks";
import { useStore } from "../context";

const shownMs = 5_000;

export function Toast() {
    const { toast } = useStore();
    const text = toast.value;
    useEffect(() => {
        if (!text) return;
        const timer = setTimeout(() => (toast.value = ""), shownMs);
        return () => clearTimeout(timer);
    }, [text]);
    return (
        <div class={`toast ${text ? "shown" : ""}`} role="status">
            <bdi dir="ltr">{text}</bdi>
        </div>
    );
}
