/** Reads out what is said, for those who don't see the log. */

import { useStore } from "../context";

export function Announcer() {
    const { announcements } = useStore();
    return (
        <div class="sr" aria-live="polite">
            {announcements.now.value.map(({ id, text }) => (
                <p key={id}>
                    <bdi dir="ltr">{text}</bdi>
                </p>
            ))}
        </div>
    );
}
