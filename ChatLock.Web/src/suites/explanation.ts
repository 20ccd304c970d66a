/** How one message was encrypted and signed, step by step, for the inspector. */

import type { DesTrace } from "../lab/desTrace";
import type { EcdsaTrace } from "../lab/ecdsaTrace";

export interface Explanation {
    readonly sections: readonly Section[];
}

/** One numbered step. */
export interface Section {
    readonly title: string;
    /** Shows the label INSECURE beside the title. */
    readonly insecure?: boolean;
    readonly rows: readonly Row[];
}

export type Row =
    | { readonly kind: "text"; readonly label: string; readonly text: string }
    | { readonly kind: "hex"; readonly label: string; readonly bytes: Uint8Array }
    /** Hex with its ASCII beside. */
    | { readonly kind: "dump"; readonly label: string; readonly bytes: Uint8Array }
    | { readonly kind: "verdict"; readonly label: string; readonly text: string; readonly good: boolean }
    /** One block through DES, every round. */
    | { readonly kind: "des"; readonly label: string; readonly trace: DesTrace }
    /** Textbook ECDSA, every value. */
    | { readonly kind: "ecdsa"; readonly label: string; readonly trace: EcdsaTrace };
