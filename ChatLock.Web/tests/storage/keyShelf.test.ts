import { IDBFactory } from "fake-indexeddb";
import { beforeEach, expect, test } from "vitest";
import { indexedDbKeyShelf } from "../../src/storage/keyShelf";
import type { KeptRoom } from "../../src/rooms/roomShelf";

let factory: IDBFactory;

beforeEach(() => {
    factory = new IDBFactory();
});

async function attic(room = `~${"a".repeat(64)}`): Promise<KeptRoom> {
    const secret = await crypto.subtle.importKey("raw", new Uint8Array(32), "HKDF", false, ["deriveBits"]);
    return { room, name: "Attic", suite: 2, owner: new Uint8Array(32).fill(3), secret };
}

test("a room's key outlives the page, can be used and can't be read out", async () => {
    await indexedDbKeyShelf(factory).keepRoom(await attic());
    const [kept] = await indexedDbKeyShelf(factory).rooms();
    expect(kept).toMatchObject({ name: "Attic", suite: 2 });
    expect(kept!.secret.extractable).toBe(false);
    await expect(crypto.subtle.exportKey("raw", kept!.secret)).rejects.toThrow();
    const salt = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: new Uint8Array() };
    expect((await crypto.subtle.deriveBits(salt, kept!.secret, 256)).byteLength).toBe(32);
});

test("a room is kept once, under its latest name, until it is forgotten", async () => {
    const shelf = indexedDbKeyShelf(factory);
    const room = await attic();
    await shelf.keepRoom(room);
    await shelf.keepRoom({ ...room, name: "Loft" });
    expect((await shelf.rooms()).map(({ name }) => name)).toEqual(["Loft"]);
    await shelf.forgetRoom(room.room);
    expect(await shelf.rooms()).toEqual([]);
});

test("what isn't a room is left out, and the others are still of use", async () => {
    const shelf = indexedDbKeyShelf(factory);
    const room = await attic();
    await shelf.keepRoom(room);
    await shelf.keepRoom({ ...room, room: "#garden" });
    await shelf.keepRoom({ ...room, room: `~${"b".repeat(64)}`, secret: "none" as unknown as CryptoKey });
    expect((await shelf.rooms()).map(one => one.room)).toEqual([room.room]);
});

test("a browser without a database says so as one that refuses", async () => {
    const shelf = indexedDbKeyShelf(null as unknown as IDBFactory);
    await expect(shelf.rooms()).rejects.toBeInstanceOf(DOMException);
});
