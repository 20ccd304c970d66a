/** What is remembered of servers and peers, and where it is kept. */

import { PeerPins, type PeerPin, type StoredPeers } from "./peerPins";
import { nameKey } from "./peerName";

export interface StoredPins {
    readonly peers: StoredPeers;
    /** Server ids by origin. */
    readonly servers: ReadonlyMap<string, string>;
    /** Of the latest write. */
    readonly order: number;
}

/** Where pins outlive the page. */
export interface PinDisk {
    read(): Promise<StoredPins>;
    /** @param pins by mapped name; undefined forgets one. @param order rises with each call. */
    writePeers(pins: ReadonlyMap<string, PeerPin | undefined>, order: number): Promise<void>;
    /** @param serverId 64 hexadecimal digits. */
    writeServer(origin: string, serverId: string): Promise<void>;
}

/** Pins in memory, written behind: a slow disk doesn't hold up a conversation. */
export class PinStore {
    #peers: PeerPins;
    #servers: Map<string, string>;
    readonly #disk: PinDisk | undefined;
    readonly #unwritten = new Map<string, PeerPin | undefined>();
    #writing: Promise<void> = Promise.resolve();
    #peersQueued = false;
    #order: number;
    #onFailure: (sentence: string) => void = () => {};

    /** @param stored what was read from that disk. @param disk undefined remembers nothing past the page. */
    constructor(stored: Partial<StoredPins> = {}, disk?: PinDisk) {
        this.#peers = new PeerPins(stored.peers);
        this.#servers = new Map(stored.servers);
        this.#disk = disk;
        this.#order = stored.order ?? 0;
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

    /** Takes in what other tabs have written: without it, whose key has changed since would look new. */
    refresh(): Promise<void> {
        const disk = this.#disk;
        // Between two writes, so that what is set meanwhile is still unwritten afterwards.
        if (disk)
            this.#writing = this.#writing
                .then(() => this.#refreshFrom(disk))
                .catch((failed: unknown) =>
                    this.#onFailure(`What other tabs remember can't be read: ${messageOf(failed)}`),
                );
        return this.#writing;
    }

    /** When all that was set is written, or couldn't be. */
    settled(): Promise<void> {
        return this.#writing;
    }

    async #refreshFrom(disk: PinDisk): Promise<void> {
        const { peers, servers, order } = await disk.read();
        this.#peers = new PeerPins(peers);
        for (const [name, pin] of this.#unwritten) if (pin) this.#peers.set(name, pin);
        this.#servers = new Map(servers);
        this.#order = Math.max(this.#order, order);
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
    `What is remembered of others can't be saved: ${messageOf(failed)}`;

const messageOf = (failed: unknown): string => (failed instanceof Error ? failed.message : String(failed));
