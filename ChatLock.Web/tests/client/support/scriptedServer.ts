import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { DEFAULT_LIMITS } from "../../../src/session/defaultLimits";
import type { Bytes } from "../../../src/suites/contract";
import { serverFrame } from "../../../src/wire/frames";
import {
    MemberSchema,
    RoomInfoSchema,
    type ClientFrame,
    type CloseReason,
    type Hello,
    type Limits,
    type Member,
    type PresenceSchema,
    type RefusalCode,
    type ReplySchema,
} from "../../../src/wire/generated/chatlock_pb";
import { FakeSocket } from "./fakeSocket";
import { randomBytes } from "./scriptedPerson";
import { until } from "./until";

export const SERVER_ID = new Uint8Array(32).fill(0xab);
export const LOBBY_SECRET = new Uint8Array(32).fill(7);

export const lobbyInfo = (secret: Uint8Array = LOBBY_SECRET, suite = 2, sequence = 0n, memberCount = 2) =>
    create(RoomInfoSchema, {
        position: { room: "lobby", epoch: 1n, sequence },
        suite,
        openSecret: secret,
        memberCount,
    });

type Kind = NonNullable<ClientFrame["body"]["case"]>;

/** A frame's body with its ref. */
export type Asked<Case extends Kind> = Extract<ClientFrame["body"], { case: Case }>["value"] & {
    readonly ref: bigint;
};

/** One connection, spoken frame by frame by the test. */
export class ScriptedSession {
    /** Sequence of the last post. */
    sequence = 0n;
    #mailbox = 0n;
    serverId: Uint8Array = SERVER_ID;

    constructor(readonly socket: FakeSocket) {}

    /** The next frame of the client, which must be of this kind. */
    async read<Case extends Kind>(kind: Case): Promise<Asked<Case>> {
        const frame = await until(`a ${kind} frame`, () => {
            if (kind !== "ack") void this.asked;
            return this.socket.sent.shift();
        });
        if (frame.body.case !== kind) throw new Error(`${frame.body.case} came instead of ${kind}`);
        return Object.assign(frame.body.value, { ref: frame.ref }) as unknown as Asked<Case>;
    }

    /** The next frame of this kind; those before it are passed over. */
    async find<Case extends Kind>(kind: Case): Promise<Asked<Case>> {
        await until(`a ${kind} frame`, () => {
            const { sent } = this.socket;
            while (sent[0] && sent[0].body.case !== kind) sent.shift();
            return sent[0];
        });
        return this.read(kind);
    }

    /** What the client has asked and the test hasn't read, but for its acknowledgements of the mailbox: they come whenever they
     * are due, and are answered here. */
    get asked(): readonly ClientFrame[] {
        const { sent } = this.socket;
        const isAck = ({ body }: ClientFrame) => body.case === "ack";
        for (let at = sent.findIndex(isAck); at >= 0; at = sent.findIndex(isAck))
            this.accept(sent.splice(at, 1)[0]!.ref, 0n);
        return sent;
    }

    /** @returns the nonce. */
    challenge(limits: Partial<Limits> = {}): Bytes {
        const nonce = randomBytes(32);
        this.socket.open();
        this.socket.say(
            serverFrame({
                case: "challenge",
                value: {
                    nonce,
                    serverId: this.serverId,
                    versions: [1],
                    limits: { ...DEFAULT_LIMITS, ...limits },
                },
            }),
        );
        return nonce;
    }

    welcome(
        hello: Hello & { readonly ref: bigint },
        here: readonly Member[] = [],
        { room = lobbyInfo(), more = false, resumed = false, mailbox = 0n, token = randomBytes(16) } = {},
    ): void {
        this.#mailbox = mailbox;
        const you = create(MemberSchema, { name: hello.name, identityKey: hello.identityKey });
        this.sequence = room.position?.sequence ?? 0n;
        this.socket.say(
            serverFrame({
                case: "welcome",
                value: {
                    ...{ ref: hello.ref, you, rooms: [room], here: [you, ...here], more },
                    ...{ resumeToken: token, mailbox: mailboxAt(mailbox), resumed },
                },
            }),
        );
    }

    /** The whole handshake. */
    async admit(...here: readonly Member[]): Promise<Member> {
        this.challenge();
        const hello = await this.read("hello");
        this.welcome(hello, here);
        return memberOf(hello);
    }

    reply(ref: bigint, result: MessageInitShape<typeof ReplySchema>["result"]): void {
        this.socket.say(serverFrame({ case: "reply", value: { ref, ...(result ? { result } : {}) } }));
    }

    accept(ref: bigint, sequence = ++this.sequence): void {
        this.reply(ref, { case: "accepted", value: { sequence, timeUnixMs: 1_700_000_000_000n } });
    }

    refuse(ref: bigint, code: RefusalCode, sentence = "No.", more: object = {}): void {
        this.reply(ref, { case: "refused", value: { code, sentence, ...more } });
    }

    roster(ref: bigint, members: readonly Member[], more = false): void {
        this.reply(ref, { case: "roster", value: { members: [...members], more } });
    }

    post(from: Member | undefined, envelope: Uint8Array, messageId = randomBytes(16)): void {
        const position = { room: "lobby", epoch: 1n, sequence: ++this.sequence };
        this.socket.say(
            serverFrame({
                case: "posted",
                value: { position, envelope, messageId, timeUnixMs: 5n, ...(from ? { from } : {}) },
            }),
        );
    }

    private(from: Member | undefined, envelope: Uint8Array, messageId = randomBytes(16)): void {
        this.socket.say(
            serverFrame({
                case: "privateMessage",
                value: {
                    ...{ envelope, messageId, timeUnixMs: 5n, ...(from ? { from } : {}) },
                    position: mailboxAt(++this.#mailbox),
                },
            }),
        );
    }

    gap(room: string, from: bigint, to: bigint, epoch = 1n): void {
        const value = { room, fromSequence: from, toSequence: to, epoch };
        this.socket.say(serverFrame({ case: "gap", value }));
    }

    presence(changes: MessageInitShape<typeof PresenceSchema>): void {
        this.socket.say(serverFrame({ case: "presence", value: { room: "lobby", ...changes } }));
    }

    close(reason: CloseReason, sentence: string): void {
        this.socket.say(serverFrame({ case: "close", value: { reason, sentence } }));
    }
}

export const mailboxAt = (sequence: bigint) => ({ room: "", epoch: 1n, sequence });

/** Whom a Hello described, as a look-up would show them. */
export const memberOf = (hello: Hello): Member =>
    create(MemberSchema, {
        name: hello.name,
        identityKey: hello.identityKey,
        sessionKey: hello.sessionKey,
        sessionKeySignature: hello.sessionKeySignature,
        sessionKeyMadeUnixMs: hello.sessionKeyMadeUnixMs,
    });
