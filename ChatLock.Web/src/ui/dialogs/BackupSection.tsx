/** Taking the identity to another browser: a file under a passphrase, by explicit act. */

import { useSignal } from "@preact/signals";
import { fromHex } from "../../crypto/bytes";
import { backupFileName } from "../../identity/backup";
import { useStore } from "../context";
import { useIdentity, type ImportOutcome } from "../identityActions";

/** Characters; the passphrase is all that protects the file. */
const passphraseLeast = 12;

const outcomes: Record<Exclude<ImportOutcome, "done">, string> = {
    "wrong-passphrase": "That isn't this file's passphrase.",
    damaged: "This isn't a ChatLock backup, or it is damaged.",
    waiting: "Messages of yours still wait to be sent. Change the identity when they have gone.",
    "not-saved": "This browser doesn't keep the key: its storage is full or closed to this page.",
};

export function BackupSection() {
    const identity = useIdentity();
    return (
        <>
            {identity.canExport.value ? <Export /> : <NoExport />}
            <Import />
        </>
    );
}

function Export() {
    const identity = useIdentity();
    const store = useStore();
    const passphrase = useSignal("");
    const isBusy = useSignal(false);
    const save = async () => {
        isBusy.value = true;
        const text = await identity.exportBackup(passphrase.peek());
        download(text, backupFileName(fromHex(store.you.peek()!.key)!));
        passphrase.value = "";
        isBusy.value = false;
        store.toast.value = "The backup is saved. Keep file and passphrase apart.";
    };
    return (
        <form
            class="inline-form"
            onSubmit={event => {
                event.preventDefault();
                void save();
            }}
        >
            <p class="fine">
                A browser may delete what a page has stored when it isn't visited for a while. With a backup
                you stay who you are. It can be made now, in the tab in which the key was made; later nothing
                can read the key out.
            </p>
            <label for="export-passphrase">Passphrase, at least {passphraseLeast} characters</label>
            <input
                id="export-passphrase"
                type="password"
                autocomplete="new-password"
                minLength={passphraseLeast}
                maxLength={1024}
                required
                value={passphrase.value}
                onInput={event => (passphrase.value = event.currentTarget.value)}
            />
            <button type="submit" disabled={isBusy.value || passphrase.value.length < passphraseLeast}>
                {isBusy.value ? "Encrypting…" : "Save a backup"}
            </button>
        </form>
    );
}

function NoExport() {
    const identity = useIdentity();
    const store = useStore();
    const isSure = useSignal(false);
    return (
        <>
            <p class="fine">
                This key can't leave this browser any more: that protects it even from a page that was
                tampered with. To have one with a backup, make a new identity and save it at once; those who
                verified you must compare again.
            </p>
            <div class="actions">
                {isSure.value ? (
                    <>
                        <button
                            type="button"
                            class="danger"
                            onClick={async () => {
                                const outcome = await identity.replaceIdentity();
                                if (outcome !== "done") store.toast.value = outcomes[outcome];
                            }}
                        >
                            Yes, give up this key
                        </button>
                        <button type="button" onClick={() => (isSure.value = false)}>
                            Keep it
                        </button>
                    </>
                ) : (
                    <button type="button" onClick={() => (isSure.value = true)}>
                        New identity…
                    </button>
                )}
            </div>
        </>
    );
}

function Import() {
    const identity = useIdentity();
    const file = useSignal<File | undefined>(undefined);
    const passphrase = useSignal("");
    const outcome = useSignal("");
    const isBusy = useSignal(false);
    const restore = async () => {
        const chosen = file.peek();
        if (!chosen) return;
        isBusy.value = true;
        const result = await identity.importBackup(chosen, passphrase.peek());
        isBusy.value = false;
        outcome.value = result === "done" ? "" : outcomes[result];
    };
    return (
        <details class="fold">
            <summary>Use an identity from a backup</summary>
            <form
                class="inline-form"
                onSubmit={event => {
                    event.preventDefault();
                    void restore();
                }}
            >
                <p class="fine">It takes the place of the key that this browser has now.</p>
                <label for="import-file">Backup file</label>
                <input
                    id="import-file"
                    type="file"
                    accept=".json,application/json"
                    required
                    onChange={event => (file.value = event.currentTarget.files?.[0])}
                />
                <label for="import-passphrase">Its passphrase</label>
                <input
                    id="import-passphrase"
                    type="password"
                    autocomplete="off"
                    maxLength={1024}
                    required
                    value={passphrase.value}
                    onInput={event => (passphrase.value = event.currentTarget.value)}
                />
                <button type="submit" disabled={isBusy.value || !file.value}>
                    {isBusy.value ? "Decrypting…" : "Use it"}
                </button>
                <p class="refusal" role="status">
                    {outcome.value}
                </p>
            </form>
        </details>
    );
}

function download(text: string, name: string): void {
    const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    const link = document.createElement("a");
    link.href = url;
    link.download = name;
    link.click();
    URL.revokeObjectURL(url);
}
