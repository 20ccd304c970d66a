/** Runs in the browser: each suite, to a room and privately. */

import { generateAgreementKey, generateSigningKey } from "../src/crypto/keys";
import type { Bytes, MessageHeader, MessageKind, Suite } from "../src/suites/contract";
import { suites } from "../src/suites/list";

/** Operations a second. */
export interface Speed {
    readonly what: string;
    readonly sequential: number;
    readonly parallel: number;
}

const textBytes = 200;
const inFlight = 8;
const rounds = 5;
const roundMs = 500;

export async function measure(): Promise<Speed[]> {
    const speeds = [];
    for (const suite of [...suites].reverse())
        for (const kind of ["post", "private"] as const)
            for (const { what, once } of await operations(suite, kind)) {
                await perSecond(once, 1);
                const [sequential, parallel] = [[] as number[], [] as number[]];
                for (let round = 0; round < rounds; round++) {
                    sequential.push(await perSecond(once, 1));
                    parallel.push(await perSecond(once, inFlight));
                }
                speeds.push({ what, sequential: middle(sequential), parallel: middle(parallel) });
            }
    return speeds;
}

async function operations(suite: Suite, kind: MessageKind) {
    const [alice, bob, session] = [
        await generateSigningKey(),
        await generateSigningKey(),
        await generateAgreementKey(),
    ];
    const [secret, salt, lobby] = [random(32), random(16), random(32)];
    const text = new TextEncoder().encode("x".repeat(textBytes));
    let counter = 0n;
    const header = (): MessageHeader => ({
        kind,
        target: kind === "post" ? lobby : bob.fingerprint,
        sender: alice.fingerprint,
        salt,
        counter: ++counter,
    });
    const seal = (to: MessageHeader) =>
        kind === "post"
            ? suite.sealForRoom(secret, alice, to, text)
            : suite.sealForPeer(session, alice, to, text);
    const known = header();
    const message = await seal(known);
    const open = () =>
        kind === "post"
            ? suite.openFromRoom(secret, alice, known, message)
            : suite.openFromPeer(session, alice, known, message);
    const where = `\`${suite.name}\`, ${kind === "post" ? "to all" : "private"}`;
    return [
        { what: `${where}: encrypted and signed`, once: async () => void (await seal(header())) },
        {
            what: `${where}: verified and decrypted`,
            once: async () => {
                if (!(await open()).ok) throw new Error("not what was sent");
            },
        },
    ];
}

async function perSecond(once: () => Promise<void>, lanes: number): Promise<number> {
    const begun = performance.now();
    let done = 0;
    const lane = async () => {
        for (; performance.now() - begun < roundMs; done++) await once();
    };
    await Promise.all(Array.from({ length: lanes }, lane));
    return (1000 * done) / (performance.now() - begun);
}

const random = (length: number): Bytes => crypto.getRandomValues(new Uint8Array(length));

const middle = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1]!;
