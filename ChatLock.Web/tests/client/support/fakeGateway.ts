import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { peerKeyOf } from "../../../src/pins/peerKey";
import { DEFAULT_LIMITS } from "../../../src/session/defaultLimits";
import { serverFrame } from "../../../src/wire/frames";
import {
    CloseReason,
    MemberSchema,
    RefusalCode,
    type ClientFrame,
    type Hello,
    type Member,
    type ReplySchema,
    type ServerFrame,
} from "../../../src/wire/generated/chatlock_pb";
import { toHex } from "../../../src/crypto/bytes";
import { FakeSocket } from "./fakeSocket";
import { randomBytes } from "./scriptedPerson";
import { LOBBY_SECRET, lobbyInfo, mailboxAt, memberOf, SERVER_ID } from "./scriptedServer";

interface Session {
    readonly socket: FakeSocket;
    member: Member | undefined;
    mailbox: bigint;
}

/** A gateway in memory for several clients, as much of one as talking needs. Its network delivers one turn later. */
export class FakeGateway {
    readonly #sessions = new Set<Session>();
    readonly sockets: FakeSocket[] = [];
    #sequence = 0n;
    /** What it was given to carry: never a readable text. */
    readonly carried: Uint8Array[] = [];

    readonly open = (): FakeSocket => {
        const socket = new FakeSocket();
        const session: Session = { socket, member: undefined, mailbox: 0n };
        this.#sessions.add(session);
        this.sockets.push(socket);
        socket.onSent = frame => queueMicrotask(() => this.#on(session, frame));
        queueMicrotask(() => {
            socket.open();
            this.#say(session, { case: "challenge", value: this.#challenge() });
        });
        return socket;
    };

    /** Cuts a client off without a word. */
    cut(socket: FakeSocket): void {
        const session = [...this.#sessions].find(other => other.socket === socket)!;
        socket.break();
        this.#leave(session, CloseReason.CONNECTION_LOST);
    }

    #challenge() {
        return { nonce: randomBytes(32), serverId: SERVER_ID, versions: [1], limits: DEFAULT_LIMITS };
    }

    #on(session: Session, { ref, body }: ClientFrame): void {
        if (!this.#sessions.has(session)) return;
        switch (body.case) {
            case "hello":
                return this.#enter(session, ref, body.value);
            case "post": {
                const position = { room: "lobby", epoch: 1n, sequence: ++this.#sequence };
                const { envelope, messageId } = body.value;
                this.carried.push(envelope);
                const from = publicOf(session.member!);
                const posted = { position, envelope, messageId, from, timeUnixMs: 1n };
                for (const other of this.#others(session))
                    this.#say(other, { case: "posted", value: posted });
                return this.#reply(session, ref, {
                    case: "accepted",
                    value: { sequence: position.sequence, timeUnixMs: 1n },
                });
            }
            case "private": {
                const { envelope, messageId, recipient } = body.value;
                this.carried.push(envelope);
                const to = this.#byKey(toHex(recipient));
                if (!to) return this.#refuse(session, ref, RefusalCode.NOT_HERE);
                const from = publicOf(session.member!);
                this.#say(to, {
                    case: "privateMessage",
                    value: { envelope, messageId, from, timeUnixMs: 1n, position: mailboxAt(++to.mailbox) },
                });
                return this.#reply(session, ref, { case: "accepted", value: { timeUnixMs: 1n } });
            }
            case "who": {
                const { name, fingerprint } = body.value;
                const found = fingerprint.length > 0 ? this.#byKey(toHex(fingerprint)) : this.#byName(name);
                if (name === "" && fingerprint.length === 0)
                    return this.#reply(session, ref, {
                        case: "roster",
                        value: { members: this.#everyone().map(publicOf) },
                    });
                if (!found) return this.#refuse(session, ref, RefusalCode.NOT_HERE);
                return this.#reply(session, ref, { case: "roster", value: { members: [found.member!] } });
            }
            case "rename": {
                const before = session.member!.name;
                if (this.#byName(body.value.name)) return this.#refuse(session, ref, RefusalCode.NAME_TAKEN);
                session.member!.name = body.value.name;
                const to = publicOf(session.member!);
                this.#reply(session, ref, { case: "renamed", value: to });
                return this.#presence(session, { renamed: [{ from: before, to }] });
            }
            case "ping":
                return this.#reply(session, ref, { case: "accepted", value: {} });
            case "bye":
                this.#say(session, { case: "close", value: { reason: CloseReason.LEFT } });
                return this.#leave(session, CloseReason.LEFT);
        }
    }

    #enter(session: Session, ref: bigint, hello: Hello): void {
        const same = this.#byKey(peerKeyOf(hello.identityKey));
        if (this.#byName(hello.name) && !same)
            return this.#refuse(session, ref, RefusalCode.NAME_TAKEN, [`${hello.name}2`]);
        if (same) {
            this.#say(same, { case: "close", value: { reason: CloseReason.TAKEN_OVER, sentence: "Over." } });
            this.#leave(same, CloseReason.TAKEN_OVER);
        }
        session.member = memberOf(hello);
        const everyone = this.#everyone();
        const rooms = [lobbyInfo(LOBBY_SECRET, 2, this.#sequence, everyone.length)];
        const [you, here] = [publicOf(session.member), everyone.map(publicOf)];
        const mailbox = mailboxAt(0n);
        this.#say(session, { case: "welcome", value: { ref, you, rooms, here, mailbox } });
        this.#presence(session, { joined: [you] });
    }

    #leave(session: Session, reason: CloseReason): void {
        this.#sessions.delete(session);
        if (session.member) this.#presence(session, { left: [{ member: publicOf(session.member), reason }] });
    }

    #presence(about: Session, changes: object): void {
        const online = this.#everyone().length;
        for (const other of this.#others(about))
            this.#say(other, { case: "presence", value: { room: "lobby", online, ...changes } });
    }

    #everyone(): Member[] {
        return [...this.#sessions].flatMap(session => (session.member ? [session.member] : []));
    }

    #others(session: Session): Session[] {
        return [...this.#sessions].filter(other => other !== session && other.member);
    }

    #byKey(key: string): Session | undefined {
        return [...this.#sessions].find(({ member }) => member && peerKeyOf(member.identityKey) === key);
    }

    #byName(name: string): Session | undefined {
        return [...this.#sessions].find(({ member }) => member?.name.toLowerCase() === name.toLowerCase());
    }

    #reply(session: Session, ref: bigint, result: MessageInitShape<typeof ReplySchema>["result"]): void {
        this.#say(session, { case: "reply", value: { ref, ...(result ? { result } : {}) } });
    }

    #refuse(session: Session, ref: bigint, code: RefusalCode, suggestions: string[] = []): void {
        this.#reply(session, ref, { case: "refused", value: { code, sentence: "No.", suggestions } });
    }

    #say({ socket }: Session, body: Parameters<typeof serverFrame>[0]): void {
        const frame: ServerFrame = serverFrame(body);
        queueMicrotask(() => socket.say(frame));
    }
}

const publicOf = ({ name, identityKey }: Member): Member => create(MemberSchema, { name, identityKey });
