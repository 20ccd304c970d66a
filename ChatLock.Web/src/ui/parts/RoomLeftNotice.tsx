/** Over a room's pane while we aren't in it: why, and the way back. */

import { useStore } from "../context";
import { Icon } from "./Icon";

export function RoomLeftNotice() {
    const store = useStore();
    const id = store.conversations.open.value;
    const room = store.rooms.of(id)?.value;
    if (!room || room.isIn) return null;
    return (
        <div class="banner banner-stopped">
            <Icon name="alert" />
            <p role="status">
                You are not in <bdi>{room.displayName}</bdi>. <bdi dir="ltr">{room.why}</bdi>
            </p>
            <button
                type="button"
                class="small"
                disabled={!store.isOnline.value}
                onClick={() => store.join(id)}
            >
                Join again
            </button>
            <button
                type="button"
                class="small"
                onClick={() => {
                    store.conversations.close(id);
                    store.rooms.forget(id);
                }}
            >
                Close
            </button>
        </div>
    );
}
