/** What is folded away on narrow screens. */

import { signal, type Signal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { focusView } from "./focus";

/** The conversations, over the log. */
export const isDrawerOpen = signal(false);
/** Who is here, over the log. */
export const arePeopleOpen = signal(false);

/** The width from which each stands beside the log; the style sheet says the same. */
const besideLog: readonly (readonly [Signal<boolean>, string])[] = [
    [isDrawerOpen, "(min-width: 48rem)"],
    [arePeopleOpen, "(min-width: 70rem)"],
];

export function closeDrawers(): void {
    for (const [isOpen] of besideLog) isOpen.value = false;
}

/** Closes what a wider window shows anyway; the answer stops it. */
export function watchWidth(): () => void {
    const ends = besideLog.map(([isOpen, width]) => {
        const query = matchMedia(width);
        const onChange = () => {
            if (query.matches) isOpen.value = false;
        };
        query.addEventListener("change", onChange);
        return () => query.removeEventListener("change", onChange);
    });
    return () => ends.forEach(end => end());
}

/** The focus goes into a drawer that is opened, and back to where it was when it is closed. */
export function useDrawerFocus<T extends HTMLElement>(isOpen: boolean) {
    const drawer = useRef<T>(null);
    // Before it is painted: what lies behind becomes inert and loses the focus then.
    useLayoutEffect(() => {
        if (!isOpen) return;
        const opener = document.activeElement;
        const inside = drawer.current;
        inside?.querySelector("button")?.focus();
        return () => {
            const { activeElement } = document;
            if (activeElement !== document.body && !inside?.contains(activeElement)) return;
            if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
            else focusView();
        };
    }, [isOpen]);
    return drawer;
}
