import { afterAll, describe, expect, test } from "vitest";
import { closeReasonName, refusalName } from "../../src/codes/codeNames";
import { toHex } from "../../src/crypto/bytes";
import { newClientSession, onClientInput, resumePointOf } from "../../src/session/clientSession";
import {
    NO_RESUME,
    type ClientEffect,
    type ClientInput,
    type ResumePoint,
} from "../../src/session/clientSessionMessages";
import { decodeClientFrame, decodeServerFrame, encodeClientFrame } from "../../src/wire/frames";
import { bytes, passed, readJson } from "../vectors";

interface Step {
    readonly input: {
        readonly type: ClientInput["type"];
        readonly frame?: string;
        readonly name?: string;
        readonly tag?: number;
    };
    readonly effects: readonly object[];
    readonly phase: string;
    readonly name: string | null;
    /** Only where the step changed it. */
    readonly resume?: Resume;
}

interface Resume {
    readonly token: string;
    readonly positions: readonly { room: string; epoch: string; sequence: string }[];
}

interface Script {
    readonly name: string;
    readonly start: string | null;
    readonly resume?: Resume;
    readonly steps: readonly Step[];
}

const FILE = "sessions/client.json";
const { scripts } = readJson<{ scripts: readonly Script[] }>(FILE);

describe("the client's table is C#'s, script by script", () => {
    let done = 0;
    afterAll(() => passed(FILE, done, scripts.length));

    test.each(scripts)("$name", ({ start, resume: from, steps }) => {
        let session = newClientSession(start ?? undefined, from ? readResume(from) : NO_RESUME);
        let resume = shownResume(resumePointOf(session));
        for (const [at, step] of steps.entries()) {
            const { next, effects } = onClientInput(session, inputOf(step.input));
            expect(
                effects.map(effect => shown(effect, next.name)),
                `effects of step ${at}`,
            ).toEqual(step.effects);
            expect([next.phase, next.name ?? null], `step ${at}`).toEqual([step.phase, step.name]);
            resume = step.resume ?? resume;
            expect(shownResume(resumePointOf(next)), `resume point of step ${at}`).toEqual(resume);
            session = next;
        }
        done++;
    });
});

function inputOf({ type, frame, name, tag }: Step["input"]): ClientInput {
    switch (type) {
        case "received":
            return { type, frame: decodeServerFrame(bytes(frame!))! };
        case "name-chosen":
            return { type, name: name! };
        case "ask":
            return { type, tag: tag!, frame: decodeClientFrame(bytes(frame!))! };
        default:
            return { type };
    }
}

function shown(effect: ClientEffect, name: string | undefined): object {
    const { type } = effect;
    switch (type) {
        case "prove":
            return { type, name: effect.name, ref: `${effect.ref}`, resume: shownResume(effect.resume) };
        case "send":
            return { type, frame: toHex(encodeClientFrame(effect.frame)) };
        case "need-name":
            return {
                type,
                ...(effect.refusal ? { code: refusalName(effect.refusal.code) } : {}),
                suggestions: effect.refusal?.suggestions ?? [],
            };
        case "entered":
            return { type, name, resumed: effect.welcome.resumed };
        case "room-entered":
            return { type, room: effect.info.position!.room };
        case "left-room":
            return { type, room: effect.left.room };
        case "answered":
        case "not-sent":
            return { type, tag: effect.tag };
        case "posted": {
            const { room, sequence } = effect.post.position!;
            return { type, room, sequence: `${sequence}` };
        }
        case "private-came":
            return { type: "private", sequence: `${effect.message.position!.sequence}` };
        case "presence-came":
            return { type: "presence" };
        case "gap-came":
            return { type: "gap", room: effect.gap.room };
        case "ended":
            return { type, reason: closeReasonName(effect.reason), unanswered: effect.unanswered };
    }
}

const readResume = ({ token, positions }: Resume): ResumePoint => ({
    token: bytes(token),
    positions: positions.map(({ room, epoch, sequence }) => ({
        room,
        epoch: BigInt(epoch),
        sequence: BigInt(sequence),
    })),
});

const shownResume = ({ token, positions }: ResumePoint): Resume => ({
    token: toHex(token),
    positions: positions.map(({ room, epoch, sequence }) => ({
        room,
        epoch: `${epoch}`,
        sequence: `${sequence}`,
    })),
});
