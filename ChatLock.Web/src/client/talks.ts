/** The conversations: the lobby's, the rooms' and the private ones, by room and by key. */

import {
    type Conversation,
    type ConversationListener,
    type ConversationTools,
} from "../conversations/conversation";
import type { CipherTools } from "../conversations/conversationCipher";
import { PeerConversation, type PeerListener } from "../conversations/peerConversation";
import type { RoomChange } from "../conversations/roomCipher";
import { RoomConversation } from "../conversations/roomConversation";
import type { AgreementKey } from "../crypto/keys";
import { LOBBY } from "../rooms/roomId";
import type { RoomInfo } from "../wire/generated/chatlock_pb";
import type { Who } from "./peerBook";

/** Private conversations of one run. A further key isn't talked with: forgetting one of these would forget which of its
 * messages were seen. */
export const TALKS_MAX = 10_000;

interface Talk {
    readonly conversation: PeerConversation;
    name: string;
}

export class Talks {
    readonly lobby: RoomConversation;
    /** Those that were left too: what was seen in them stays seen. */
    readonly #rooms = new Map<string, RoomConversation>();
    readonly #peers = new Map<string, Talk>();
    #sessionKeys: readonly AgreementKey[] | undefined;

    constructor(
        private readonly tools: ConversationTools,
        private readonly ciphers: CipherTools,
        private readonly roomListener: (room: string) => ConversationListener,
        private readonly peerListener: (key: string) => PeerListener,
    ) {
        this.lobby = this.room(LOBBY);
    }

    /** A room's, made where there is none. */
    room(id: string): RoomConversation {
        const known = this.#rooms.get(id);
        if (known) return known;
        const made = new RoomConversation(this.tools, this.ciphers, this.roomListener(id), id);
        this.#rooms.set(id, made);
        return made;
    }

    /** @returns undefined when there are too many. */
    with({ name, key }: Who): PeerConversation | undefined {
        const known = this.#peers.get(key);
        if (known) {
            known.name = name;
            return known.conversation;
        }
        if (this.#peers.size >= TALKS_MAX) return undefined;
        const conversation = new PeerConversation(this.tools, this.ciphers, this.peerListener(key), key);
        this.#peers.set(key, { conversation, name });
        if (this.#sessionKeys) conversation.enter(this.#sessionKeys, false);
        return conversation;
    }

    /** The name under which someone was last talked with. */
    nameOf(key: string): string | undefined {
        return this.#peers.get(key)?.name;
    }

    /** In the lobby; rooms are entered one by one. */
    enter(lobby: RoomInfo, sessionKeys: readonly AgreementKey[], isAgain: boolean): RoomChange {
        this.#sessionKeys = sessionKeys;
        const change = this.lobby.enter(lobby);
        for (const { conversation } of this.#peers.values()) conversation.enter(sessionKeys, isAgain);
        return change;
    }

    offline(): void {
        this.#sessionKeys = undefined;
        for (const conversation of this.#all()) conversation.offline();
    }

    /** Hands back what waits. */
    close(): void {
        for (const conversation of this.#all()) conversation.close();
    }

    /** Someone came, went or connected anew. @param isHere has a connection now. */
    stale(key: string, isHere: boolean): void {
        this.#peers.get(key)?.conversation.stale(isHere);
    }

    *#all(): Iterable<Conversation> {
        yield* this.#rooms.values();
        for (const { conversation } of this.#peers.values()) yield conversation;
    }
}
