/** What can be done with the identity as a whole; the page's start provides it. */

import type { ReadonlySignal } from "@preact/signals";
import { createContext } from "preact";
import { useContext } from "preact/hooks";

/** waiting: messages wait to be sent, and would be lost with the identity that they are signed by. */
export type ImportOutcome = "done" | "wrong-passphrase" | "damaged" | "not-saved" | "waiting";

export interface IdentityActions {
    /** Only in the tab in which the key was made or imported, until it is closed: a stored key can't be read out. */
    readonly canExport: ReadonlySignal<boolean>;
    /** The backup file's text. */
    exportBackup(passphrase: string): Promise<string>;
    /** Takes the identity of a backup file in place of the present one. */
    importBackup(file: Blob, passphrase: string): Promise<ImportOutcome>;
    /** Makes a new identity in place of the present one. */
    replaceIdentity(): Promise<ImportOutcome>;
}

export const IdentityContext = createContext<IdentityActions | undefined>(undefined);

export function useIdentity(): IdentityActions {
    const actions = useContext(IdentityContext);
    if (!actions) throw new Error("no identity around this component");
    return actions;
}
