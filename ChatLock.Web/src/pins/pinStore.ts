/** What is remembered of servers and peers, and where it is kept. */

import { PeerPins, type PeerPin, type StoredPeers } from "./peerPins";
import { nameKey } from "./peerName";

/** Where pins outlive the page. */
export interface PinDisk {
    /** @param pins by mapped name; undefined forgets one. @param order rises with each call. */
    writePeers(pins: ReadonlyMap<string, PeerPin | undefined>, order: number): Promise<void>;
    /** @param serverId 64 hexadecimal digits. */
    writeServer(origin: string, serverId: string): Promise<void>;
}

/** Pins in memory, written behind: a slow disk doesn't hold up a conversation. */
export class PinStore {
    readonly #peers: PeerPins;
    readonly #servers: Map<string, string>;
    readonly #disk: PinDisk | undefined;
    readonly #unwritten = new Map<string, PeerPin | undefined>();
    #writing: Promise<void> = Promise.resolve();
    #peersQueued = false;
    #order: number;
    #onFailure: (sentence: string) => void = () => {};

    /** @param disk undefined remembers nothing past the page: for tests.
     * @param order of the latest write to that disk. */
    constructor(
        peers: StoredPeers = [],
        servers: ReadonlyMap<string, string> = new Map(),
        disk?: PinDisk,
        order = 0,
    ) {
        this.#peers = new PeerPins(peers);
        this.#servers = new Map(servers);
        this.#disk = disk;
        this.#order = order;
    }

    get peers(): Pick<PeerPins, "find" | "nameOf" | "standing" | "all"> {
        return this.#peers;
    }

    /** The server id that was pinned for an origin, 64 hexadecimal digits. */
    serverOf(origin: string): string | undefined {
        return this.#servers.get(origin);
    }

    /** Whom to tell when something couldn't be written. */
    onFailure(told: (sentence: string) => void): void {
        this.#onFailure = told;
    }

    setPeer(name: string, pin: PeerPin): void {
        const forgotten = this.#peers.set(name, pin);
        if (!this.#disk) return;
        this.#unwritten.set(nameKey(name), pin);
        if (forgotten !== undefined) this.#unwritten.set(forgotten, undefined);
        if (this.#peersQueued) return;
        this.#peersQueued = true;
        this.#write(disk => this.#writePeers(disk));
    }

    setServer(origin: string, serverId: string): void {
        this.#servers.set(origin, serverId);
        this.#write(disk => disk.writeServer(origin, serverId));
    }

    /** When all that was set is written, or couldn't be. */
    settled(): Promise<void> {
        return this.#writing;
    }

    #write(action: (disk: PinDisk) => Promise<void>): void {
        const disk = this.#disk;
        if (disk)
            this.#writing = this.#writing
                .then(() => action(disk))
                .catch((failed: unknown) => this.#onFailure(sentenceOf(failed)));
    }

    /** A hundred new peers at once are one write or two: those that wait are in the next one, and so are those that
     * couldn't be written. */
    async #writePeers(disk: PinDisk): Promise<void> {
        const pins = new Map(this.#unwritten);
        this.#unwritten.clear();
        this.#peersQueued = false;
        try {
            await disk.writePeers(pins, ++this.#order);
        } catch (failed) {
            for (const [name, pin] of pins) if (!this.#unwritten.has(name)) this.#unwritten.set(name, pin);
            throw failed;
        }
    }
}

const sentenceOf = (failed: unknown): string =>
    `What is remembered of others can't be saved: ${failed instanceof Error ? failed.message : String(failed)}`;
