/** What is said to all in a room. */

import type { Bytes } from "../suites/contract";
import { clientFrame } from "../wire/frames";
import type { ClientFrame, RoomInfo } from "../wire/generated/chatlock_pb";
import { Conversation, type ConversationListener, type ConversationTools } from "./conversation";
import type { CipherTools } from "./conversationCipher";
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

    enter(room: RoomInfo): RoomChange {
        this.#change = this.#cipher.enter(room);
        if (this.#change === "weaker") this.feed({ type: "fail-all", sentence: TYPED_FOR_BETTER });
        this.feed({ type: "online", isAgain: false });
        return this.#change;
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
    "The lobby's suite is weaker than when this was typed; say it again if you still want to.";

const CANNOT_ENCRYPT = "This version can't encrypt for the lobby as it is now.";
