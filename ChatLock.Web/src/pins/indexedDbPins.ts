/** Pins in the browser's own database, one for each origin. */

import { answerOf, doneWith, openDatabase } from "../storage/database";
import type { PeerPin } from "./peerPins";
import { PinStore, type PinDisk, type StoredPins } from "./pinStore";

const DATABASE = "chatlock-pins";
const VERSION = 1;
const PEERS = "peers";
const SERVERS = "servers";

interface PeerRow {
    /** Mapped. */
    readonly name: string;
    readonly key: string;
    readonly isVerified: boolean;
    /** Rises; the order of pinning. */
    readonly order: number;
}

interface ServerRow {
    readonly origin: string;
    readonly serverId: string;
}

/** Reads what is remembered.
 * @throws DOMException where the browser keeps nothing for this page; skipping what can't be read would make a changed
 * key look like a new one. */
export async function openPins(factory: IDBFactory = indexedDB): Promise<PinStore> {
    const disk = new IndexedDbDisk(await open(factory));
    return new PinStore(await disk.read(), disk);
}

class IndexedDbDisk implements PinDisk {
    constructor(private readonly database: IDBDatabase) {}

    async read(): Promise<StoredPins> {
        const transaction = this.database.transaction([PEERS, SERVERS], "readonly");
        const [peers, servers] = await Promise.all([
            answerOf<PeerRow[]>(transaction.objectStore(PEERS).getAll()),
            answerOf<ServerRow[]>(transaction.objectStore(SERVERS).getAll()),
        ]);
        const inOrder = peers.sort((left, right) => left.order - right.order);
        return {
            peers: inOrder.map(({ name, key, isVerified }) => [name, { key, isVerified }]),
            servers: new Map(servers.map(({ origin, serverId }) => [origin, serverId])),
            order: inOrder.at(-1)?.order ?? 0,
        };
    }

    async writePeers(pins: ReadonlyMap<string, PeerPin | undefined>, order: number): Promise<void> {
        const transaction = this.database.transaction(PEERS, "readwrite");
        const rows = transaction.objectStore(PEERS);
        for (const [name, pin] of pins) {
            if (pin) rows.put({ name, ...pin, order } satisfies PeerRow);
            else rows.delete(name);
        }
        await doneWith(transaction);
    }

    async writeServer(origin: string, serverId: string): Promise<void> {
        const transaction = this.database.transaction(SERVERS, "readwrite");
        transaction.objectStore(SERVERS).put({ origin, serverId } satisfies ServerRow);
        await doneWith(transaction);
    }
}

const open = (factory: IDBFactory): Promise<IDBDatabase> =>
    openDatabase(factory, DATABASE, VERSION, database => {
        database.createObjectStore(PEERS, { keyPath: "name" });
        database.createObjectStore(SERVERS, { keyPath: "origin" });
    });
