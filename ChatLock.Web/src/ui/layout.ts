/** What is folded away on narrow screens. */

import { signal } from "@preact/signals";

/** The conversations, over the log. */
export const isDrawerOpen = signal(false);
/** Who is here, over the log. */
export const arePeopleOpen = signal(false);

/** The width from which all three columns stand side by side; the style sheet says the same. */
export const isWide = (): boolean => matchMedia("(min-width: 70rem)").matches;
