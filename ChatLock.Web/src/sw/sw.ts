/** The page's shell, kept so that an installed page opens without a network and says so itself. Never a message, never
 * an answer of the gateway's other than its own files. */

export {};

interface WorkerScope {
    addEventListener(type: "install" | "activate", listener: (event: LifeEvent) => void): void;
    addEventListener(type: "fetch", listener: (event: RequestEvent) => void): void;
    skipWaiting(): Promise<void>;
    readonly clients: { claim(): Promise<void> };
    readonly location: Location;
}
interface LifeEvent {
    waitUntil(work: Promise<unknown>): void;
}
interface RequestEvent {
    readonly request: Request;
    respondWith(answer: Promise<Response>): void;
}

const worker = self as unknown as WorkerScope;
const shell = "chatlock-shell-1";
/** Files kept; a new version's files take the place of the oldest. */
const filesMax = 60;

worker.addEventListener("install", event => {
    event.waitUntil(
        caches
            .open(shell)
            .then(cache => cache.add("/"))
            .then(() => worker.skipWaiting()),
    );
});

worker.addEventListener("activate", event => {
    event.waitUntil(dropOthers().then(() => worker.clients.claim()));
});

worker.addEventListener("fetch", event => {
    const { request } = event;
    const url = new URL(request.url);
    if (request.method !== "GET" || url.origin !== worker.location.origin) return;
    if (url.pathname.startsWith("/assets/") || url.pathname.startsWith("/icons/"))
        event.respondWith(kept(request));
    else if (request.mode === "navigate" && url.pathname === "/") event.respondWith(fresh(request));
});

/** Hashed names never change: what is kept is right. */
async function kept(request: Request): Promise<Response> {
    const cache = await caches.open(shell);
    const found = await cache.match(request);
    if (found) return found;
    const answer = await fetch(request);
    if (answer.ok) {
        await cache.put(request, answer.clone());
        await trim(cache);
    }
    return answer;
}

/** The gateway's page when it answers, else the one it had last. */
async function fresh(request: Request): Promise<Response> {
    const cache = await caches.open(shell);
    try {
        const answer = await fetch(request);
        if (answer.ok) await cache.put("/", answer.clone());
        // A proxy that doesn't reach its gateway says so with a page of its own.
        return answer.status < 500 ? answer : ((await cache.match("/")) ?? answer);
    } catch (offline) {
        const found = await cache.match("/");
        if (found) return found;
        throw offline;
    }
}

async function dropOthers(): Promise<void> {
    for (const name of await caches.keys()) if (name !== shell) await caches.delete(name);
}

async function trim(cache: Cache): Promise<void> {
    const files = await cache.keys();
    for (const file of files.slice(0, Math.max(0, files.length - filesMax)))
        if (new URL(file.url).pathname !== "/") await cache.delete(file);
}
