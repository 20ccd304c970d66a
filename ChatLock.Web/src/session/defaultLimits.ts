/** What holds where a Challenge tells no limits. docs/PROTOCOL.md section 7. */

import { create } from "../wire/codec";
import type { Limits } from "../wire/generated/chatlock_pb";

export const DEFAULT_LIMITS: Limits = create("Limits", {
    frameMaxBytes: 65_536,
    textMaxBytes: 16_384,
    nameMaxCharacters: 32,
    helloTimeoutMs: 60_000,
    frameTimeoutMs: 10_000,
    silenceTimeoutMs: 60_000,
    pingAfterMs: 20_000,
    outboundMaxBytes: 262_144,
    postsPerSecond: 10,
    postsBurst: 50,
    roomsMax: 64,
    inFlightMax: 64,
    resumeWindowMs: 300_000,
    topicMaxBytes: 512,
});
