/** Every suite there is. Being in this list is what makes a suite usable, and tested by the contract. */

import { classic } from "./classic";
import type { Suite } from "./contract";
import { sealed } from "./sealed";

/** By rising number. */
export const suites: readonly Suite[] = [classic, sealed];

/** The suite of a number from the wire, any number. */
export function suiteById(id: number): Suite | undefined {
    return suites.find(suite => suite.id === id);
}

/** The suite of a word from a command or a setting, in lower case. */
export function suiteByName(name: string): Suite | undefined {
    return suites.find(suite => suite.name === name);
}
