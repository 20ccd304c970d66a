/** A gateway and terminal clients as a user starts them, each with a data folder of its own. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Child } from "./process";

const root = resolve(import.meta.dirname, "../../..");
const configuration = process.env["CHATLOCK_CONFIGURATION"] ?? "Release";
const program = (project: string, dll: string) => join(root, project, "bin", configuration, "net10.0", dll);

export class Gateway {
    private readonly clients: Child[] = [];

    private constructor(
        private child: Child,
        private readonly folder: string,
        private readonly settings: readonly string[],
        /** http://127.0.0.1:PORT */
        readonly page: string,
        /** 127.0.0.1:PORT, for terminal clients. */
        readonly terminal: string,
    ) {}

    /** Without a word about it, whoever leaves is gone at once, and the name is free: a test doesn't wait for the one before. */
    static async start(...wanted: string[]): Promise<Gateway> {
        const settings = [...forgetful.filter(([name]) => !wanted.includes(name!)).flat(), ...wanted];
        const folder = mkdtempSync(join(tmpdir(), "chatlock-browser-"));
        const free = ["--listen.page", "127.0.0.1:0", "--listen.tcp", "127.0.0.1:0"];
        const { child, page, terminal } = await run(folder, [...free, ...settings]);
        return new Gateway(child, folder, settings, page, terminal);
    }

    /** Where it keeps what it stores. */
    get data(): string {
        return join(this.folder, "gateway");
    }

    get log(): string {
        return this.child.everything;
    }

    get pid(): number {
        return this.child.pid;
    }

    /** kill -9: nobody is told. */
    async kill(): Promise<void> {
        await this.child.kill();
    }

    /** The same node again: the same data folder, the same addresses. */
    async restart(): Promise<void> {
        const same = ["--listen.page", new URL(this.page).host, "--listen.tcp", this.terminal];
        this.child = (await run(this.folder, [...same, ...this.settings])).child;
    }

    /** A terminal client in the lobby under this name. */
    async join(name: string, ...more: string[]): Promise<Child> {
        const data = join(this.folder, `client-${name}`);
        const args = ["join", this.terminal, "--name", name, "--plain", "--data", data, ...more];
        const client = new Child("dotnet", [program("ChatLock.ConsoleClient", "chatlock.dll"), ...args]);
        this.clients.push(client);
        await client.read(`as ${name}`);
        return client;
    }

    /** Ends the terminal clients that still run. */
    async dismissClients(): Promise<void> {
        await Promise.all(this.clients.splice(0).map(client => client.kill()));
    }

    async stop(): Promise<void> {
        await this.dismissClients();
        await this.child.kill("SIGTERM");
        rmSync(this.folder, { recursive: true, force: true });
    }
}

const forgetful = [
    ["--limits.resume-window", "0s"],
    ["--names.reserve-for", "0s"],
];

/** As it is for users: sessions outlive their connections, names and mailboxes their sessions. */
export const lasting = ["--limits.resume-window", "300s", "--names.reserve-for", "30d"];

async function run(folder: string, settings: readonly string[]) {
    const child = new Child("dotnet", [
        program("ChatLock.Gateway", "chatlock-gateway.dll"),
        ...["--data-folder", join(folder, "gateway"), "--listen.tcp-plain", ""],
        ...(settings.includes("--listen.page-tls") ? [] : ["--listen.page-tls", ""]),
        ...settings,
    ]);
    const page = /http:\/\/127\.0\.0\.1:\d+/.exec(await child.read("in a browser"))![0];
    const terminal = /127\.0\.0\.1:\d+/.exec(await child.read("on this machine:"))![0];
    await child.read("fingerprint"); // the last line: all that it prints at its start is in the log now
    return { child, page, terminal };
}
