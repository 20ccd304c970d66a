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
    known: "not compared yet; the same key as at the first meeting",
    verified: "verified: you compared the key",
    changed: "ANOTHER KEY than before",
};

export function standingInWords(standing: Standing): string {
    return words[standing];
}

/** Where the shield stands and there is no room. */
const word: Record<Standing, string> = {
    new: "new key",
    known: "key not compared",
    verified: "verified",
    changed: "ANOTHER KEY",
};

export function standingInAWord(standing: Standing): string {
    return word[standing];
}

export function StandingShield({ standing, size = 16 }: { standing: Standing; size?: number }) {
    return (
        <span class={`shield shield-${standing}`}>
            <Icon name={icons[standing]} size={size} />
        </span>
    );
}
