/** One connection as its client sees it: which frame is allowed when, and what follows from it.
 * A value: no clock, no socket, no keys. docs/PROTOCOL.md section 3 is this table in prose. */

import { closeSentence } from "../codes/closeSentences";
import { copyOf } from "../crypto/bytes";
import type { Bytes } from "../suites/contract";
import { create } from "../wire/codec";
import { clientFrame } from "../wire/frames";
import {
    CloseReason,
    RefusalCode,
    type Challenge,
    type ClientFrame,
    type Reply,
    type RoomInfo,
    type RoomLeft,
    type ServerFrame,
    type Welcome,
} from "../wire/generated/chatlock_pb";
import type { ClientEffect, ClientInput, ClientPhase, ResumePoint } from "./clientSessionMessages";
import { ClientSessionPositions } from "./clientSessionPositions";

/** The protocol's version that this client speaks. */
export const VERSION = 1;

const NONCE_BYTES = 32;
const SERVER_ID_BYTES = 32;

export interface ClientSession {
    readonly phase: ClientPhase;
    /** The name wanted, then the name granted; undefined asks the user once the server has spoken. */
    readonly name: string | undefined;
    /** What the server said first. */
    readonly challenge: Challenge | undefined;
    /** Requests without an answer yet, by ref. */
    readonly open: ReadonlyMap<bigint, Request>;
    readonly places: ClientSessionPositions;
    readonly token: Bytes;
    readonly lastRef: bigint;
}

/** A request as far as its answer needs it. */
interface Request {
    readonly tag: number;
    readonly kind: ClientFrame["body"]["case"];
    readonly room: string;
}

/** The next state and what is to be done now, in this order. */
export interface ClientStep {
    readonly next: ClientSession;
    readonly effects: readonly ClientEffect[];
}

/** A connection that has just been made.
 * @param resume where an earlier connection ended; NO_RESUME for the first. */
export const newClientSession = (name: string | undefined, resume: ResumePoint): ClientSession => ({
    phase: "await-challenge",
    name,
    challenge: undefined,
    open: new Map(),
    places: ClientSessionPositions.of(resume.positions),
    token: resume.token,
    lastRef: 0n,
});

/** What the next connection must bring to go on from here, at any time. */
export const resumePointOf = ({ token, places }: ClientSession): ResumePoint => ({
    token,
    positions: places.toList(),
});

export function onClientInput(session: ClientSession, input: ClientInput): ClientStep {
    if (session.phase !== "ready" && input.type === "ask")
        return { next: session, effects: [{ type: "not-sent", tag: input.tag }] };
    if (session.phase === "closed") return nothing(session);
    switch (input.type) {
        case "received":
            return onFrame(session, input.frame);
        case "lost":
            return end(session, CloseReason.CONNECTION_LOST);
        case "name-chosen":
            if (session.phase === "await-name") return prove(session, input.name);
            return nothing(session.phase === "await-challenge" ? { ...session, name: input.name } : session);
        case "ask":
            return onAsk(session, input.tag, input.frame);
        case "leave":
            return onLeave(session);
    }
}

function onFrame(session: ClientSession, frame: ServerFrame): ClientStep {
    const body = frame.body;
    if (body.case === "close") return end(session, body.value.reason, body.value.sentence);
    if (body.case === undefined) return nothing(session); // from a newer server
    if (session.phase === "await-challenge" && body.case === "challenge")
        return onChallenge(session, body.value);
    if (session.phase === "await-welcome" && body.case === "welcome") return onWelcome(session, body.value);
    if (session.phase === "await-welcome" && body.case === "reply")
        return onHelloRefused(session, body.value);
    if (session.phase === "ready") return onFrameInLobby(session, frame);
    return end(session, CloseReason.UNEXPECTED_FRAME);
}

function onFrameInLobby(session: ClientSession, { body }: ServerFrame): ClientStep {
    const { places } = session;
    switch (body.case) {
        case "reply":
            return onReply(session, body.value);
        case "posted":
            return move(session, places.saw(body.value.position), { type: "posted", post: body.value });
        case "privateMessage": {
            const moved = places.sawPrivate(body.value.position);
            return move(session, moved, { type: "private-came", message: body.value });
        }
        case "presence":
            return act(session, { type: "presence-came", presence: body.value });
        case "gap":
            return move(session, places.skip(body.value), { type: "gap-came", gap: body.value });
        case "entered":
            return onEntered(session, body.value);
        case "leftRoom":
            return onLeftRoom(session, body.value);
        case "ping":
            return act(session, { type: "send", frame: pong(body.value.nonce) });
        default:
            return end(session, CloseReason.UNEXPECTED_FRAME);
    }
}

function onChallenge(session: ClientSession, challenge: Challenge): ClientStep {
    if (
        challenge.nonce.length !== NONCE_BYTES ||
        challenge.serverId.length !== SERVER_ID_BYTES ||
        !challenge.versions.includes(VERSION)
    )
        return end(session, CloseReason.MALFORMED);
    const next = { ...session, challenge };
    return session.name === undefined
        ? act({ ...next, phase: "await-name" }, { type: "need-name", refusal: undefined })
        : prove(next, session.name);
}

function prove(session: ClientSession, name: string): ClientStep {
    const ref = session.lastRef + 1n;
    const next: ClientSession = { ...session, phase: "await-welcome", name, lastRef: ref };
    const challenge = session.challenge!;
    return act(next, { type: "prove", challenge, name, ref, resume: resumePointOf(session) });
}

function onWelcome(session: ClientSession, welcome: Welcome): ClientStep {
    const rooms = welcome.rooms.flatMap(({ position }) =>
        position && position.room !== "" ? [position] : [],
    );
    if (new Set(rooms.map(({ room }) => room)).size < rooms.length)
        return end(session, CloseReason.MALFORMED); // a room that stands at two numbers
    const entered = rooms.reduce((places, position) => places.enter(position), session.places);
    const places = welcome.mailbox ? entered.enterMailbox(welcome.mailbox) : entered;
    const [name, token] = [welcome.you?.name ?? session.name, copyOf(welcome.resumeToken)];
    return act({ ...session, phase: "ready", name, token, places }, { type: "entered", welcome });
}

/** A session that can't go on is no question to the user: the same name is asked for again, without the token. */
function onHelloRefused(session: ClientSession, reply: Reply): ClientStep {
    if (reply.ref !== session.lastRef || reply.result.case !== "refused")
        return end(session, CloseReason.UNEXPECTED_FRAME);
    const refusal = reply.result.value;
    if (refusal.code !== RefusalCode.CANNOT_RESUME)
        return act({ ...session, phase: "await-name", name: undefined }, { type: "need-name", refusal });
    return session.token.length === 0 || session.name === undefined
        ? end(session, CloseReason.UNEXPECTED_FRAME)
        : prove({ ...session, token: new Uint8Array() }, session.name);
}

function onAsk(session: ClientSession, tag: number, asked: ClientFrame): ClientStep {
    const ref = session.lastRef + 1n;
    return act(
        { ...session, lastRef: ref, open: new Map(session.open).set(ref, requestOf(tag, asked)) },
        { type: "send", frame: create("ClientFrame", { ref, body: asked.body }) },
    );
}

function requestOf(tag: number, { body }: ClientFrame): Request {
    switch (body.case) {
        case "post":
        case "join":
        case "leave":
            return { tag, kind: body.case, room: body.value.room };
        default:
            return { tag, kind: body.case, room: "" };
    }
}

function onReply(session: ClientSession, reply: Reply): ClientStep {
    const request = session.open.get(reply.ref);
    const places = request && placesAfter(session.places, request, reply);
    if (!request || !places) return end(session, CloseReason.UNEXPECTED_FRAME);
    const open = new Map(session.open);
    open.delete(reply.ref);
    const name = reply.result.case === "renamed" ? reply.result.value.name : session.name;
    return act({ ...session, open, name, places }, { type: "answered", tag: request.tag, reply });
}

/** Own posts aren't sent back; own acts are, like everyone's, and count when they come.
 * @returns undefined where a room was joined that wasn't asked for. */
function placesAfter(
    places: ClientSessionPositions,
    { kind, room }: Request,
    { result }: Reply,
): ClientSessionPositions | undefined {
    switch (result.case) {
        case "accepted":
            if (kind === "post") return places.own(room, result.value.sequence);
            return kind === "leave" ? places.leave(room) : places;
        case "refused":
            return kind === "leave" && result.value.code === RefusalCode.NOT_A_MEMBER
                ? places.leave(room)
                : places;
        case "joined": {
            const { position } = result.value;
            const isAsked = kind === "join" && room !== "" && position?.room === room;
            return isAsked ? places.enter(position) : undefined;
        }
        default:
            return places;
    }
}

const onEntered = (session: ClientSession, info: RoomInfo): ClientStep =>
    move(
        session,
        info.position && session.places.isAwaited(info.position.room)
            ? session.places.enter(info.position)
            : undefined,
        { type: "room-entered", info },
    );

const onLeftRoom = (session: ClientSession, left: RoomLeft): ClientStep =>
    move(session, session.places.isKnown(left.room) ? session.places.leave(left.room) : undefined, {
        type: "left-room",
        left,
    });

/** Numbers rise; one that doesn't, or is of a room or log that isn't known, is the server's fault. */
const move = (
    session: ClientSession,
    places: ClientSessionPositions | undefined,
    effect: ClientEffect,
): ClientStep => (places ? act({ ...session, places }, effect) : end(session, CloseReason.UNEXPECTED_FRAME));

function onLeave(session: ClientSession): ClientStep {
    const { next, effects } = end(session, CloseReason.LEFT);
    return { next, effects: [{ type: "send", frame: clientFrame({ case: "bye", value: {} }) }, ...effects] };
}

const pong = (nonce: bigint): ClientFrame => clientFrame({ case: "pong", value: { nonce } });

const act = (next: ClientSession, effect: ClientEffect): ClientStep => ({ next, effects: [effect] });

const nothing = (next: ClientSession): ClientStep => ({ next, effects: [] });

const end = (session: ClientSession, reason: CloseReason, sentence?: string): ClientStep => ({
    next: { ...session, phase: "closed", open: new Map() },
    effects: [
        {
            type: "ended",
            reason,
            sentence: sentence ?? closeSentence(reason),
            unanswered: [...session.open.values()].map(({ tag }) => tag).sort((left, right) => left - right),
        },
    ],
});
