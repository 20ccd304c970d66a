/** The lobby's conversation and the private ones, by key. */

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
import type { RoomInfo } from "../wire/generated/chatlock_pb";
import type { Who } from "./peerBook";

/** The one room of this version; everyone is in it. */
export const LOBBY = "lobby";

/** Private conversations of one run. A further key isn't talked with: forgetting one of these would forget which of its
 * messages were seen. */
export const TALKS_MAX = 10_000;

interface Talk {
    readonly conversation: PeerConversation;
    name: string;
}

export class Talks {
    readonly lobby: RoomConversation;
    readonly #peers = new Map<string, Talk>();
    #sessionKeys: readonly AgreementKey[] | undefined;

    constructor(
        private readonly tools: ConversationTools,
        private readonly ciphers: CipherTools,
        lobbyListener: ConversationListener,
        private readonly peerListener: (key: string) => PeerListener,
    ) {
        this.lobby = new RoomConversation(tools, ciphers, lobbyListener, LOBBY);
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

    /** Someone came, went or connected anew. */
    stale(key: string): void {
        this.#peers.get(key)?.conversation.stale();
    }

    *#all(): Iterable<Conversation> {
        yield this.lobby;
        for (const { conversation } of this.#peers.values()) yield conversation;
    }
}
