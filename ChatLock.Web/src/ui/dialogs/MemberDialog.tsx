/** Someone in a room, and what its owner or an op can do about them. */

import type { ActOnSomeone } from "../../client/commands";
import { useStore } from "../context";
import { KeyGlyph } from "../parts/KeyGlyph";
import { Name } from "../parts/Name";
import { isMutedIn, mayDo, rankOf } from "../store/roomPanes";
import { Dialog } from "./Dialog";

interface Choice {
    readonly kind: ActOnSomeone;
    readonly label: string;
    readonly about: string;
    readonly seconds?: number;
}

const choices: readonly Choice[] = [
    { kind: "kick", label: "Send out", about: "may come back at once" },
    { kind: "mute", label: "Mute for 10 minutes", about: "reads, and can't speak", seconds: 600 },
    { kind: "mute", label: "Mute for an hour", about: "", seconds: 3600 },
    { kind: "mute", label: "Mute", about: "until you let them speak again", seconds: 0 },
    { kind: "unmute", label: "Let speak again", about: "" },
    { kind: "ban", label: "Ban", about: "is sent out, and can't come back under any name" },
    { kind: "unban", label: "Lift the ban", about: "" },
    { kind: "op", label: "Make an op", about: "may send out, ban and mute, and change the topic" },
    { kind: "deop", label: "Take the op's rights", about: "" },
];

export function MemberDialog({ room: id, of }: { room: string; of: string }) {
    const store = useStore();
    const room = store.rooms.of(id)?.value;
    const person = store.people.of(of)?.value;
    const you = store.you.value?.key ?? "";
    if (!room || !person) return null;
    const possible = mayDo(room, you, of, Date.now());
    const act = ({ kind, seconds = 0 }: Choice) => {
        store.refusal.value = "";
        store.panel.value = { kind: "none" };
        store.send({ type: "moderate", room: id, kind, receiver: { key: of }, seconds });
    };
    const rank = rankOf(room, of);
    return (
        <Dialog
            title={
                <span class="with-glyph">
                    <KeyGlyph of={of} size={28} /> <Name name={person.name} of={of} />
                </span>
            }
        >
            <p>
                In <bdi>{room.displayName}</bdi>
                {rank === "op" && ", an op"}
                {rank === "owner" && ", whose room it is"}
                {isMutedIn(room, of, Date.now()) && ", muted"}.
            </p>
            {possible.length === 0 && <p class="hint">There is nothing that you may do about them here.</p>}
            <ul class="act-list">
                {choices
                    .filter(({ kind }) => possible.includes(kind))
                    .map(choice => (
                        <li key={choice.label}>
                            <button
                                type="button"
                                class={choice.kind === "ban" ? "danger" : ""}
                                onClick={() => act(choice)}
                            >
                                {choice.label}
                            </button>
                            <span class="fine">{choice.about}</span>
                        </li>
                    ))}
            </ul>
            <p class="fine">What you do is signed with your key, and everyone in the room checks it.</p>
        </Dialog>
    );
}
