/** What is said to all in a room. */

import { utf8 } from "../crypto/bytes";
import type { Secret } from "../crypto/hkdf";
import type { Bytes } from "../suites/contract";
import { clientFrame } from "../wire/frames";
import type { ClientFrame, RoomInfo } from "../wire/generated/chatlock_pb";
import { Conversation, type ConversationListener, type ConversationTools } from "./conversation";
import type { Attempt, CipherTools, OpenResult } from "./conversationCipher";
import { RoomCipher, type RoomChange } from "./roomCipher";

export class RoomConversation extends Conversation {
    readonly #room: string;
    readonly #cipher: RoomCipher;
    #change: RoomChange = "unusable";

    constructor(
        tools: ConversationTools,
        cipherTools: CipherTools,
        listener: ConversationListener,
        room: string,
    ) {
        const cipher = new RoomCipher(cipherTools, room);
        super(tools, cipher, listener);
        this.#room = room;
        this.#cipher = cipher;
    }

    /** @param secret of a sealed room. */
    enter(room: RoomInfo, secret?: Secret): RoomChange {
        this.#change = this.#cipher.enter(room, secret);
        if (this.#change === "weaker") this.feed({ type: "fail-all", sentence: TYPED_FOR_BETTER });
        this.feed({ type: "online", isAgain: false });
        return this.#change;
    }

    /** What is to be done for a topic, as it stands in an act. @param by 65 bytes. */
    openingTopic(by: Uint8Array, envelope: Uint8Array): () => Promise<Attempt> {
        return this.#cipher.openingAside(by, envelope);
    }

    /** @param isLive whether it comes in its place among the messages. */
    judgeTopic(attempt: Attempt, isLive: boolean): OpenResult {
        return this.#cipher.judgeAside(attempt, isLive);
    }

    /** For a room that is entered. */
    async sealTopic(text: string): Promise<Bytes> {
        return (await this.#cipher.seal(utf8(text), 0)).envelope;
    }

    /** A room's secret is there, or it isn't. */
    protected lookUp(): void {
        this.feed(
            this.#change === "unusable"
                ? { type: "not-found", sentence: CANNOT_ENCRYPT }
                : { type: "found", sameKey: this.#change === "same" },
        );
    }

    /** The key belongs to the session. */
    protected get sealedFor(): unknown {
        return this.#cipher;
    }

    protected frameOf(messageId: Bytes, envelope: Bytes): ClientFrame {
        return clientFrame({ case: "post", value: { room: this.#room, messageId, envelope } });
    }
}

const TYPED_FOR_BETTER =
    "This room's suite is weaker than when this was typed; say it again if you still want to.";

const CANNOT_ENCRYPT = "This version can't encrypt for this room as it is now.";
