/** Signs Hellos and makes the keys of each session. */

import { generateAgreementKey } from "../crypto/agreement";
import { copyOf } from "../crypto/bytes";
import type { AgreementKey, SigningKey } from "../crypto/keys";
import { helloContext, sessionKeyContext } from "../identity/keyProof";
import { suites } from "../suites/list";
import { clientFrame } from "../wire/frames";
import type { Challenge, ClientFrame } from "../wire/generated/chatlock_pb";

/** What the page calls itself, at most 64 bytes. */
const SOFTWARE = "ChatLock.Web 0.1";

export interface Proven {
    readonly hello: ClientFrame;
    /** They open private messages: the new one first, then the last session's. */
    readonly sessionKeys: readonly AgreementKey[];
}

export class Prover {
    #connection = -1;
    #key: Promise<AgreementKey> | undefined;
    /** For what was sealed to it just before the connection was lost. */
    #before: Promise<AgreementKey> | undefined;

    constructor(private readonly identity: SigningKey) {}

    /** Asking again on the same connection, after a refused name, is still the same session.
     * @param connection a number of this connection's own. */
    async prove(connection: number, challenge: Challenge, name: string, ref: bigint): Promise<Proven> {
        if (connection !== this.#connection) {
            this.#connection = connection;
            this.#before = this.#key;
            this.#key = generateAgreementKey();
        }
        const [key, before] = [await this.#key!, await this.#before];
        const [nonce, serverId] = [copyOf(challenge.nonce), copyOf(challenge.serverId)];
        const hello = clientFrame({
            case: "hello",
            value: {
                identityKey: this.identity.point,
                name,
                signature: await this.identity.sign(helloContext(nonce, serverId, key.point, name)),
                sessionKey: key.point,
                sessionKeySignature: await this.identity.sign(sessionKeyContext(key.point)),
                suites: suites.map(suite => suite.id),
                client: SOFTWARE,
            },
        });
        hello.ref = ref;
        return { hello, sessionKeys: before ? [key, before] : [key] };
    }
}
