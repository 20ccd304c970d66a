/** What a user can want. Names are as typed, in any case; a key (64 hexadecimal digits) is taken where one is known. */

import type { MessageBody } from "./events";

/** yes: compared and the same. accept: take a changed key uncompared. */
export type VerifyAnswer = "show" | "yes" | "accept";

/** A name as typed, or a key from a `Peer`. */
export type Receiver = { readonly name: string } | { readonly key: string };

export type ClientCommand =
    /** Connect, or connect now instead of waiting on; after `stopped` too (taking over, or trusting a new server key). */
    | { readonly type: "connect"; readonly trustServer?: boolean }
    /** The answer to `name-needed`. */
    | { readonly type: "choose-name"; readonly name: string }
    /** `localId` is the page's, each used once. `suite` outranks the chosen one, for private messages only. */
    | { readonly type: "say"; readonly localId: number; readonly body: MessageBody }
    | {
          readonly type: "say-to";
          readonly localId: number;
          readonly receiver: Receiver;
          readonly body: MessageBody;
          readonly suite?: string;
      }
    /** Tries a failed message again under the same local id. */
    | { readonly type: "retry"; readonly localId: number }
    | { readonly type: "rename"; readonly name: string }
    | { readonly type: "who" }
    | { readonly type: "whois"; readonly receiver: Receiver }
    | { readonly type: "verify"; readonly receiver: Receiver; readonly answer: VerifyAnswer }
    | { readonly type: "ignore"; readonly receiver: Receiver; readonly isIgnored: boolean }
    /** Use this suite for private messages from now on; without a name, tells which one is used. */
    | { readonly type: "use-suite"; readonly name?: string }
    | { readonly type: "leave" };
