/** One connection as its client sees it: which frame is allowed when, and what follows from it.
 * A value: no clock, no socket, no keys. docs/PROTOCOL.md section 3 is this table in prose. */

import { create } from "@bufbuild/protobuf";
import { closeSentence } from "../codes/closeSentences";
import { clientFrame } from "../wire/frames";
import {
    ClientFrameSchema,
    CloseReason,
    type Challenge,
    type ClientFrame,
    type Posted,
    type Reply,
    type ServerFrame,
    type Welcome,
} from "../wire/generated/chatlock_pb";
import type { ClientEffect, ClientInput, ClientPhase } from "./clientSessionMessages";

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
    /** Requests without an answer yet: ref to tag. */
    readonly open: ReadonlyMap<bigint, number>;
    /** The last number seen in each room. */
    readonly seen: ReadonlyMap<string, bigint>;
    readonly lastRef: bigint;
}

/** The next state and what is to be done now, in this order. */
export interface ClientStep {
    readonly next: ClientSession;
    readonly effects: readonly ClientEffect[];
}

/** A connection that has just been made. */
export const newClientSession = (name: string | undefined): ClientSession => ({
    phase: "await-challenge",
    name,
    challenge: undefined,
    open: new Map(),
    seen: new Map(),
    lastRef: 0n,
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
    switch (body.case) {
        case "reply":
            return onReply(session, body.value);
        case "posted":
            return onPosted(session, body.value);
        case "privateMessage":
            return act(session, { type: "private-came", message: body.value });
        case "presence":
            return act(session, { type: "presence-came", presence: body.value });
        case "gap":
            return act(session, { type: "gap-came", gap: body.value });
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
    return act(
        { ...session, phase: "await-welcome", name, lastRef: ref },
        { type: "prove", challenge: session.challenge!, name, ref },
    );
}

function onWelcome(session: ClientSession, welcome: Welcome): ClientStep {
    const positions = welcome.rooms.flatMap(room => (room.position ? [room.position] : []));
    const seen = new Map(positions.map(position => [position.room, position.sequence]));
    if (seen.size < positions.length) return end(session, CloseReason.MALFORMED); // a room that stands at two numbers
    return act(
        {
            ...session,
            phase: "ready",
            name: welcome.you?.name ?? session.name,
            seen,
        },
        { type: "entered", welcome },
    );
}

function onHelloRefused(session: ClientSession, reply: Reply): ClientStep {
    return reply.ref === session.lastRef && reply.result.case === "refused"
        ? act(
              { ...session, phase: "await-name", name: undefined },
              { type: "need-name", refusal: reply.result.value },
          )
        : end(session, CloseReason.UNEXPECTED_FRAME);
}

function onAsk(session: ClientSession, tag: number, asked: ClientFrame): ClientStep {
    const ref = session.lastRef + 1n;
    return act(
        { ...session, lastRef: ref, open: new Map(session.open).set(ref, tag) },
        { type: "send", frame: create(ClientFrameSchema, { ref, body: asked.body }) },
    );
}

function onReply(session: ClientSession, reply: Reply): ClientStep {
    const tag = session.open.get(reply.ref);
    if (tag === undefined) return end(session, CloseReason.UNEXPECTED_FRAME);
    const open = new Map(session.open);
    open.delete(reply.ref);
    const name = reply.result.case === "renamed" ? reply.result.value.name : session.name;
    return act({ ...session, open, name }, { type: "answered", tag, reply });
}

/** A room's numbers rise; one that doesn't is a doubled or disordered delivery and the server's fault. */
function onPosted(session: ClientSession, post: Posted): ClientStep {
    const position = post.position;
    if (!position || position.sequence <= (session.seen.get(position.room) ?? 0n))
        return end(session, CloseReason.UNEXPECTED_FRAME);
    const seen = new Map(session.seen).set(position.room, position.sequence);
    return act({ ...session, seen }, { type: "posted", post });
}

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
            unanswered: [...session.open.values()].sort((left, right) => left - right),
        },
    ],
});
