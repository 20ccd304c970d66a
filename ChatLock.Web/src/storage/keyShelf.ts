/** Session keys and rooms' secrets in a database beside the identity's: as keys that can be used here and read out nowhere. */

import { copyOf } from "../crypto/bytes";
import { isPoint } from "../crypto/p256";
import type { SessionKey, SessionKeyShelf } from "../identity/sessionKeys";
import { roomKindOf } from "../rooms/roomId";
import type { KeptRoom, RoomShelf } from "../rooms/roomShelf";
import { answerOf, doneWith, openDatabase } from "./database";

const DATABASE = "chatlock-keys";
const VERSION = 1;
const SESSIONS = "session-keys";
const ROOMS = "rooms";

/** Each call opens the database and closes it again, so that tabs don't block each other.
 * @param factory undefined where there is none: then every call fails as it does where the browser refuses. */
export function indexedDbKeyShelf(
    factory: IDBFactory | undefined = globalThis.indexedDB,
): SessionKeyShelf & RoomShelf {
    const transact = async <T>(
        store: string,
        mode: IDBTransactionMode,
        act: (store: IDBObjectStore) => T | Promise<T>,
    ): Promise<T> => {
        if (!factory) throw new DOMException("there is no IndexedDB here", "NotSupportedError");
        const database = await openDatabase(factory, DATABASE, VERSION, made => {
            made.createObjectStore(SESSIONS, { keyPath: ["identity", "madeUnixMs"] });
            made.createObjectStore(ROOMS, { keyPath: "room" });
        });
        try {
            const transaction = database.transaction(store, mode, { durability: "strict" });
            const done = doneWith(transaction);
            const [answer] = await Promise.all([act(transaction.objectStore(store)), done]);
            return answer;
        } finally {
            database.close();
        }
    };
    return {
        load: identity =>
            transact(SESSIONS, "readonly", async store =>
                (await answerOf<unknown[]>(store.getAll())).flatMap(row =>
                    fieldsOf(row)["identity"] === identity ? sessionKeyOf(row) : [],
                ),
            ),
        replace: (identity, added, removed) =>
            transact(SESSIONS, "readwrite", store => {
                store.put({ identity, ...added });
                for (const { madeUnixMs } of removed) store.delete([identity, madeUnixMs]);
            }),
        rooms: () =>
            transact(ROOMS, "readonly", async store =>
                (await answerOf<unknown[]>(store.getAll())).flatMap(roomOf),
            ),
        keepRoom: room => transact(ROOMS, "readwrite", store => void store.put(room)),
        forgetRoom: room => transact(ROOMS, "readwrite", store => void store.delete(room)),
    };
}

/** One or none: what isn't what was stored is left out, and the others are still of use. */
function sessionKeyOf(row: unknown): SessionKey[] {
    const { madeUnixMs, point, publicKey, privateKey, signature } = fieldsOf(row);
    return typeof madeUnixMs === "number" &&
        point instanceof Uint8Array &&
        isPoint(point) &&
        signature instanceof Uint8Array &&
        isKey(publicKey, "public", "ECDH") &&
        isKey(privateKey, "private", "ECDH")
        ? [{ madeUnixMs, point: copyOf(point), publicKey, privateKey, signature: copyOf(signature) }]
        : [];
}

function roomOf(row: unknown): KeptRoom[] {
    const { room, name, suite, owner, secret } = fieldsOf(row);
    return typeof room === "string" &&
        roomKindOf(room) === "sealed" &&
        typeof name === "string" &&
        typeof suite === "number" &&
        owner instanceof Uint8Array &&
        isKey(secret, "secret", "HKDF")
        ? [{ room, name, suite, owner: copyOf(owner), secret }]
        : [];
}

const fieldsOf = (row: unknown): Readonly<Record<string, unknown>> =>
    typeof row === "object" && row !== null ? { ...row } : {};

const isKey = (value: unknown, type: KeyType, algorithm: string): value is CryptoKey =>
    value instanceof CryptoKey && value.type === type && value.algorithm.name === algorithm;
