/** The client: brings together the connection, the conversations and what is remembered of others.
 * This file is what it answers to and how it stands; outgoing.ts and incoming.ts are messages, rooms.ts and roomDoor.ts the
 * rooms, lookUp.ts how a name becomes a key, acquaintances.ts what the user says about others. */

import { refusalName } from "../codes/codeNames";
import { Connection, type ConnectionListener, type Entered } from "../connection/connection";
import type { Answer, Asker } from "../connection/requestQueue";
import type { ConversationListener } from "../conversations/conversation";
import type { PeerListener } from "../conversations/peerConversation";
import type { RoomChange } from "../conversations/roomCipher";
import { SenderKeys } from "../conversations/senderKeys";
import { SEALED, suiteInfoNamed, suiteInfoOf } from "../conversations/suiteInfo";
import { toHex } from "../crypto/bytes";
import { SessionKeys } from "../identity/sessionKeys";
import { parseName, shownName } from "../pins/peerName";
import { LOBBY } from "../rooms/roomId";
import { NO_RESUME, type ResumePoint } from "../session/clientSessionMessages";
import type { SuiteInfo } from "../suites/contract";
import { suites } from "../suites/list";
import { DEFAULT_TEXT_MAX_BYTES } from "../text/messageText";
import { create } from "../wire/codec";
import { clientFrame } from "../wire/frames";
import type { ClientFrame, Refused, Reply } from "../wire/generated/chatlock_pb";
import { Acquaintances } from "./acquaintances";
import type { Client, InspectedMessage } from "./client";
import { withDefaults, type ClientOptions } from "./clientOptions";
import type { ClientCommand } from "./commands";
import type { ClientEvent, Status, Target } from "./events";
import { Incoming } from "./incoming";
import { lobbyNotice } from "./lobbyWords";
import { BUSY, LookUp, OFFLINE, type Desk } from "./lookUp";
import { Mailbox } from "./mailbox";
import { MailboxAcks } from "./mailboxAcks";
import { Outgoing } from "./outgoing";
import { PeerBook } from "./peerBook";
import { Presences } from "./presences";
import { RecentMessages } from "./recentMessages";
import { Roster } from "./roster";
import { RoomCommands } from "./roomCommands";
import { RoomDoor } from "./roomDoor";
import { Rooms } from "./rooms";
import { Talks } from "./talks";
import { DEFAULT_TOPIC_MAX_BYTES } from "./topics";

/** A client that connects when it is told to. */
export const createClient = (options: ClientOptions): Client => new ClientRoot(withDefaults(options));

interface Why {
    readonly code: string;
    readonly sentence: string;
}

class ClientRoot implements Client, ConnectionListener {
    readonly #mailbox = new Mailbox(thrown => this.#onBug(thrown));
    readonly #you: string;
    readonly #book: PeerBook;
    readonly #connection: Connection;
    readonly #talks: Talks;
    readonly #recent = new RecentMessages();
    readonly #lookUp: LookUp;
    readonly #outgoing: Outgoing;
    readonly #incoming: Incoming;
    readonly #roster: Roster;
    readonly #acquaintances: Acquaintances;
    readonly #rooms: Rooms;
    readonly #roomCommands: RoomCommands;
    readonly #presences: Presences;
    readonly #acks: MailboxAcks;
    readonly #endWakeUps: () => void;
    #privateSuite: SuiteInfo = suiteInfoOf(SEALED);
    #lobbySuite: SuiteInfo = suiteInfoOf(SEALED);
    #saidSuite: number | undefined;
    #name: string;
    #isOnline = false;
    #wasOnline = false;
    #isDisposed = false;
    /** Another tab has the identity; the next connect takes it. */
    #isElsewhere = false;
    /** The latest wish to be connected; a later one, or leaving, makes it void. */
    #attempt = 0;
    /** What ended the client for good. */
    #bug: string | undefined;

    constructor(private readonly options: Required<ClientOptions>) {
        const { identity, pins, clock, randomBytes } = options;
        this.#you = toHex(identity.fingerprint);
        this.#name = options.name ?? "";
        this.#book = new PeerBook(pins, this.#you, this.#emit);
        const settings = { ...options.server, ...options, resume: options.resume ?? NO_RESUME };
        const keys = new SessionKeys(
            ...([identity, this.#you, options.sessionKeys, () => clock.unixMs()] as const),
            failed => this.#mailbox.post(() => this.#notice("not-saved", keysNotKept(failed), true)),
        );
        this.#connection = new Connection(settings, identity, keys, pins, this.#mailbox, this);
        this.#talks = new Talks(
            { mailbox: this.#mailbox, clock, connection: this.#connection },
            { identity, senders: new SenderKeys(), randomBytes },
            room => this.#roomListener(room),
            key => this.#peerListener(key),
        );
        const desk = this.#desk();
        const you = () => ({ name: this.#name, key: this.#you });
        this.#lookUp = new LookUp(desk, this.#book, key => this.#talks.nameOf(key), you);
        const tools = {
            emit: this.#emit,
            book: this.#book,
            talks: this.#talks,
            recent: this.#recent,
        };
        const refused = (why: Why) => this.#refused(why);
        const refuse = (answer: Answer) => this.#refuse(answer);
        const asking = { desk, identity, mailbox: this.#mailbox, clock, randomBytes, refused, refuse };
        this.#roster = new Roster(desk, this.#book, this.#you, this.#emit);
        this.#rooms = new Rooms(
            {
                ...tools,
                ...asking,
                nameOf: key => this.#nameOf(key),
                conversation: room => this.#talks.room(room),
                notKept: ({ message }) =>
                    this.#mailbox.post(() => this.#notice("not-saved", roomsNotKept(message), true)),
                leave: room => desk.ask(clientFrame({ case: "leave", value: { room } }), () => {}),
                more: (room, known, away, after) => this.#roster.rest(room, known, away, after),
            },
            options.rooms,
        );
        this.#presences = new Presences(tools);
        this.#acks = new MailboxAcks(desk, clock, this.#mailbox);
        const { presences, acks } = { presences: this.#presences, acks: this.#acks };
        this.#incoming = new Incoming({ ...tools, rooms: this.#rooms, presences, acks });
        this.#outgoing = new Outgoing({
            ...tools,
            randomBytes,
            lookUp: this.#lookUp,
            textMaxBytes: () => this.#connection.limits?.textMaxBytes || DEFAULT_TEXT_MAX_BYTES,
            suiteOf: room => (room === undefined ? this.#lobbySuite : this.#rooms.suiteOf(room)),
            nameOfRoom: room => (room === undefined ? "all" : `all in ${this.#rooms.nameOf(room)}`),
            roomToSay: room =>
                room === undefined ? this.#talks.lobby : this.#rooms.find(room)?.conversation,
        });
        const serverId = () => pins.serverOf(options.server.origin);
        this.#roomCommands = new RoomCommands({
            ...{ rooms: this.#rooms, roster: this.#roster, lookUp: this.#lookUp, refused, refuse },
            door: new RoomDoor({ ...asking, rooms: this.#rooms, emit: this.#emit, serverId }),
            isOnline: () => this.#isOnline,
            topicMaxBytes: () => this.#connection.limits?.topicMaxBytes || DEFAULT_TOPIC_MAX_BYTES,
        });
        this.#acquaintances = new Acquaintances(this.#lookUp, this.#book, this.#you, this.#emit);
        pins.onFailure(sentence => this.#notice("not-saved", sentence, true));
        this.#endWakeUps = options.wakeUps(() => this.#mailbox.post(() => this.#connection.wake()));
    }

    // ---- what the page wants ----

    send(command: ClientCommand): void {
        this.#mailbox.post(() => {
            if (!this.#isDisposed) this.#onCommand(command);
        });
    }

    async inspect(number: number): Promise<InspectedMessage | undefined> {
        const message = this.#recent.find(number);
        if (!message?.trace) return undefined;
        const { title, trace } = message;
        const explanation = await trace.suite.explain(trace);
        return { number, title, envelope: trace.envelope, explanation };
    }

    resumePoint(): ResumePoint {
        return this.#connection.resumePoint;
    }

    async dispose(): Promise<void> {
        this.#isDisposed = true;
        this.#endWakeUps();
        this.#mailbox.post(() => {
            this.#connection.leave();
            this.#connection.dispose();
        });
        this.options.tab.release();
        await this.options.pins.settled();
    }

    #onCommand(command: ClientCommand): void {
        switch (command.type) {
            case "connect":
                return this.#connect(command.trustServer ?? false);
            case "choose-name":
                return this.#chooseName(command.name.trim());
            case "say":
                return this.#outgoing.say(command.localId, command.body, command.room);
            case "say-to": {
                const { localId, receiver, body, suite } = command;
                return this.#outgoing.sayTo(localId, receiver, body, this.#privateSuite, suite);
            }
            case "retry":
                return this.#outgoing.retry(command.localId);
            case "rename":
                return this.#rename(command.name.trim());
            case "who":
                return this.#isOnline
                    ? this.#roster.all(undefined, answer => this.#refuse(answer))
                    : this.#refused(OFFLINE);
            case "whois":
                return this.#acquaintances.tell(command.receiver);
            case "verify":
                return this.#acquaintances.verify(command.receiver, command.answer);
            case "ignore":
                return this.#acquaintances.ignore(command.receiver, command.isIgnored);
            case "use-suite":
                return this.#useSuite(command.name);
            case "leave":
                return this.#leave();
            default:
                return this.#roomCommands.on(command);
        }
    }

    #connect(trustServer: boolean): void {
        if (this.#bug !== undefined) return this.#connection.stop("refused", this.#bug);
        const attempt = ++this.#attempt;
        this.#mailbox.pipe(this.#hold(attempt > 1), isOurs => {
            if (this.#isDisposed || attempt !== this.#attempt) return;
            if (isOurs) this.#connection.connect(trustServer);
            else this.#onElsewhere();
        });
    }

    /** @param isAgain another tab may have talked meanwhile, and met people and servers. */
    async #hold(isAgain: boolean): Promise<boolean> {
        const isTaking = this.#isElsewhere;
        this.#isElsewhere = false;
        const { tab, pins } = this.options;
        const isOurs = await tab.hold(isTaking, () => this.#mailbox.post(() => this.#onElsewhere()));
        if (isOurs && isAgain) await pins.refresh();
        if (isOurs) await this.#rooms.load();
        return isOurs;
    }

    #leave(): void {
        this.#attempt++;
        this.#connection.leave();
    }

    #onElsewhere(): void {
        this.#isElsewhere = true;
        this.#connection.stop("other-tab", "ChatLock is open in another tab of this browser.");
    }

    #chooseName(name: string): void {
        const parsed = parseName(name);
        if (parsed.ok) return this.#connection.chooseName(parsed.name);
        const { sentence } = parsed;
        this.#emit({ type: "name-needed", wanted: name, code: "name-invalid", sentence, suggestions: [] });
    }

    #rename(typed: string): void {
        const parsed = parseName(typed);
        if (!parsed.ok) return this.#refused({ code: "name-invalid", sentence: parsed.sentence });
        if (!this.#isOnline) return this.#refused(OFFLINE);
        this.#connection.ask(clientFrame({ case: "rename", value: { name: parsed.name } }), answer => {
            if (answer.is !== "replied" || answer.reply.result.case !== "renamed")
                return this.#refuse(answer);
            const before = this.#name;
            this.#name = answer.reply.result.value.name;
            this.#emit({ type: "renamed", before, now: this.#name });
        });
    }

    #useSuite(name: string | undefined): void {
        const suite = name === undefined ? this.#privateSuite : suiteInfoNamed(name);
        if (!suite) {
            const names = suites.map(known => known.name).join(", ");
            const sentence = `There is no such suite; there are: ${names}.`;
            return this.#refused({ code: "no-such-suite", sentence });
        }
        this.#privateSuite = suite;
        this.#emit({ type: "suite", suite });
    }

    // ---- what the connection tells ----

    status(status: Status): void {
        if (status.state === "stopped") {
            this.#outgoing.handBackHeld(status.why);
            this.#talks.close();
            this.options.tab.release();
        }
        this.#emit({ type: "status", status });
    }

    serverPinned(sentence: string): void {
        this.#notice("server-pinned", sentence, false);
    }

    nameNeeded(wanted: string | undefined, refusal: Refused | undefined): void {
        this.#emit({
            type: "name-needed",
            ...(wanted === undefined ? {} : { wanted }),
            ...(refusal ? { code: refusalName(refusal.code) } : {}),
            sentence: refusal?.sentence ?? "",
            suggestions: refusal?.suggestions ?? [],
        });
    }

    entered({ welcome, name, sessionKeys }: Entered): void {
        const lobby = welcome.rooms.find(({ position }) => position?.room === LOBBY) ?? create("RoomInfo");
        const isAgain = this.#wasOnline;
        this.#isOnline = this.#wasOnline = true;
        this.#name = name;
        this.#lobbySuite = suiteInfoOf(lobby.suite);
        this.#presences.enter();
        this.#acks.enter(welcome.mailbox);
        this.#book.directory.clear();
        const everyone = welcome.here.map(member => this.#book.peerOf(this.#book.meet(member)));
        const away = everyone.filter((_, at) => welcome.here[at]!.away).map(({ key }) => key);
        const here = everyone.filter(peer => !this.#book.isYou(peer.key));
        this.#emit({
            type: "entered",
            name,
            key: this.#you,
            lobby: this.#lobbySuite,
            here,
            away,
            online: lobby.memberCount,
            isAgain,
            isResumed: welcome.resumed,
        });
        this.#sayHowTheLobbyIs(this.#talks.enter(lobby, sessionKeys, isAgain));
        this.#outgoing.lookUpHeld();
        if (welcome.more) this.#roster.rest(undefined, everyone, away, welcome.here.at(-1)?.name ?? "");
    }

    gone(): void {
        this.#isOnline = false;
        this.#acks.offline();
        this.#talks.offline();
        this.#rooms.offline();
    }

    came(frame: Parameters<ConnectionListener["came"]>[0]): void {
        this.#incoming.came(frame);
    }

    #sayHowTheLobbyIs(change: RoomChange): void {
        const notice = lobbyNotice(change, this.#lobbySuite, this.#saidSuite);
        if (notice) this.#emit(notice);
        this.#saidSuite = this.#lobbySuite.id;
    }

    // ---- what the conversations tell ----

    #roomListener(room: string): ConversationListener {
        const target: Target = { to: "all", room: room === LOBBY ? undefined : room };
        return {
            opened: (came, result) => this.#incoming.opened(came, result, room),
            queued: (entry, why) => this.#outgoing.queued(entry, target, why),
            accepted: (entry, accepted) => this.#outgoing.accepted(entry, target, accepted),
            failed: (entry, code, sentence) => this.#outgoing.failed(entry, target, code, sentence),
        };
    }

    #peerListener(key: string): PeerListener {
        const target = (): Target => ({
            to: "peer",
            peer: this.#book.peerOf({ name: this.#nameOf(key), key }),
        });
        return {
            opened: (came, result) => this.#incoming.opened(came, result, undefined),
            queued: (entry, why) => this.#outgoing.queued(entry, target(), why),
            accepted: (entry, accepted) => this.#outgoing.accepted(entry, target(), accepted),
            failed: (entry, code, sentence) => this.#outgoing.failed(entry, target(), code, sentence),
            delivered: localId => {
                if (!this.#book.isIgnored(key)) this.#emit({ type: "delivered", localId });
            },
            olderKey: () => this.#notice("older-key", olderKey(this.#nameOf(key)), true),
            // Nothing is sent to a changed key before the user has answered, not even this.
            mayReceipt: came =>
                !this.#book.isIgnored(key) && this.#book.standing(PeerBook.whoIs(came.from)) !== "changed",
        };
    }

    /** What someone is called of whom nothing but the key is told. */
    #nameOf(key: string): string {
        if (key === this.#you) return this.#name;
        const { directory } = this.#book;
        const name = directory.nameOf(key) ?? this.#talks.nameOf(key) ?? this.#book.pinnedName(key);
        return name ?? shownName("", key);
    }

    #desk(): Desk {
        const isOnline = () => this.#isOnline;
        const ask = (frame: ClientFrame, then: Asker) => this.#connection.ask(frame, then);
        return {
            get isOnline() {
                return isOnline();
            },
            ask,
        };
    }

    #refuse(answer: Answer): void {
        const unasked = this.#isOnline ? BUSY : OFFLINE;
        this.#refused(answer.is === "replied" ? refusalOf(answer.reply) : unasked);
    }

    #refused({ code, sentence }: Why): void {
        this.#emit({ type: "refused", code, sentence });
    }

    #notice(code: string, sentence: string, isWarning: boolean): void {
        this.#emit({ type: "notice", code, sentence, isWarning });
    }

    /** A page that fails to show something must not take the conversations with it. */
    readonly #emit = (event: ClientEvent): void => {
        if (this.#isDisposed) return;
        try {
            this.options.listener(event);
        } catch (thrown) {
            tellConsole(thrown);
        }
    };

    /** A conversation that went on might have forgotten what it had seen: a bug anywhere ends the client. */
    #onBug(thrown: unknown): void {
        tellConsole(thrown);
        const what = thrown instanceof Error ? thrown.name : typeof thrown;
        const sentence = `Something went wrong in the page (${what}); reload it.`;
        this.#bug = sentence;
        this.#notice("bug", sentence, true);
        this.#connection.stop("refused", sentence);
    }
}

const keysNotKept = ({ message }: DOMException): string =>
    `The keys of this visit can't be kept: what others write to you while you are away can't be read afterwards. ${message}`;

const olderKey = (name: string): string =>
    `The server told an older key of ${name}'s than before; it isn't used, and nothing was sent to it.`;

const roomsNotKept = (message: string): string =>
    `The keys of sealed rooms can't be kept: after a reload only their links lead there again. ${message}`;

/** As an error that nobody caught. */
function tellConsole(thrown: unknown): void {
    queueMicrotask(() => {
        throw thrown;
    });
}

function refusalOf({ result }: Reply): { readonly code: string; readonly sentence: string } {
    if (result.case !== "refused")
        return { code: "internal", sentence: "The server's answer makes no sense." };
    const { code, sentence, suggestions } = result.value;
    const free = suggestions.length === 0 ? "" : ` Free: ${suggestions.join(", ")}.`;
    return { code: refusalName(code), sentence: `${sentence}${free}` };
}
