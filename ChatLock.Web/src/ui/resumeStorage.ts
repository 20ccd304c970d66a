/** Where this tab stood, over a reload: the token of its session and its positions. In sessionStorage, so that another tab doesn't
 * take them; the token is good once, and only together with the identity key. */

import { fromHex, toHex } from "../crypto/bytes";
import type { ResumePoint } from "../session/clientSessionMessages";
import type { Standing } from "../session/clientSessionPositions";
import { keep, recall } from "./storage";

const key = "chatlock.resume";

const TOKEN_BYTES = 16;

interface Kept {
    /** Fingerprint of the identity that it is about. */
    readonly identity: string;
    readonly point: ResumePoint;
}

export function keepResume(kept: Kept | undefined): void {
    if (!kept) return keep("sessionStorage", key, undefined);
    const { identity, point } = kept;
    const positions = point.positions.map(({ room, epoch, sequence }) => [room, `${epoch}`, `${sequence}`]);
    keep("sessionStorage", key, JSON.stringify({ identity, token: toHex(point.token), positions }));
}

/** Undefined for another identity, and for anything that isn't what was kept. */
export function recallResume(identity: string): ResumePoint | undefined {
    const kept = parsed(recall("sessionStorage", key));
    const token = typeof kept?.["token"] === "string" ? fromHex(kept["token"]) : undefined;
    const positions = kept?.["positions"];
    if (kept?.["identity"] !== identity || !token || !Array.isArray(positions)) return undefined;
    const standings = positions.map(standingOf);
    const isWhole = (token.length === 0 || token.length === TOKEN_BYTES) && standings.every(one => one);
    return isWhole ? { token, positions: standings as Standing[] } : undefined;
}

function standingOf(row: unknown): Standing | undefined {
    if (!Array.isArray(row)) return undefined;
    const [room, epoch, sequence]: unknown[] = row;
    return typeof room === "string" && isNumber(epoch) && isNumber(sequence)
        ? { room, epoch: BigInt(epoch), sequence: BigInt(sequence) }
        : undefined;
}

const isNumber = (value: unknown): value is string => typeof value === "string" && /^\d{1,20}$/.test(value);

function parsed(text: string | undefined): Readonly<Record<string, unknown>> | undefined {
    try {
        const value: unknown = text === undefined ? undefined : JSON.parse(text);
        return typeof value === "object" && value !== null ? { ...value } : undefined;
    } catch (thrown) {
        if (thrown instanceof SyntaxError) return undefined;
        throw thrown;
    }
}
