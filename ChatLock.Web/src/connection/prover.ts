/** Signs Hellos. */

import { copyOf } from "../crypto/bytes";
import type { AgreementKey, SigningKey } from "../crypto/keys";
import { helloContext } from "../identity/keyProof";
import { SESSION_KEY_DAY_MS, type SessionKey, type SessionKeys } from "../identity/sessionKeys";
import type { ClientEffect } from "../session/clientSessionMessages";
import { suites } from "../suites/list";
import { clientFrame } from "../wire/frames";
import type { ClientFrame } from "../wire/generated/chatlock_pb";

/** What the page calls itself, at most 64 bytes. */
const SOFTWARE = "ChatLock.Web 0.1";

export interface Proven {
    readonly hello: ClientFrame;
    /** They open private messages: the present one first, then those before it. */
    readonly sessionKeys: readonly AgreementKey[];
    /** When the present one must make room for another. */
    readonly renewAtUnixMs: number;
}

export class Prover {
    #connection = -1;
    #keys: Promise<readonly SessionKey[]> = Promise.resolve([]);

    constructor(
        private readonly identity: SigningKey,
        private readonly sessionKeys: SessionKeys,
    ) {}

    /** Asking again on the same connection, after a refused name or a session that can't go on, is done with the same key.
     * @param connection a number of this connection's own. */
    async prove(
        connection: number,
        { challenge, name, ref, resume }: Extract<ClientEffect, { type: "prove" }>,
    ): Promise<Proven> {
        if (connection !== this.#connection) {
            this.#connection = connection;
            // One call at a time, also when one connection follows another faster than keys are made.
            this.#keys = this.#keys.then(() => this.sessionKeys.present());
        }
        const sessionKeys = await this.#keys;
        const key = sessionKeys[0]!;
        const [nonce, serverId] = [copyOf(challenge.nonce), copyOf(challenge.serverId)];
        const hello = clientFrame({
            case: "hello",
            value: {
                identityKey: this.identity.point,
                name,
                signature: await this.identity.sign(helloContext(nonce, serverId, key.point, name)),
                sessionKey: key.point,
                sessionKeySignature: key.signature,
                sessionKeyMadeUnixMs: BigInt(key.madeUnixMs),
                suites: suites.map(suite => suite.id),
                client: SOFTWARE,
                resumeToken: resume.token,
                positions: [...resume.positions],
            },
        });
        hello.ref = ref;
        return { hello, sessionKeys, renewAtUnixMs: key.madeUnixMs + SESSION_KEY_DAY_MS };
    }
}
