/** Puts the page together: identity, pins, client and store, and starts over when the identity is replaced. */

import { signal } from "@preact/signals";
import { render } from "preact";
import { createClient } from "../client/clientRoot";
import { serverOf } from "../client/clientOptions";
import { onWakeUps } from "../connection/wakeUps";
import {
    importIdentity,
    openIdentity,
    replaceIdentity,
    type IdentityAnswer,
    type OpenIdentity,
} from "../identity/identity";
import { memoryIdentityStore, type IdentityStore } from "../identity/identityStore";
import { indexedDbIdentityStore } from "../identity/indexedDbStore";
import { toHex } from "../crypto/bytes";
import { indexedDbKeyShelf } from "../storage/keyShelf";
import { openPins } from "../pins/indexedDbPins";
import { PinStore } from "../pins/pinStore";
import { StoreContext } from "./context";
import { IdentityContext, type IdentityActions, type ImportOutcome } from "./identityActions";
import { takeFragment } from "./invite";
import { keepResume, recallResume } from "./resumeStorage";
import { App } from "./parts/App";
import { Problem, type Choice } from "./parts/Problem";
import { keep, recall } from "./storage";
import { ChatStore } from "./store/chatStore";
import { tabNameKey, watch } from "./watch";

const keyShelf = indexedDbKeyShelf();

export class Start {
    private identities: IdentityStore = indexedDbIdentityStore();
    /** Nothing is kept: the browser doesn't, or what it kept can't be read and the user goes on without. */
    private isForgetful = false;
    private readonly link = takeFragment(location, history);
    private isFirstRun = true;
    private end: () => Promise<void> = () => Promise.resolve();

    constructor(private readonly root: HTMLElement) {}

    async begin(): Promise<void> {
        if (!globalThis.isSecureContext) return this.show("insecure-page", []);
        this.go(await openIdentity(this.identities));
    }

    private go(answer: IdentityAnswer): void {
        if (answer.ok) void this.run(answer);
        else this.show(answer.failure, this.choicesFor(answer.failure));
    }

    private choicesFor(failure: Extract<IdentityAnswer, { ok: false }>["failure"]): Choice[] {
        switch (failure) {
            case "unavailable":
            case "full":
                return [{ label: "Go on for this tab", act: () => void this.goOnInMemory() }];
            case "corrupt":
                return [
                    {
                        label: "Make a new key",
                        act: () => void replaceIdentity(this.identities).then(made => this.go(made)),
                    },
                ];
            case "blocked":
            case "newer-version":
                return [{ label: "Reload", act: () => location.reload() }];
        }
    }

    private async goOnInMemory(): Promise<void> {
        this.identities = memoryIdentityStore();
        this.isForgetful = true;
        this.go(await openIdentity(this.identities));
    }

    private async run(identity: OpenIdentity): Promise<void> {
        await this.end();
        // A browser that is short of room begins with pages that didn't ask. A refusal changes nothing.
        if (identity.isNew) void navigator.storage?.persist?.().catch(() => false);
        const store = new ChatStore();
        const pins = await this.pins(store);
        if (pins === undefined) return this.show("pins", this.choicesWithoutPins(identity));
        const { serverId, room, name } = this.link;
        if (serverId === "damaged")
            store.tell(
                "The link's fingerprint is cut or mistyped. Ask for the link again to be sure of the server.",
                "warning",
            );
        const client = createClient({
            server: serverOf(location),
            identity: identity.identity,
            pins,
            listener: store.on,
            name: recall("sessionStorage", tabNameKey),
            expectedServerId: serverId === "damaged" ? undefined : serverId,
            resume: recallResume(toHex(identity.fingerprint)),
            ...(this.isForgetful ? {} : { sessionKeys: keyShelf, rooms: keyShelf }),
            wakeUps: wake => onWakeUps({ window, document }, wake),
        });
        store.attach(client);
        // Once one is in: the name comes first.
        if (room !== undefined && this.isFirstRun) store.panel.value = { kind: "join", target: room, name };
        this.isFirstRun = false;
        this.end = watch(store, client, toHex(identity.fingerprint), pins);
        this.draw(store, this.actions(identity, store));
        store.send({ type: "use-suite" });
        store.send({ type: "connect" });
    }

    /** Undefined when they can't be read: without them a changed key would look like a new one, so the user is asked. */
    private async pins(store: ChatStore): Promise<PinStore | undefined> {
        if (this.isForgetful) {
            store.tell(
                "This browser keeps nothing for this page: whom you have met and verified is forgotten with the tab.",
                "warning",
            );
            return new PinStore();
        }
        try {
            return await openPins();
        } catch (closed) {
            if (!(closed instanceof DOMException)) throw closed;
            return undefined;
        }
    }

    private choicesWithoutPins(identity: OpenIdentity): Choice[] {
        const goOn = () => {
            this.isForgetful = true;
            void this.run(identity);
        };
        return [
            { label: "Reload", act: () => location.reload() },
            { label: "Go on: everyone counts as new", act: goOn },
        ];
    }

    private actions(identity: OpenIdentity, store: ChatStore): IdentityActions {
        const replaceWith = async (
            make: () => Promise<Awaited<ReturnType<typeof importIdentity>>>,
        ): Promise<ImportOutcome> => {
            if (store.own.unsafe.peek() > 0) return "waiting";
            const made = await make();
            if (!made.ok) return outcomeOf(made.failure);
            keep("sessionStorage", tabNameKey, undefined);
            keepResume(undefined);
            await this.run(made);
            return "done";
        };
        return {
            canExport: signal(identity.canExport),
            exportBackup: passphrase => identity.backup!.export(passphrase),
            importBackup: (file, passphrase) =>
                replaceWith(() => importIdentity(this.identities, file, passphrase)),
            replaceIdentity: () => replaceWith(() => replaceIdentity(this.identities)),
        };
    }

    private draw(store: ChatStore, actions: IdentityActions): void {
        render(null, this.root);
        render(
            <StoreContext.Provider value={store}>
                <IdentityContext.Provider value={actions}>
                    <App />
                </IdentityContext.Provider>
            </StoreContext.Provider>,
            this.root,
        );
    }

    private show(problem: Parameters<typeof Problem>[0]["of"], choices: readonly Choice[]): void {
        render(<Problem of={problem} choices={choices} />, this.root);
    }
}

function outcomeOf(
    failure: Extract<Awaited<ReturnType<typeof importIdentity>>, { ok: false }>["failure"],
): ImportOutcome {
    switch (failure) {
        case "wrong-passphrase":
            return "wrong-passphrase";
        case "unavailable":
        case "blocked":
        case "full":
        case "corrupt":
            return "not-saved";
        default:
            return "damaged";
    }
}
