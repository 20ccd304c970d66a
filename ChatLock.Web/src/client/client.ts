/** The client as the page sees it: commands in, events out, in order. */

import type { ResumePoint } from "../session/clientSessionMessages";
import type { Explanation } from "../suites/explanation";
import type { ClientCommand } from "./commands";
import type { ClientEvent } from "./events";

/** What the inspector shows of a message. */
export interface InspectedMessage {
    readonly number: number;
    /** "Message 7, from alice to all". */
    readonly title: string;
    /** The encoded envelope as the server had it, and its fields. */
    readonly envelope: Uint8Array;
    readonly explanation: Explanation;
}

export interface Client {
    send(command: ClientCommand): void;
    /** How a message was encrypted and signed; undefined when it is too long ago or had no envelope. */
    inspect(number: number): Promise<InspectedMessage | undefined>;
    /** Where it stands: what the next page of this tab needs to go on from here. */
    resumePoint(): ResumePoint;
    /** Stops for good: leaves, closes the socket, lets the identity go. */
    dispose(): Promise<void>;
}

export type ClientListener = (event: ClientEvent) => void;
