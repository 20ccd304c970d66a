/** The page's state: what the client's events make of it. Components read its signals; the user's wishes go through
 * its methods to the client. */

import { batch, computed, signal } from "@preact/signals";
import type { Client } from "../../client/client";
import type { ClientCommand, Receiver } from "../../client/commands";
import type { ClientEvent, MessageBody, Peer, Status } from "../../client/events";
import type { SuiteInfo } from "../../suites/contract";
import { Announcements, spokenLine } from "./announcements";
import { Conversations } from "./conversations";
import {
    isRoom,
    lobby,
    unknownPeer,
    type ConversationId,
    type Delivery,
    type Line,
    type MessageLine,
    type SystemLine,
} from "./lines";
import { mentions } from "./mentions";
import { OwnMessages } from "./ownMessages";
import { People } from "./people";
import { RoomEvents } from "./roomEvents";
import { RoomPanes } from "./roomPanes";
import { missingSentence } from "./roomWords";

/** What the page asks for when no name is held yet. */
export interface NameRequest {
    readonly wanted: string | undefined;
    readonly code: string | undefined;
    readonly sentence: string;
    readonly suggestions: readonly string[];
}

/** What a dialog or panel shows beside the conversation. */
export type Panel =
    | { readonly kind: "none" }
    | { readonly kind: "help" }
    | { readonly kind: "switcher" }
    | { readonly kind: "invite" }
    /** Which rooms there are, and how one gets into others. */
    | { readonly kind: "rooms" }
    /** What a room is, and what can be done with it. */
    | { readonly kind: "room"; readonly room: string }
    /** Someone in a room, and what can be done about them there. */
    | { readonly kind: "member"; readonly room: string; readonly key: string }
    /** What leads into a room. */
    | {
          readonly kind: "room-invite";
          readonly room: string;
          readonly displayName: string;
          readonly code: string | undefined;
      }
    /** A link that leads into a room was opened. */
    | { readonly kind: "join"; readonly target: string; readonly name: string | undefined }
    | { readonly kind: "you" }
    | { readonly kind: "person"; readonly key: string }
    | { readonly kind: "inspector"; readonly number: number };

export interface KeyChange {
    readonly name: string;
    readonly before: string;
    readonly now: string;
}

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

    /** The latest thing said, until it is in the outbox. */
    private awaited: { readonly localId: number; readonly onSafe: () => void } | undefined;
    private lineId = 0;
    private localId = 0;
    private client: Client | undefined;

    constructor(
        private readonly now: () => number = Date.now,
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

    /** Says something. `onSafe` is called when it is in the outbox, mostly at once: the composer may let go of it then. */
    say(body: MessageBody, to: Receiver | { readonly room: string } | undefined, onSafe: () => void): void {
        const localId = ++this.localId;
        this.refusal.value = "";
        this.awaited = { localId, onSafe };
        if (to && !("room" in to)) this.send({ type: "say-to", localId, receiver: to, body });
        else this.send({ type: "say", localId, body, room: to?.room });
    }

    retry(line: MessageLine): void {
        if (line.localId === undefined) return;
        line.delivery!.value = { state: "queued" };
        this.own.follow(line.localId, line);
        this.send({ type: "retry", localId: line.localId });
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
        const [id, at, roomName] = [++this.lineId, this.now(), this.rooms.nameOf(conversation)];
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
                        id: ++this.lineId,
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
                this.onQueued(event);
                break;
            case "sent":
                this.onSent(event);
                break;
            case "delivered":
                this.own.settle(event.localId, { state: "delivered" }, true);
                break;
            case "failed":
                this.onFailed(event);
                break;
            case "missing": {
                const place = event.room === undefined ? "the lobby" : this.rooms.nameOf(event.room);
                this.tell(missingSentence(event, place ?? "this room"), "warning", event.room, {
                    isNews: true,
                });
                break;
            }
            case "presence":
                this.onPresence(event);
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
            id: ++this.lineId,
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

    private onQueued(event: Extract<ClientEvent, { type: "queued" }>): void {
        const { localId, target } = event;
        if (this.awaited?.localId === localId) {
            this.awaited.onSafe();
            this.awaited = undefined;
        }
        const known = this.own.find(localId);
        const conversation = this.conversationOf(target);
        if (!known) {
            const line = this.ownLine(localId, conversation, target, event.body, event.suite);
            this.own.follow(localId, line);
            this.add(line, "no");
            this.saidSomething.value++;
        } else {
            known.delivery!.value = { state: "queued", why: event.why };
            // Who is meant by a name is known only now.
            const line = known.conversation === conversation ? known : { ...known, conversation };
            if (line !== known) this.conversations.addTo(conversation, line);
            this.own.follow(localId, line);
        }
    }

    /** A name whose key isn't known yet has no pane: its line stands in the unified view. */
    private conversationOf(target: Extract<ClientEvent, { type: "queued" }>["target"]): ConversationId {
        if (target.to === "all") return target.room ?? lobby;
        if (target.to === "name") return unknownPeer;
        this.people.meet(target.peer);
        return target.peer.key;
    }

    private onSent(event: Extract<ClientEvent, { type: "sent" }>): void {
        const line = this.own.find(event.localId);
        if (line) line.number.value = event.number;
        this.lastNumber = event.number;
        const isToAll = line !== undefined && isRoom(line.conversation);
        this.own.settle(event.localId, { state: event.isWaiting ? "waiting" : "sent" }, isToAll);
    }

    private onFailed(event: Extract<ClientEvent, { type: "failed" }>): void {
        const { code, sentence } = event;
        const canRetry = code !== "text-invalid" && code !== "yourself";
        if (this.own.settle(event.localId, { state: "failed", code, sentence, canRetry }, false))
            this.announcements.add(`Not sent. ${sentence}`);
        else this.refusal.value = sentence;
    }

    private ownLine(
        localId: number,
        conversation: ConversationId,
        target: Extract<ClientEvent, { type: "queued" }>["target"],
        body: MessageBody,
        suite: SuiteInfo,
    ): MessageLine {
        return {
            kind: "message",
            id: ++this.lineId,
            at: this.now(),
            conversation,
            roomName: this.rooms.nameOf(conversation),
            from: undefined,
            toName: target.to === "peer" ? target.peer.name : target.to === "name" ? target.name : undefined,
            body,
            suite,
            isMention: false,
            number: signal(0),
            delivery: signal<Delivery>({ state: "queued" }),
            localId,
        };
    }

    private onPresence(event: Extract<ClientEvent, { type: "presence" }>): void {
        if (event.room !== undefined) return this.onRoomPresence(event, event.room);
        for (const peer of event.away) this.people.meet(peer, { isHere: true, isAway: true });
        for (const peer of event.back) this.people.meet(peer, { isHere: true, isAway: false });
        for (const { peer } of event.left) {
            this.people.meet(peer, { isHere: false });
            this.tellPresence(peer, `${peer.name} disconnected`);
        }
        for (const peer of event.joined) {
            this.people.meet(peer, { isHere: true, isAway: false });
            this.tellPresence(peer, `${peer.name} joined`);
        }
        for (const { before, peer } of event.renamed) {
            this.people.meet(peer, { isHere: true });
            this.tellPresence(peer, `${before} is now called ${peer.name}`);
        }
        this.people.online.value = event.online;
        if (event.more > 0)
            this.tell(
                `${event.more} others came, went or changed their names; ${event.online} are here.`,
                "presence",
            );
    }

    /** Whoever lost the connection or has another name is told of in the lobby, where everyone is. */
    private onRoomPresence(event: Extract<ClientEvent, { type: "presence" }>, room: string): void {
        const { joined, left, online, more } = event;
        for (const peer of joined) this.people.meet(peer, { isHere: true });
        this.rooms.part(
            room,
            left.map(({ peer }) => peer),
        );
        this.rooms.meet(room, joined);
        this.rooms.count(room, online);
        for (const { peer, reason } of left)
            if (reason === "left") this.tell(`${peer.name} left the room`, "presence", room);
        for (const peer of joined) this.tell(`${peer.name} came in`, "presence", room);
        if (more > 0) this.tell(`${more} others came or went; ${online} are here.`, "presence", room);
    }

    /** In the person's own pane when there is one, so that it can be read there too. */
    private tellPresence(peer: Peer, text: string): void {
        this.tell(text, "presence", this.conversations.has(peer.key) ? peer.key : lobby);
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

    private add(line: Line, isNews: "no" | "yes" | "urgent"): void {
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
