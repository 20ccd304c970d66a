/** IndexedDB as promises, no more than is used. What fails is a DOMException. */

/** @param upgrade makes what a database of this version has. */
export function openDatabase(
    factory: IDBFactory,
    name: string,
    version: number,
    upgrade: (database: IDBDatabase) => void,
): Promise<IDBDatabase> {
    const request = factory.open(name, version);
    request.onupgradeneeded = () => upgrade(request.result);
    return answerOf(request);
}

export const answerOf = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error!);
    });

/** What is told to be stored is stored. */
export const doneWith = (transaction: IDBTransaction): Promise<void> =>
    new Promise((resolve, reject) => {
        transaction.oncomplete = () => resolve();
        transaction.onabort = () => reject(transaction.error!);
    });
