/** Sealed rooms that outlive the page: what is needed to be in one, and nothing that an invite could be made of. */

import type { Bytes } from "../suites/contract";

/** Rooms kept; then the one that was kept first is forgotten. */
export const KEPT_ROOMS_MAX = 256;

export interface KeptRoom {
    /** Its id. */
    readonly room: string;
    /** What its maker calls it: foreign text. */
    readonly name: string;
    readonly suite: number;
    /** Fingerprint of who made it, 32 bytes. */
    readonly owner: Bytes;
    /** Its secret, as a key that can be used and not read out. */
    readonly secret: CryptoKey;
}

/** What fails throws DOMException. */
export interface RoomShelf {
    rooms(): Promise<readonly KeptRoom[]>;
    /** In the place of what is kept of it. */
    keepRoom(room: KeptRoom): Promise<void>;
    forgetRoom(room: string): Promise<void>;
}

/** Keeps them as long as the page: somebody else remembers. */
export const noRoomShelf: RoomShelf = {
    rooms: async () => [],
    keepRoom: async () => {},
    forgetRoom: async () => {},
};
