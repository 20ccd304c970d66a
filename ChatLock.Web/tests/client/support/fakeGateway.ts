import { toHex } from "../../../src/crypto/bytes";
import { peerKeyOf } from "../../../src/pins/peerKey";
import { DEFAULT_LIMITS } from "../../../src/session/defaultLimits";
import { create, type Init } from "../../../src/wire/codec";
import { serverFrame } from "../../../src/wire/frames";
import {
    CloseReason,
    RefusalCode,
    type ClientFrame,
    type Hello,
    type Member,
    type Position,
    type PrivateMessage,
    type RoomAct,
    type ServerFrame,
} from "../../../src/wire/generated/chatlock_pb";
import { FakeRoom } from "./fakeRoom";
import { FakeSocket } from "./fakeSocket";
import { randomBytes } from "./scriptedPerson";
import { LOBBY_SECRET, mailboxAt, memberOf, SERVER_ID } from "./scriptedServer";

/** A connection. */
interface Link {
    readonly socket: FakeSocket;
    person: Person | undefined;
}

/** A key, connected or not. */
interface Person {
    readonly key: string;
    member: Member;
    link: Link | undefined;
    hasSession: boolean;
    token: Uint8Array;
    readonly mail: PrivateMessage[];
    mailed: bigint;
}

type Result = Init<"Reply">["result"];

/** A gateway in memory for several clients, as much of one as talking, rooms and coming back need. Its network delivers one
 * turn later. */
export class FakeGateway {
    readonly #links = new Set<Link>();
    readonly #people = new Map<string, Person>();
    readonly rooms = new Map([["lobby", new FakeRoom("lobby", 2, new Uint8Array(), LOBBY_SECRET)]]);
    readonly sockets: FakeSocket[] = [];
    /** What it was given to carry: never a readable text. */
    readonly carried: Uint8Array[] = [];
    /** What was asked for, by kind. */
    readonly asked: string[] = [];

    readonly open = (): FakeSocket => {
        const socket = new FakeSocket();
        const link: Link = { socket, person: undefined };
        this.#links.add(link);
        this.sockets.push(socket);
        socket.onSent = frame => queueMicrotask(() => this.#on(link, frame));
        queueMicrotask(() => {
            socket.open();
            this.#say(link, { case: "challenge", value: challenge() });
        });
        return socket;
    };

    /** Cuts a client off without a word: it is away, and its session waits for it. */
    cut(socket: FakeSocket): void {
        const link = [...this.#links].find(other => other.socket === socket)!;
        socket.break();
        this.#links.delete(link);
        if (link.person?.link === link) link.person.link = undefined;
    }

    /** The grace is over: whoever has no connection is told as away. */
    tellAway(): void {
        for (const person of this.#people.values())
            if (person.hasSession && !person.link)
                this.#presence("lobby", person, { away: [publicOf(person)] });
    }

    /** The window is over: sessions without a connection are forgotten, names stay. */
    expire(): void {
        for (const person of this.#people.values()) if (!person.link) this.#end(person);
    }

    /** kill -9, and the same again from its journal. */
    restart(): void {
        for (const link of [...this.#links]) this.cut(link.socket);
    }

    mailOf(name: string): number {
        return this.#byName(name)?.mail.length ?? 0;
    }

    // ---- what clients say ----

    #on(link: Link, { ref, body }: ClientFrame): void {
        if (!this.#links.has(link) || body.case === undefined) return;
        this.asked.push(body.case);
        const reply = (result: Result) => this.#reply(link, ref, result);
        const { person } = link;
        if (body.case === "hello") return this.#hello(link, ref, body.value);
        if (!person) return;
        switch (body.case) {
            case "post": {
                const { room: id, messageId, envelope } = body.value;
                const room = this.#roomOf(person, id);
                if (!room) return reply(refusal(RefusalCode.NOT_A_MEMBER));
                if (room.rules.isMuted(person.key, room.nowMs)) return reply(refusal(RefusalCode.MUTED));
                this.carried.push(envelope);
                const { posted, isNew } = room.post(publicOf(person), messageId, envelope);
                if (isNew) this.#toMembers(room, person, { case: "posted", value: posted });
                return reply(taken(posted.position!.sequence, posted.timeUnixMs));
            }
            case "moderate":
                return this.#moderate(person, body.value.room, body.value.act!, reply);
            case "join":
                return this.#join(person, body.value, reply);
            case "leave": {
                const room = this.#roomOf(person, body.value.room);
                if (!room) return reply(refusal(RefusalCode.NOT_A_MEMBER));
                this.#goOut(room, person, CloseReason.LEFT);
                return reply(taken(0n, 1n));
            }
            case "list": {
                const open = [...this.rooms.values()].filter(({ id }) => id.startsWith("#"));
                const rooms = open.map(({ id, members, suite }) => ({
                    ...{ room: id, memberCount: members.size, suite },
                }));
                return reply({ case: "rooms", value: { rooms } });
            }
            case "private":
                return this.#private(person, body.value, reply);
            case "ack": {
                const [position] = body.value.positions;
                while (person.mail[0] && person.mail[0].position!.sequence <= position!.sequence)
                    person.mail.shift();
                return reply(taken(0n, 1n));
            }
            case "who":
                return this.#who(body.value, reply);
            case "rename": {
                if (this.#byName(body.value.name)) return reply(refusal(RefusalCode.NAME_TAKEN));
                const from = person.member.name;
                person.member = { ...person.member, name: body.value.name };
                reply({ case: "renamed", value: publicOf(person) });
                return this.#presence("lobby", person, { renamed: [{ from, to: publicOf(person) }] });
            }
            case "ping":
                return reply(taken(0n, 1n));
            case "bye":
                this.#say(link, { case: "close", value: { reason: CloseReason.LEFT } });
                this.#links.delete(link);
                person.link = undefined;
                return this.#end(person);
        }
    }

    #hello(link: Link, ref: bigint, hello: Hello): void {
        const key = peerKeyOf(hello.identityKey);
        const known = this.#people.get(key);
        const isResumed = hello.resumeToken.length > 0;
        if (isResumed && !(known?.hasSession && toHex(known.token) === toHex(hello.resumeToken)))
            return this.#reply(link, ref, refusal(RefusalCode.CANNOT_RESUME));
        const holder = this.#byName(hello.name);
        if (!isResumed && holder && holder.key !== key)
            return this.#reply(link, ref, refusal(RefusalCode.NAME_TAKEN, [`${hello.name}2`]));
        const wasHere = known?.hasSession ?? false;
        const person = known ?? newPerson(key, memberOf(hello));
        const name = isResumed ? person.member.name : hello.name;
        this.#takeOver(person, link);
        Object.assign(person, {
            member: { ...memberOf(hello), name },
            hasSession: true,
            token: randomBytes(16),
        });
        this.#people.set(key, person);
        this.#welcome(link, ref, person, hello.positions, isResumed);
        if (!wasHere) this.#presence("lobby", person, { joined: [publicOf(person)] });
    }

    #takeOver(person: Person, link: Link): void {
        if (person.link) {
            const value = { reason: CloseReason.TAKEN_OVER, sentence: "Over." };
            this.#say(person.link, { case: "close", value });
            this.#links.delete(person.link);
        }
        person.link = link;
        link.person = person;
    }

    #welcome(
        link: Link,
        ref: bigint,
        person: Person,
        positions: readonly Position[],
        resumed: boolean,
    ): void {
        const lobby = this.rooms.get("lobby")!;
        lobby.members.add(person.key);
        const stands = (room: string) => positions.find(position => position.room === room);
        const after = stands("lobby")?.sequence;
        const here = this.#here().map(publicOf);
        const at = stands("")?.sequence ?? (person.mail[0]?.position!.sequence ?? person.mailed + 1n) - 1n;
        this.#say(link, {
            case: "welcome",
            value: {
                ...{ ref, you: publicOf(person), rooms: [lobby.info(after, here)], here, resumed },
                ...{ resumeToken: person.token, mailbox: mailboxAt(at) },
            },
        });
        this.#replay(link, lobby, after, person);
        for (const mail of person.mail)
            if (mail.position!.sequence > at) this.#say(link, { case: "privateMessage", value: mail });
        for (const { room: id, sequence } of positions.filter(({ room }) => room !== "" && room !== "lobby"))
            this.#bringBack(link, person, id, sequence);
    }

    #bringBack(link: Link, person: Person, id: string, after: bigint): void {
        const room = this.rooms.get(id);
        if (!room || room.rules.banned.has(person.key)) {
            const code = room ? RefusalCode.BANNED : RefusalCode.NO_SUCH_ROOM;
            const value = { room: id, why: { code, sentence: "Not any more." } };
            return this.#say(link, { case: "leftRoom", value });
        }
        room.members.add(person.key);
        this.#say(link, { case: "entered", value: room.info(after, this.#membersOf(room)) });
        this.#replay(link, room, after, person);
    }

    #replay(link: Link, room: FakeRoom, after: bigint | undefined, person: Person): void {
        if (after === undefined) return;
        for (const value of room.missed(after, person.key)) this.#say(link, { case: "posted", value });
    }

    // ---- rooms ----

    #join(
        person: Person,
        { room: id, create: mayMake, suite }: Init<"Join">,
        reply: (r: Result) => void,
    ): void {
        const { identityKey } = person.member;
        if (!this.rooms.has(id!) && mayMake) this.rooms.set(id!, new FakeRoom(id!, suite!, identityKey));
        const room = this.rooms.get(id!);
        if (!room) return reply(refusal(RefusalCode.NO_SUCH_ROOM));
        if (room.rules.banned.has(person.key)) return reply(refusal(RefusalCode.BANNED));
        room.members.add(person.key);
        reply({ case: "joined", value: room.info(undefined, this.#membersOf(room)) });
        this.#presence(id!, person, { joined: [publicOf(person)] });
    }

    #moderate(person: Person, id: string, told: RoomAct, reply: (r: Result) => void): void {
        const room = this.#roomOf(person, id);
        if (!room) return reply(refusal(RefusalCode.NOT_A_MEMBER));
        const { problem, posted } = room.act(publicOf(person), told);
        if (!posted)
            return reply(refusal(problem === "stale" ? RefusalCode.STALE_ACT : RefusalCode.NOT_ALLOWED));
        this.#toMembers(room, undefined, { case: "posted", value: posted });
        const target = FakeRoom.expels(told) ? this.#people.get(toHex(told.target)) : undefined;
        if (target && room.members.has(target.key)) {
            this.#goOut(room, target, CloseReason.KICKED);
            const why = { code: RefusalCode.KICKED, sentence: "You were sent out." };
            if (target.link) this.#say(target.link, { case: "leftRoom", value: { room: id, why } });
        }
        reply(taken(posted.position!.sequence, posted.act!.timeUnixMs));
    }

    #goOut(room: FakeRoom, person: Person, reason: CloseReason): void {
        room.members.delete(person.key);
        this.#presence(room.id, person, { left: [{ member: publicOf(person), reason }] });
    }

    #roomOf(person: Person, id: string): FakeRoom | undefined {
        const room = this.rooms.get(id);
        return room?.members.has(person.key) ? room : undefined;
    }

    #membersOf(room: FakeRoom): Member[] {
        return [...room.members].map(key => publicOf(this.#people.get(key)!));
    }

    #toMembers(room: FakeRoom, but: Person | undefined, body: Parameters<typeof serverFrame>[0]): void {
        for (const key of room.members) {
            const { link } = this.#people.get(key)!;
            if (key !== but?.key && link) this.#say(link, body);
        }
    }

    // ---- people ----

    #private(
        from: Person,
        { recipient, messageId, envelope }: Init<"Private">,
        reply: (r: Result) => void,
    ): void {
        const to = this.#people.get(toHex(recipient!));
        if (!to) return reply(refusal(RefusalCode.NOT_HERE));
        this.carried.push(envelope!);
        const mail = create("PrivateMessage", {
            ...{ envelope: envelope!, messageId: messageId!, from: publicOf(from), timeUnixMs: 1n },
            position: mailboxAt(++to.mailed),
        });
        to.mail.push(mail);
        if (to.link) this.#say(to.link, { case: "privateMessage", value: mail });
        reply({ case: "accepted", value: { timeUnixMs: 1n, waiting: !to.link } });
    }

    #who({ name, fingerprint, room: id }: Init<"Who">, reply: (r: Result) => void): void {
        const isAboutOne = name !== "" || fingerprint!.length > 0;
        if (!isAboutOne) {
            const members = id === "" ? this.#here().map(publicOf) : this.#membersOf(this.rooms.get(id!)!);
            return reply({ case: "roster", value: { members } });
        }
        const found = name === "" ? this.#people.get(toHex(fingerprint!)) : this.#byName(name!);
        if (!found) return reply(refusal(RefusalCode.NOT_HERE));
        const [away, absent] = [found.hasSession && !found.link, !found.hasSession];
        reply({ case: "roster", value: { members: [{ ...found.member, away, absent }] } });
    }

    #end(person: Person): void {
        if (!person.hasSession) return;
        person.hasSession = false;
        for (const room of this.rooms.values())
            if (room.members.has(person.key)) this.#goOut(room, person, CloseReason.CONNECTION_LOST);
    }

    #here(): Person[] {
        return [...this.#people.values()].filter(({ hasSession }) => hasSession);
    }

    #byName(name: string): Person | undefined {
        return [...this.#people.values()].find(
            ({ member }) => member.name.toLowerCase() === name.toLowerCase(),
        );
    }

    #presence(id: string, about: Person, changes: object): void {
        const room = this.rooms.get(id)!;
        const value = { room: id, online: room.members.size, ...changes };
        this.#toMembers(room, about, { case: "presence", value });
    }

    #reply(link: Link, ref: bigint, result: Result): void {
        this.#say(link, { case: "reply", value: { ref, ...(result ? { result } : {}) } });
    }

    #say({ socket }: Link, body: Parameters<typeof serverFrame>[0]): void {
        const frame: ServerFrame = serverFrame(body);
        queueMicrotask(() => socket.say(frame));
    }
}

const challenge = () => ({
    nonce: randomBytes(32),
    serverId: SERVER_ID,
    versions: [1],
    limits: DEFAULT_LIMITS,
});

const newPerson = (key: string, member: Member): Person => ({
    ...{ key, member, link: undefined, hasSession: false, token: new Uint8Array() },
    ...{ mail: [], mailed: 0n },
});

const refusal = (code: RefusalCode, suggestions: string[] = []): Result => ({
    case: "refused",
    value: { code, sentence: "No.", suggestions },
});

const taken = (sequence: bigint, timeUnixMs: bigint): Result => ({
    case: "accepted",
    value: { sequence, timeUnixMs },
});

const publicOf = ({ member, hasSession, link }: Person): Member =>
    create("Member", {
        ...{ name: member.name, identityKey: member.identityKey },
        away: hasSession && link === undefined,
    });
