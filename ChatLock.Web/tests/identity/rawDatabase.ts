/** The identity's database as anyone else sees it. */

export async function rawRead(factory: IDBFactory): Promise<unknown> {
    const database = await openRaw(factory);
    const request = database.transaction("identity").objectStore("identity").get("own");
    const found = await settled(request);
    database.close();
    return found;
}

export async function rawWrite(factory: IDBFactory, record: unknown): Promise<void> {
    const database = await openRaw(factory);
    const request = database.transaction("identity", "readwrite").objectStore("identity").put(record, "own");
    await settled(request);
    database.close();
}

export function openRaw(factory: IDBFactory, version = 1): Promise<IDBDatabase> {
    const request = factory.open("chatlock", version);
    request.onupgradeneeded = () => {
        if (!request.result.objectStoreNames.contains("identity"))
            request.result.createObjectStore("identity");
    };
    return settled(request);
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
    return new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error("no reason given"));
    });
}
