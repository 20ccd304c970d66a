/** A modal dialog or drawer on the platform's own element: it traps the focus, closes with Esc and gives the focus back. */

import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { useStore } from "../context";
import { Icon } from "../parts/Icon";
import { Toast } from "../parts/Toast";
import { focusView } from "../focus";

export function Dialog({
    title,
    kind = "card",
    children,
}: {
    title: ComponentChildren;
    kind?: "card" | "drawer" | "palette";
    children: ComponentChildren;
}) {
    const store = useStore();
    const dialog = useRef<HTMLDialogElement>(null);
    const isGone = useRef(false);
    const close = () => {
        if (!isGone.current) store.panel.value = { kind: "none" };
    };
    useEffect(() => {
        const opener = document.activeElement;
        const element = dialog.current;
        element?.showModal();
        // A reader begins at the title, not at the button that closes it.
        if (kind !== "palette") element?.querySelector("h2")?.focus();
        return () => {
            isGone.current = true;
            // While it is open, nothing outside of it takes the focus.
            element?.close();
            if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
            if (document.activeElement === document.body) focusView();
        };
    }, []);
    return (
        <dialog
            ref={dialog}
            class={`dialog dialog-${kind}`}
            aria-labelledby="dialog-title"
            onCancel={event => {
                // A file chooser that is left without a choice says "cancel" too.
                if (event.target !== dialog.current) return;
                event.preventDefault();
                close();
            }}
            // A second Esc in a row closes it without asking.
            onClose={close}
            onPointerDown={event => {
                if (event.target === dialog.current) close();
            }}
        >
            <div class="dialog-frame">
                <div class={`dialog-top ${kind === "palette" ? "sr" : ""}`}>
                    <h2 id="dialog-title" tabIndex={-1}>
                        {title}
                    </h2>
                    <button type="button" class="icon-button" onClick={close}>
                        <Icon name="close" />
                        <span class="sr">Close</span>
                    </button>
                </div>
                <div class="dialog-body" tabIndex={0}>
                    {children}
                </div>
            </div>
            {/* Outside of a modal dialog nothing is seen clearly or read out. */}
            <Toast />
        </dialog>
    );
}
