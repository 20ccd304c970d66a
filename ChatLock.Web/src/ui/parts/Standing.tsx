/** What is known of a key, as a shield and in words. */

import type { Standing } from "../../client/events";
import { Icon, type IconName } from "./Icon";

const icons: Record<Standing, IconName> = {
    new: "shield",
    known: "shield",
    verified: "verified",
    changed: "alert",
};

const words: Record<Standing, string> = {
    new: "never met before",
    known: "the same key as at the first meeting, not compared yet",
    verified: "verified: you compared the key",
    changed: "ANOTHER KEY than before",
};

export function standingInWords(standing: Standing): string {
    return words[standing];
}

export function StandingShield({ standing, size = 16 }: { standing: Standing; size?: number }) {
    return (
        <span class={`shield shield-${standing}`}>
            <Icon name={icons[standing]} size={size} />
        </span>
    );
}
