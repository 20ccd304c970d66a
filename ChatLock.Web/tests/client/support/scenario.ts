import type { Client } from "../../../src/client/client";
import { createClient } from "../../../src/client/clientRoot";
import type { ClientOptions } from "../../../src/client/clientOptions";
import type { ClientCommand, Receiver } from "../../../src/client/commands";
import type { ClientEvent } from "../../../src/client/events";
import { NO_LOCK } from "../../../src/client/tabLock";
import { generateSigningKey } from "../../../src/crypto/signing";
import type { SigningKey } from "../../../src/crypto/keys";
import { PinStore } from "../../../src/pins/pinStore";
import type { Member } from "../../../src/wire/generated/chatlock_pb";
import { FakeSocket } from "./fakeSocket";
import { ManualClock } from "./manualClock";
import { randomBytes, ScriptedPerson } from "./scriptedPerson";
import { lobbyInfo, ScriptedSession } from "./scriptedServer";
import { rest, until } from "./until";

type EventOf<Type extends ClientEvent["type"]> = Extract<ClientEvent, { type: Type }>;

/** A client, the server that the test plays, and bob. */
export class Scenario {
    readonly clock = new ManualClock();
    readonly seen: ClientEvent[] = [];
    #read = 0;
    #localId = 0;
    readonly #sockets: FakeSocket[] = [];
    wake: () => void = () => {};
    client!: Client;

    private constructor(
        readonly identity: SigningKey,
        readonly bob: ScriptedPerson,
    ) {}

    static async make(): Promise<Scenario> {
        return new Scenario(await generateSigningKey(), await ScriptedPerson.called("bob", lobbyInfo()));
    }

    start(options: Partial<ClientOptions> = {}): void {
        this.client = createClient({
            server: { url: "ws://here/ws", host: "here", origin: "http://here" },
            identity: this.identity,
            pins: new PinStore(),
            name: "alice",
            listener: event => this.seen.push(event),
            openSocket: () => this.#open(),
            clock: this.clock,
            random: () => 0,
            randomBytes,
            tab: NO_LOCK,
            wakeUps: wake => {
                this.wake = wake;
                return () => {};
            },
            ...options,
        });
        this.client.send({ type: "connect" });
    }

    /** The next connection that the client makes. */
    async connection(): Promise<ScriptedSession> {
        return new ScriptedSession(await until("a connection", () => this.#sockets.shift()));
    }

    get hasConnected(): boolean {
        return this.#sockets.length > 0;
    }

    /** In the lobby, together with these. */
    async enter(...here: readonly Member[]): Promise<{ session: ScriptedSession; you: Member }> {
        if (!this.client) this.start();
        const session = await this.connection();
        const you = await session.admit(...here);
        await this.next("entered");
        return { session, you };
    }

    /** The connection breaks and the next one is there. */
    async reconnect(session: ScriptedSession): Promise<ScriptedSession> {
        session.socket.break();
        await this.next("status", ({ status }) => status.state === "waiting");
        this.clock.advance(1_000);
        return this.connection();
    }

    do(command: ClientCommand): void {
        this.client.send(command);
    }

    say(text: string, room?: string): number {
        const localId = ++this.#localId;
        this.do({ type: "say", localId, body: { text, isAction: false }, room });
        return localId;
    }

    sayTo(receiver: string | Receiver, text: string): number {
        const localId = ++this.#localId;
        const to = typeof receiver === "string" ? { name: receiver } : receiver;
        this.do({ type: "say-to", localId, receiver: to, body: { text, isAction: false } });
        return localId;
    }

    /** The next event of this kind; what comes before it is passed over. */
    async next<Type extends ClientEvent["type"]>(
        type: Type,
        is: (event: EventOf<Type>) => boolean = () => true,
    ): Promise<EventOf<Type>> {
        return until(`the event ${type}; seen: ${JSON.stringify(this.seen.map(e => e.type))}`, () => {
            for (let at = this.#read; at < this.seen.length; at++) {
                const event = this.seen[at]!;
                if (event.type !== type || !is(event as EventOf<Type>)) continue;
                this.#read = at + 1;
                return event as EventOf<Type>;
            }
            return undefined;
        });
    }

    all<Type extends ClientEvent["type"]>(type: Type): EventOf<Type>[] {
        return this.seen.filter((event): event is EventOf<Type> => event.type === type);
    }

    readonly rest = rest;

    #open(): FakeSocket {
        const socket = new FakeSocket();
        this.#sockets.push(socket);
        return socket;
    }
}
