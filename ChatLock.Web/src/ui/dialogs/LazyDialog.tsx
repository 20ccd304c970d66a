/** Every dialog, whose code comes when the first of them is opened, or once there is nothing better to do. */

import { useLoaded } from "../loaded";
import { MissingPart } from "../parts/MissingPart";
import type { Panel } from "../store/panels";
import { Dialog } from "./Dialog";

export type DialogPanel = Exclude<Panel, { kind: "none" } | { kind: "inspector" }>;

const load = () => import("./AllDialogs");

export function LazyDialog({ panel }: { panel: DialogPanel }) {
    const part = useLoaded(load, "once");
    switch (part.state) {
        case "loading":
            return null;
        case "here":
            return <part.value.AllDialogs panel={panel} />;
        case "missing":
            return (
                <Dialog title="Not here yet">
                    <MissingPart what="This part of the page" />
                </Dialog>
            );
    }
}

/** So that dialogs open without a connection too. */
export const loadDialogsAhead = (): void => void load().catch(() => {});
