/** A TCP proxy before a gateway that can do what networks do: stop forwarding without closing anything, and cut. */

import { connect, createServer, type Server, type Socket } from "node:net";

interface Pair {
    readonly client: Socket;
    readonly upstream: Socket;
}

export class Proxy {
    private readonly pairs = new Set<Pair>();
    private isFrozen = false;

    private constructor(
        private readonly server: Server,
        /** http://127.0.0.1:PORT, for browsers. */
        readonly page: string,
    ) {}

    /** @param page the gateway's: http://127.0.0.1:PORT. */
    static async before(page: string): Promise<Proxy> {
        const target = new URL(page);
        const server = createServer({ pauseOnConnect: true });
        await new Promise<void>(resolve => server.listen(0, "127.0.0.1", resolve));
        const address = server.address();
        if (address === null || typeof address === "string") throw new Error("the proxy has no port");
        const proxy = new Proxy(server, `http://127.0.0.1:${address.port}`);
        server.on("connection", client => proxy.join(client, Number(target.port)));
        return proxy;
    }

    /** Nothing goes through any more, in either direction, and nobody is told. */
    freeze(): void {
        this.isFrozen = true;
        for (const pair of this.pairs) halt(pair);
    }

    /** The frozen connections are reset on the client's side. What the server said into them is lost; it finds out by itself. New
     * ones go through. */
    cut(): void {
        this.isFrozen = false;
        for (const { client } of this.pairs) client.resetAndDestroy();
    }

    async stop(): Promise<void> {
        for (const { client, upstream } of this.pairs) {
            client.destroy();
            upstream.destroy();
        }
        await new Promise(resolve => this.server.close(resolve));
    }

    private join(client: Socket, port: number): void {
        const upstream = connect(port, "127.0.0.1");
        const pair = { client, upstream };
        this.pairs.add(pair);
        const [there, back] = [client, upstream];
        // A cut on one side is not seen on the other as long as it is frozen, nor for as long as the test lasts.
        for (const socket of [there, back]) socket.on("error", () => {});
        client.on("data", bytes => upstream.write(bytes));
        upstream.on("data", bytes => client.destroyed || client.write(bytes));
        client.on("end", () => upstream.end());
        upstream.on("close", () => {
            client.destroy();
            this.pairs.delete(pair);
        });
        if (this.isFrozen) halt(pair);
        else client.resume();
    }
}

function halt({ client, upstream }: Pair): void {
    client.pause();
    upstream.pause();
}
