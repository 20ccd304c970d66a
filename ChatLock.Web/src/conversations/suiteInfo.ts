/** What a user is told of the suite with a number from the wire. */

import type { SuiteInfo } from "../suites/contract";
import { suiteById, suiteByName } from "../suites/list";

/** The suite that private messages use unless the user says otherwise. */
export const SEALED = 2;

/** One that this version doesn't know counts as insecure. */
export function suiteInfoOf(id: number): SuiteInfo {
    const suite = suiteById(id);
    return suite ? pick(suite) : { id, name: `suite ${id}`, label: "UNKNOWN", insecure: true };
}

/** Whatever the case of its name. */
export function suiteInfoNamed(name: string): SuiteInfo | undefined {
    const suite = suiteByName(name.toLowerCase());
    return suite && pick(suite);
}

/** Without what a suite can do: events go to the page as plain values. */
const pick = ({ id, name, label, insecure }: SuiteInfo): SuiteInfo => ({ id, name, label, insecure });
