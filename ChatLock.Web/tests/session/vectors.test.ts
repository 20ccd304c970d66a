import { afterAll, describe, expect, test } from "vitest";
import { closeReasonName, refusalName } from "../../src/codes/codeNames";
import { toHex } from "../../src/crypto/bytes";
import { newClientSession, onClientInput } from "../../src/session/clientSession";
import type { ClientEffect, ClientInput } from "../../src/session/clientSessionMessages";
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
}

interface Script {
    readonly name: string;
    readonly start: string | null;
    readonly steps: readonly Step[];
}

const FILE = "sessions/client.json";
const { scripts } = readJson<{ scripts: readonly Script[] }>(FILE);

describe("the client's table is C#'s, script by script", () => {
    let done = 0;
    afterAll(() => passed(FILE, done, scripts.length));

    test.each(scripts)("$name", ({ start, steps }) => {
        let session = newClientSession(start ?? undefined);
        for (const [at, step] of steps.entries()) {
            const { next, effects } = onClientInput(session, inputOf(step.input));
            expect(
                effects.map(effect => shown(effect, next.name)),
                `effects of step ${at}`,
            ).toEqual(step.effects);
            expect([next.phase, next.name ?? null], `step ${at}`).toEqual([step.phase, step.name]);
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
            return { type, name: effect.name, ref: `${effect.ref}` };
        case "send":
            return { type, frame: toHex(encodeClientFrame(effect.frame)) };
        case "need-name":
            return {
                type,
                ...(effect.refusal ? { code: refusalName(effect.refusal.code) } : {}),
                suggestions: effect.refusal?.suggestions ?? [],
            };
        case "entered":
            return { type, name };
        case "answered":
        case "not-sent":
            return { type, tag: effect.tag };
        case "posted": {
            const { room, sequence } = effect.post.position!;
            return { type, room, sequence: `${sequence}` };
        }
        case "private-came":
        case "presence-came":
        case "gap-came":
            return { type: type.replace("-came", "") };
        case "ended":
            return { type, reason: closeReasonName(effect.reason), unanswered: effect.unanswered };
    }
}
