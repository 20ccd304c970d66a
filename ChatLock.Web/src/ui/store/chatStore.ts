/** The page's state: what the client's events make of it. Components read its signals; the user's wishes go through
 * its methods to the client. */

import { batch, computed, signal } from "@preact/signals";
import type { Client } from "../../client/client";
import type { ClientCommand, Receiver } from "../../client/commands";
import type { ClientEvent, MessageBody, Peer, Status } from "../../client/events";
import type { SuiteInfo } from "../../suites/contract";
import { Announcements, spokenLine } from "./announcements";
import { Conversations } from "./conversations";
import { lobby, type ConversationId, type Line, type MessageLine, type SystemLine } from "./lines";
import { mentions } from "./mentions";
import { OwnEvents } from "./ownEvents";
import { OwnMessages } from "./ownMessages";
import type { KeyChange, NameRequest, Panel } from "./panels";
import { People } from "./people";
import { PresenceEvents } from "./presenceEvents";
import { RoomEvents } from "./roomEvents";
import { RoomPanes } from "./roomPanes";
import { missingSentence } from "./roomWords";

export class ChatStore {
    readonly status = signal<Status>({ state: "connecting", isAgain: false });
    readonly you = signal<{ readonly name: string; readonly key: string } | undefined>(undefined);
    readonly lobbySuite = signal<SuiteInfo | undefined>(undefined);
    readonly privateSuite = signal<SuiteInfo | undefined>(undefined);
    readonly nameRequest = signal<NameRequest | undefined>(undefined);
    readonly conversations = new Conversations();
    readonly people = new People();
    readonly rooms = new RoomPanes();
    readonly roomEvents = new RoomEvents(this);
    readonly announcements = new Announcements();
    readonly keyChanges = signal<ReadonlyMap<string, KeyChange>>(new Map());
    readonly panel = signal<Panel>({ kind: "none" });
    /** What went wrong with the last command, in words, beside the composer. */
    readonly refusal = signal("");
    /** What is said once to screen readers and shown for a while. */
    readonly toast = signal("");
    readonly isOnline = computed(() => this.status.value.state === "online");
    /** Rises with each message of ours: the log goes to its end. */
    readonly saidSomething = signal(0);
    readonly own = new OwnMessages();
    /** Is told of messages that a notification may be shown for. */
    onUrgent: (line: MessageLine, isPrivate: boolean) => void = () => {};

    private readonly said = new OwnEvents(this);
    private readonly presence = new PresenceEvents(this);
    private lineId = 0;
    private client: Client | undefined;

    constructor(
        readonly now: () => number = Date.now,
        readonly clock: () => number = () => performance.now(),
    ) {}

    /** The latest message that can be looked into; 0 before there is one. */
    lastNumber = 0;

    attach(client: Client): void {
        this.client = client;
    }

    /** Tries now; where the server has another key than before, trusts that one: the button says so. */
    connect(): void {
        const status = this.status.peek();
        if (status.state === "stopped" && status.kind === "not-trusted")
            this.send({ type: "connect", trustServer: true });
        else this.send({ type: "connect" });
    }

    send(command: ClientCommand): void {
        this.client?.send(command);
    }

    inspect(number: number) {
        return this.client?.inspect(number) ?? Promise.resolve(undefined);
    }

    /** Enters a room and opens its pane. @param name what an invite calls it. */
    join(target: string, name?: string): void {
        this.refusal.value = "";
        this.roomEvents.isJoining.value = true;
        this.send({ type: "join", target, name });
    }

    createRoom(name: string): void {
        this.refusal.value = "";
        this.roomEvents.isJoining.value = true;
        this.send({ type: "create-room", name });
    }

    /** `onSafe` is called when it is in the outbox, mostly at once: the composer may let go of it then. */
    say(body: MessageBody, to: Receiver | { readonly room: string } | undefined, onSafe: () => void): void {
        this.said.say(body, to, onSafe);
    }

    retry(line: MessageLine): void {
        this.said.retry(line);
    }

    /** Lines are numbered over all conversations. */
    nextLineId(): number {
        return ++this.lineId;
    }

    tell(
        text: string,
        tone: SystemLine["tone"] = "plain",
        conversation: ConversationId = lobby,
        {
            isNews = false,
            ...more
        }: Partial<Pick<SystemLine, "toCompare" | "at">> & { isNews?: boolean } = {},
    ): void {
        const [id, at, roomName] = [this.nextLineId(), this.now(), this.rooms.nameOf(conversation)];
        const line: SystemLine = { kind: "system", id, at, conversation, roomName, tone, text, ...more };
        this.add(line, isNews ? "yes" : "no");
    }

    openPerson(key: string): void {
        this.conversations.show(key);
        this.panel.value = { kind: "none" };
    }

    readonly on = (event: ClientEvent): void => batch(() => this.take(event));

    private take(event: ClientEvent): void {
        switch (event.type) {
            case "status":
                this.onStatus(event.status);
                break;
            case "notice":
                this.tell(event.sentence, event.isWarning ? "warning" : "plain", event.room);
                break;
            case "name-needed":
                this.nameRequest.value = {
                    wanted: event.wanted,
                    code: event.code,
                    sentence: event.sentence,
                    suggestions: event.suggestions,
                };
                break;
            case "entered":
                this.onEntered(event);
                break;
            case "message":
                this.onMessage(event);
                break;
            case "unreadable":
                this.people.meet(event.from);
                this.add(
                    {
                        kind: "unreadable",
                        id: this.nextLineId(),
                        at: event.timeMs,
                        conversation: event.isPrivate ? event.from.key : (event.room ?? lobby),
                        roomName: this.rooms.nameOf(event.room ?? lobby),
                        from: event.from,
                        reason: event.reason,
                        sentence: event.sentence,
                        number: event.number,
                    },
                    "yes",
                );
                break;
            case "queued":
            case "sent":
            case "delivered":
            case "failed":
                this.said.take(event);
                break;
            case "missing": {
                const place = event.room === undefined ? "the lobby" : this.rooms.nameOf(event.room);
                this.tell(missingSentence(event, place ?? "this room"), "warning", event.room, {
                    isNews: true,
                });
                break;
            }
            case "presence":
                this.presence.take(event);
                break;
            case "renamed":
                if (this.you.peek()) this.you.value = { ...this.you.peek()!, name: event.now };
                this.tell(`You are called ${event.now} now.`);
                break;
            case "who":
                for (const peer of event.people)
                    if (peer.key !== event.you)
                        this.people.meet(peer, { isHere: true, isAway: event.away.includes(peer.key) });
                break;
            case "peer":
                this.people.meet(event.peer, event);
                this.panel.value = { kind: "person", key: event.peer.key };
                break;
            case "pinned":
                this.onPinned(event.peer);
                break;
            case "key-changed":
                this.onKeyChanged(event);
                break;
            case "ignore":
                this.people.meet(event.peer, { isIgnored: event.isIgnored });
                this.toast.value = event.isIgnored
                    ? `Nothing of ${event.peer.name} is shown from now on.`
                    : `${event.peer.name} is shown again.`;
                break;
            case "suite":
                this.privateSuite.value = event.suite;
                break;
            case "refused":
                this.roomEvents.isJoining.value = false;
                if (event.room === undefined) this.refusal.value = event.sentence;
                else {
                    this.panel.value = { kind: "none" };
                    this.conversations.show(event.room);
                }
                break;
            default:
                this.roomEvents.take(event);
        }
    }

    private onEntered(event: Extract<ClientEvent, { type: "entered" }>): void {
        this.you.value = { name: event.name, key: event.key };
        this.lobbySuite.value = event.lobby;
        this.nameRequest.value = undefined;
        this.people.reset(event.here, event.away);
        this.people.online.value = event.online;
        if (event.isAgain && !event.isResumed) this.tell("Connected again.", "presence");
    }

    private onStatus(status: Status): void {
        if (this.isOnline.peek() && status.state !== "online") this.conversations.wasAway.value = true;
        this.status.value = status;
        if (status.state === "online") this.people.online.value = status.online;
    }

    /** Somebody sits before the page. */
    attend(): void {
        const { wasAway, isWatching } = this.conversations;
        if (!wasAway.peek() || !this.isOnline.peek()) return;
        wasAway.value = false;
        if (isWatching.peek()) this.conversations.read();
    }

    private onMessage(event: Extract<ClientEvent, { type: "message" }>): void {
        const { from, isPrivate } = event;
        this.lastNumber = event.number;
        this.people.meet(from);
        const isMention = !isPrivate && mentions(event.body.text, this.you.peek()?.name);
        const line: MessageLine = {
            kind: "message",
            id: this.nextLineId(),
            at: event.timeMs,
            conversation: isPrivate ? from.key : (event.room ?? lobby),
            roomName: event.room === undefined ? undefined : this.rooms.nameOf(event.room),
            from,
            toName: undefined,
            body: event.body,
            suite: event.suite,
            isMention,
            number: signal(event.number),
            delivery: undefined,
            localId: undefined,
        };
        const isUrgent = isPrivate || isMention;
        this.add(line, isUrgent ? "urgent" : "yes");
        if (isUrgent) this.onUrgent(line, isPrivate);
    }

    private onPinned(peer: Peer): void {
        this.people.meet(peer);
        const changes = new Map(this.keyChanges.peek());
        changes.delete(peer.key);
        this.keyChanges.value = changes;
        this.toast.value =
            peer.standing === "verified"
                ? `${peer.name} is verified: each of their messages says so from now on.`
                : `${peer.name}'s key is accepted. It wasn't compared.`;
    }

    private onKeyChanged(event: KeyChange): void {
        this.people.meet({ name: event.name, key: event.now, standing: "changed" });
        this.keyChanges.value = new Map(this.keyChanges.peek()).set(event.now, event);
        this.tell(
            `${event.name} has another key than before: it is somebody else, or ${event.name} on another device. ` +
                `Nothing is sent to ${event.name} until you have answered.`,
            "warning",
            this.conversations.has(event.now) ? event.now : lobby,
            { toCompare: event.now },
        );
    }

    add(line: Line, isNews: "no" | "yes" | "urgent"): void {
        this.conversations.add(line, isNews);
        const sentence = this.conversations.isOpen(line.conversation) ? spokenLine(line) : undefined;
        if (sentence && !this.isIgnored(line)) this.announcements.add(sentence);
    }

    private isIgnored(line: Line): boolean {
        return (
            line.kind !== "system" &&
            line.from !== undefined &&
            this.people.of(line.from.key)?.peek().isIgnored === true
        );
    }
}
