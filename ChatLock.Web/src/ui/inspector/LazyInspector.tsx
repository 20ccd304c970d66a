/** The inspector, whose code comes when the first message is looked into. */

import { Dialog } from "../dialogs/Dialog";
import { useLoaded } from "../loaded";
import { MissingPart } from "../parts/MissingPart";

export function LazyInspector({ number }: { number: number }) {
    const part = useLoaded(() => import("./Inspector"), "once");
    switch (part.state) {
        case "loading":
            return null;
        case "here":
            return <part.value.Inspector number={number} />;
        case "missing":
            return (
                <Dialog kind="drawer" title={`Message ${number}`}>
                    <MissingPart what="The inspector" />
                </Dialog>
            );
    }
}
