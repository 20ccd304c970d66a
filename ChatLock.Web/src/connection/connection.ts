/** Owns the socket and the session over it: connects, proves who we are, reconnects, passes frames on.
 * What is to be done is decided in two tables, ConnectionState and ClientSession; here it is done. */

import type { Mailbox } from "../client/mailbox";
import type { Status } from "../client/events";
import { toHex } from "../crypto/bytes";
import type { AgreementKey, SigningKey } from "../crypto/keys";
import { SERVER_ID_LENGTH } from "../identity/keyProof";
import type { PinStore } from "../pins/pinStore";
import type { SessionKeys } from "../identity/sessionKeys";
import { newClientSession, onClientInput, resumePointOf, type ClientSession } from "../session/clientSession";
import type { ClientEffect, ClientInput, ResumePoint } from "../session/clientSessionMessages";
import { DEFAULT_LIMITS } from "../session/defaultLimits";
import { clientFrame } from "../wire/frames";
import {
    CloseReason,
    type Challenge,
    type ClientFrame,
    type Limits,
    type Refused,
    type ServerFrame,
    type Welcome,
} from "../wire/generated/chatlock_pb";
import type { Cancel, Clock } from "./clock";
import { newConnectionState, onLinkInput, TICK_MS, type ConnectionState } from "./connectionState";
import type { LinkEffect, LinkInput } from "./linkMessages";
import { Prover } from "./prover";
import { RequestQueue, type Asker } from "./requestQueue";
import { noAnswer, notTheProtocol, serverPinned, stillNoAnswer } from "./serverSentences";
import { ServerTrust } from "./serverTrust";
import { SUBPROTOCOL, WebSocketLink, type OpenSocket } from "./webSocketLink";

export interface ConnectionSettings {
    readonly url: string;
    /** As people read it. */
    readonly host: string;
    /** What the server's pin is kept under. */
    readonly origin: string;
    /** The server id of the invite link, 64 hexadecimal digits. */
    readonly expectedServerId?: string | undefined;
    /** The name to ask for; undefined asks the user. */
    readonly name?: string | undefined;
    /** Where this tab stood before it was reloaded. */
    readonly resume: ResumePoint;
    readonly openSocket: OpenSocket;
    readonly clock: Clock;
    /** From 0 to below 1: spreads the tries of many pages. */
    readonly random: () => number;
}

/** A session that reached the lobby. */
export interface Entered {
    readonly welcome: Welcome;
    /** As granted. */
    readonly name: string;
    /** They open private messages: the present one first, then those before it. */
    readonly sessionKeys: readonly AgreementKey[];
}

/** What the session's table passes on to the conversations. */
export type Incoming = Extract<
    ClientEffect,
    {
        readonly type:
            "room-entered" | "left-room" | "posted" | "private-came" | "presence-came" | "gap-came";
    }
>;

/** What the connection tells its owner; in the mailbox. */
export interface ConnectionListener {
    status(status: Status): void;
    serverPinned(sentence: string): void;
    nameNeeded(wanted: string | undefined, refusal: Refused | undefined): void;
    entered(session: Entered): void;
    /** No longer in the lobby, whatever comes next. */
    gone(): void;
    came(incoming: Incoming): void;
}

/** Not a request's tag: those count from 1. */
const PING_TAG = -1;

export class Connection {
    readonly #prover: Prover;
    readonly #requests = new RequestQueue();
    #state: ConnectionState;
    #session: ClientSession;
    #link: WebSocketLink | undefined;
    /** Which of the sockets this is; what an older one still says is not heard. */
    #generation = 0;
    #sessionKeys: readonly AgreementKey[] = [];
    /** When the session key is a day old. */
    #renewAtUnixMs = Infinity;
    #name: string | undefined;
    readonly #trust: ServerTrust;
    #ticking: Cancel;
    #retrying: Cancel = () => {};
    #pacing: Cancel = () => {};

    constructor(
        private readonly settings: ConnectionSettings,
        identity: SigningKey,
        sessionKeys: SessionKeys,
        pins: PinStore,
        private readonly mailbox: Mailbox,
        private readonly listener: ConnectionListener,
    ) {
        this.#prover = new Prover(identity, sessionKeys);
        this.#state = newConnectionState(settings.host);
        this.#name = settings.name;
        const { host, origin, expectedServerId } = settings;
        this.#trust = new ServerTrust(pins, host, origin, expectedServerId);
        this.#session = newClientSession(this.#name, settings.resume);
        this.#ticking = this.#tickAfter(TICK_MS);
    }

    /** The server's limits in this session. */
    get limits(): Limits | undefined {
        return this.#session.challenge?.limits;
    }

    /** What the next connection brings to go on from here. */
    get resumePoint(): ResumePoint {
        return resumePointOf(this.#session);
    }

    /** For the first time, or instead of waiting on, or after having stopped. */
    connect(trustServer: boolean): void {
        if (trustServer) this.#trust.accept();
        this.#feed({ type: "connect", nowMs: this.#nowMs });
    }

    /** The page is looked at again, or the network is back. */
    wake(): void {
        this.#feed({ type: "wake", nowMs: this.#nowMs });
    }

    chooseName(name: string): void {
        this.#name = name;
        this.#feed({ type: "name-chosen", nowMs: this.#nowMs });
        this.#feedSession({ type: "name-chosen", name });
    }

    /** @param then gets exactly one answer, in the mailbox. */
    ask(frame: ClientFrame, then: Asker): void {
        this.#requests.add(frame, answer => this.mailbox.post(() => then(answer)));
        this.#sendWaiting();
    }

    /** Calls once when nothing else is to be sent, for one at a time; never if the session ends before. */
    awaitTurn(then: () => void): void {
        this.#requests.awaitTurn(() => this.mailbox.post(then));
        this.#sendWaiting();
    }

    endTurn(): void {
        this.#requests.endTurn();
        this.#sendWaiting();
    }

    leave(): void {
        this.#feed({ type: "leave", nowMs: this.#nowMs });
    }

    /** Ends without a goodbye, until the user wants to connect again. */
    stop(kind: "other-tab" | "refused", sentence: string): void {
        this.#feed({ type: "stop", kind, sentence });
    }

    /** Ends for good. */
    dispose(): void {
        this.#ticking();
        this.#drop();
    }

    get #nowMs(): number {
        return this.settings.clock.nowMs();
    }

    // ---- what the socket says ----

    #open(): void {
        this.#retrying();
        const generation = ++this.#generation;
        const whenCurrent = (then: () => void) =>
            this.mailbox.post(() => {
                if (generation === this.#generation) then();
            });
        this.#link = new WebSocketLink(this.settings.openSocket(this.settings.url, SUBPROTOCOL), {
            opened: () => whenCurrent(() => this.#onOpened()),
            failed: () => whenCurrent(() => this.#onFailed()),
            came: frame => whenCurrent(() => this.#onFrame(frame)),
            ended: reason => whenCurrent(() => this.#onSocketEnded(reason)),
        });
    }

    #onOpened(): void {
        this.#session = newClientSession(this.#name, this.resumePoint);
        this.#feed({ type: "opened", nowMs: this.#nowMs });
    }

    #onFailed(): void {
        const { host, random } = this.settings;
        const sentence = this.#state.wasOnline ? stillNoAnswer(host) : noAnswer(host);
        this.#feed({ type: "failed", sentence, nowMs: this.#nowMs, random: random() });
    }

    #onFrame(frame: ServerFrame): void {
        this.#feed({ type: "heard", nowMs: this.#nowMs });
        const { case: kind, value } = frame.body;
        // One without an id is malformed, as the session says; there is nothing to remember of it.
        if (kind === "challenge" && value.serverId.length === SERVER_ID_LENGTH && !this.#isTrusted(value))
            return;
        this.#feedSession({ type: "received", frame });
        // The session ended with our goodbye; this is the server's, and nothing follows it.
        if (kind === "close" && this.#state.phase === "leaving") this.#ended(value.reason, value.sentence);
    }

    #onSocketEnded(reason: CloseReason): void {
        this.#link = undefined;
        this.#ended(
            reason,
            reason === CloseReason.CONNECTION_LOST ? "Connection lost." : notTheProtocol(this.settings.host),
        );
        this.#loseSession();
    }

    #isTrusted(challenge: Challenge): boolean {
        this.#link?.limitInbound(challenge.limits?.frameMaxBytes ?? 0);
        const serverId = toHex(challenge.serverId);
        const trust = this.#trust.check(serverId);
        if (!trust.isTrusted) this.#feed({ type: "stop", kind: "not-trusted", sentence: trust.sentence });
        else if (trust.isNew) this.listener.serverPinned(serverPinned(this.settings.host, serverId));
        return trust.isTrusted;
    }

    // ---- what the session wants ----

    #feedSession(input: ClientInput): void {
        const { next, effects } = onClientInput(this.#session, input);
        this.#session = next;
        for (const effect of effects) this.#perform(effect);
    }

    #perform(effect: ClientEffect): void {
        switch (effect.type) {
            case "room-entered":
            case "left-room":
            case "posted":
            case "private-came":
            case "presence-came":
            case "gap-came":
                return this.listener.came(effect);
            case "send":
                return this.#send(effect.frame);
            case "answered":
                return this.#onAnswered(effect.tag, effect);
            case "not-sent":
                return this.#requests.answer(effect.tag, { is: "not-sent" });
            case "prove":
                return this.#prove(effect);
            case "need-name":
                this.#feed({ type: "name-missing" });
                this.listener.nameNeeded(this.#name, effect.refusal);
                this.#name = undefined;
                return;
            case "entered":
                return this.#onEntered(effect.welcome);
            case "ended":
                return this.#onSessionEnded(effect.reason, effect.sentence);
        }
    }

    #prove(wanted: Extract<ClientEffect, { type: "prove" }>): void {
        const generation = this.#generation;
        this.mailbox.pipe(this.#prover.prove(generation, wanted), proven => {
            if (generation !== this.#generation) return;
            this.#sessionKeys = proven.sessionKeys;
            this.#renewAtUnixMs = proven.renewAtUnixMs;
            this.#send(proven.hello);
        });
    }

    #onEntered(welcome: Welcome): void {
        const limits = this.limits ?? DEFAULT_LIMITS;
        const name = this.#session.name ?? "";
        this.#name = name;
        this.#requests.start(limits, this.#nowMs);
        this.listener.entered({ welcome, name, sessionKeys: this.#sessionKeys });
        const online = welcome.rooms[0]?.memberCount ?? welcome.here.length;
        const renewInMs = this.#renewAtUnixMs - this.settings.clock.unixMs();
        this.#feed({ type: "entered", name, online, limits, renewInMs, nowMs: this.#nowMs });
    }

    #onAnswered(tag: number, { reply }: Extract<ClientEffect, { type: "answered" }>): void {
        this.#name = this.#session.name;
        if (tag === PING_TAG) return;
        this.#requests.answer(tag, { is: "replied", reply });
        this.#sendWaiting();
    }

    #onSessionEnded(reason: CloseReason, sentence: string): void {
        this.listener.gone();
        this.#requests.stop();
        if (reason !== CloseReason.LEFT) this.#ended(reason, sentence);
    }

    #ended(reason: CloseReason, sentence: string): void {
        const random = this.settings.random();
        this.#feed({ type: "ended", reason, sentence, nowMs: this.#nowMs, random });
    }

    #send(frame: ClientFrame): void {
        // A full socket means that the server doesn't read: the silence that follows would end it anyway.
        if (this.#link?.send(frame) === false)
            this.#ended(CloseReason.CONNECTION_LOST, "The server doesn't read.");
    }

    #sendWaiting(): void {
        let turn = this.#requests.take(this.#nowMs);
        for (; "tag" in turn; turn = this.#requests.take(this.#nowMs))
            this.#feedSession({ type: "ask", tag: turn.tag, frame: turn.frame });
        const waitMs = turn.waitMs || this.#requests.giveTurn(this.#nowMs) || 0;
        this.#pacing();
        if (waitMs > 0) this.#pacing = this.#after(waitMs, () => this.#sendWaiting());
    }

    // ---- what the connection's state wants ----

    #feed(input: LinkInput): void {
        const [next, effects] = onLinkInput(this.#state, input);
        this.#state = next;
        for (const effect of effects) this.#carryOut(effect);
    }

    #carryOut(effect: LinkEffect): void {
        switch (effect.type) {
            case "open":
                return this.#open();
            case "drop":
                return this.#drop();
            case "say-bye":
                return this.#feedSession({ type: "leave" });
            case "ping":
                return this.#ping();
            case "retry-in":
                this.#retrying();
                this.#retrying = this.#after(effect.delayMs, () =>
                    this.#feed({ type: "retry-due", nowMs: this.#nowMs }),
                );
                return;
            case "tick-in":
                this.#after(effect.delayMs, () => this.#feed({ type: "tick", nowMs: this.#nowMs }));
                return;
            case "report":
                return this.listener.status(effect.status);
        }
    }

    #ping(): void {
        const frame = clientFrame({ case: "ping", value: { nonce: 0n } });
        this.#feedSession({ type: "ask", tag: PING_TAG, frame });
    }

    #drop(): void {
        this.#generation++;
        this.#retrying();
        this.#link?.drop();
        this.#link = undefined;
        this.#loseSession();
    }

    #loseSession(): void {
        if (this.#session.phase !== "closed") this.#feedSession({ type: "lost" });
    }

    #tickAfter(delayMs: number): Cancel {
        return this.settings.clock.after(delayMs, () => {
            this.#ticking = this.#tickAfter(TICK_MS);
            this.mailbox.post(() => this.#feed({ type: "tick", nowMs: this.#nowMs }));
        });
    }

    #after(delayMs: number, then: () => void): Cancel {
        return this.settings.clock.after(delayMs, () => this.mailbox.post(then));
    }
}
