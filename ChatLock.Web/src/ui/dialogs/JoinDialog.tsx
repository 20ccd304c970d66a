/** A link that leads into a room was opened: nothing is asked of the server before the user has said yes. */

import { useStore } from "../context";
import { useLoaded } from "../loaded";
import { parseInvite } from "../../rooms/inviteCode";
import { readTarget } from "../../rooms/inviteLink";
import { openRoom } from "../../rooms/roomId";
import { titleOf } from "../../rooms/roomTitle";
import { Dialog } from "./Dialog";

type Read =
    | { readonly ok: true; readonly title: string; readonly isSealed: boolean }
    | { readonly ok: false; readonly sentence: string };

export function JoinDialog({ target, name }: { target: string; name: string | undefined }) {
    const store = useStore();
    const loaded = useLoaded(() => read(target, name), target);
    if (loaded.state !== "here") return null;
    const { value } = loaded;
    const close = () => (store.panel.value = { kind: "none" });
    if (!value.ok)
        return (
            <Dialog title="This invite can't be used">
                <p role="alert">{value.sentence}</p>
                <div class="actions">
                    <button type="button" class="primary" onClick={close}>
                        Close
                    </button>
                </div>
            </Dialog>
        );
    return (
        <Dialog
            title={
                <>
                    Join <bdi>{value.title}</bdi>?
                </>
            }
        >
            <p>
                {value.isSealed
                    ? "The link that you opened leads into a sealed room: only those with the link can read what is said there. The name is what the link calls it."
                    : "The link that you opened leads into an open room: the gateway could read what is said there."}
            </p>
            <p class="refusal" role="status">
                {store.refusal.value}
            </p>
            <div class="actions">
                <button
                    type="button"
                    class="primary"
                    disabled={!store.isOnline.value || store.roomEvents.isJoining.value}
                    onClick={() => store.join(target, name)}
                >
                    Join
                </button>
                <button type="button" onClick={close}>
                    Not now
                </button>
            </div>
        </Dialog>
    );
}

async function read(text: string, name: string | undefined): Promise<Read> {
    const target = readTarget(text);
    if (target.is === "open") {
        const parsed = openRoom(target.name);
        return parsed.ok ? { ok: true, title: parsed.room, isSealed: false } : parsed;
    }
    const parsed = await parseInvite(text);
    return parsed.ok ? { ok: true, title: titleOf(parsed.invite.room, name), isSealed: true } : parsed;
}
