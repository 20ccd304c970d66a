/** A room's messages: one suite from its birth, one secret shared by its members. */

import { copyOf, equal, utf8 } from "../crypto/bytes";
import type { Secret } from "../crypto/hkdf";
import type { VerifyingKey } from "../crypto/keys";
import { ROOM_SECRET_LENGTH } from "../rooms/roomId";
import type { Bytes, MessageHeader, MessageTrace, Suite } from "../suites/contract";
import { suiteById } from "../suites/list";
import { sha256OfPublic } from "../wire/sha256";
import type { RoomInfo } from "../wire/generated/chatlock_pb";
import { ConversationCipher, gap, type Attempt, type CipherTools } from "./conversationCipher";
import { envelopeBytes, type SealedEnvelope } from "./sealedEnvelope";

/** How a room's key stands after it was told again. */
export type RoomChange =
    /** The first time, or all as it was. */
    | "same"
    /** Another secret or suite: what is encrypted already is of no use. */
    | "rekeyed"
    /** A suite that keeps nothing secret, where one that does was, or none was told yet: what was typed for that must not
     * go out. */
    | "weaker"
    /** Nothing can be sent or read: an unknown suite, or no secret. */
    | "unusable";

interface RoomKey {
    readonly suite: Suite;
    readonly secret: Secret;
}

export class RoomCipher extends ConversationCipher {
    protected readonly kind = "post";
    protected readonly targetToSend: Bytes;
    protected readonly targetToReceive: Bytes;
    #key: RoomKey | undefined;
    /** The last one that could be used, which what was typed since may be for. */
    #before: RoomKey | undefined;

    constructor(tools: CipherTools, room: string) {
        super(tools);
        this.targetToSend = this.targetToReceive = sha256OfPublic(utf8(room));
    }

    /** A new session in the room as the server tells it.
     * @param secret of a sealed room, which the server doesn't know; an open one's comes with the room. */
    enter(room: RoomInfo, secret?: Secret): RoomChange {
        this.startSession();
        this.#key = keyOf(room.suite, secret ?? room.openSecret);
        if (!this.#key) return "unusable";
        const before = this.#before;
        this.#before = this.#key;
        if (this.#key.suite.insecure && !before?.suite.insecure) return "weaker";
        if (!before) return "same";
        return this.#key.suite === before.suite && isSame(this.#key.secret, before.secret)
            ? "same"
            : "rekeyed";
    }

    protected async encrypt(_: number, header: MessageHeader, plaintext: Bytes): Promise<MessageTrace> {
        const { suite, secret } = this.#key ?? notEntered();
        const message = await suite.sealForRoom(secret, this.tools.identity, header, plaintext);
        const envelope = envelopeBytes(suite.id, header, message);
        return { way: "room", suite, header, message, envelope, sender: this.tools.identity, secret };
    }

    protected decrypting() {
        const key = this.#key;
        return async (suite: Suite, sender: VerifyingKey, sealed: SealedEnvelope): Promise<Attempt> => {
            if (suite !== key?.suite) return gap("wrong-suite");
            const { header, message, bytes: envelope } = sealed;
            const opened = await suite.openFromRoom(key.secret, sender, header, message);
            const trace = {
                way: "room",
                suite,
                header,
                message,
                envelope,
                sender,
                secret: key.secret,
            } as const;
            return { is: "opened", opened, trace };
        };
    }
}

function keyOf(number: number, secret: Uint8Array | CryptoKey): RoomKey | undefined {
    const suite = suiteById(number);
    if (!suite) return undefined;
    if (!(secret instanceof Uint8Array)) return { suite, secret };
    return secret.length === ROOM_SECRET_LENGTH ? { suite, secret: copyOf(secret) } : undefined;
}

/** A sealed room's never changes: its id is made of it. */
const isSame = (left: Secret, right: Secret): boolean =>
    left instanceof Uint8Array && right instanceof Uint8Array ? equal(left, right) : left === right;

function notEntered(): never {
    throw new Error("the room wasn't entered");
}
