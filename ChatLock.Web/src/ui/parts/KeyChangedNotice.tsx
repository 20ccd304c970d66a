/** Over a conversation whose person has another key than before: why nothing is sent, and the way on. */

import { useStore } from "../context";
import { isRoom } from "../store/lines";
import { everything } from "../store/conversations";
import { Icon } from "./Icon";

export function KeyChangedNotice() {
    const store = useStore();
    const id = store.conversations.open.value;
    const person = id === everything || isRoom(id) ? undefined : store.people.of(id)?.value;
    if (person?.standing !== "changed") return null;
    return (
        <div class="banner banner-stopped">
            <Icon name="alert" />
            <p>
                <bdi>{person.name}</bdi> has another key than before. Nothing is sent until you have answered.
            </p>
            <CompareButton of={person.key} />
        </div>
    );
}

export function CompareButton({ of }: { of: string }) {
    const store = useStore();
    return (
        <button type="button" class="small" onClick={() => (store.panel.value = { kind: "person", key: of })}>
            Compare keys
        </button>
    );
}
