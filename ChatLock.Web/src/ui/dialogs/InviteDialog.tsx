/** The link that a friend opens, and the line for a terminal. */

import { useStore } from "../context";
import { copyText } from "../copyText";
import { readInvite } from "../invite";
import { useLoaded } from "../loaded";
import { Icon } from "../parts/Icon";
import { QrCode } from "../parts/QrCode";
import { Dialog } from "./Dialog";

export function InviteDialog() {
    const invite = useLoaded(readInvite, "once");
    const found = invite.state === "here" ? invite.value : undefined;
    return (
        <Dialog title="Invite someone">
            <p>Whoever opens this link is in: no account, nothing to install.</p>
            {invite.state === "here" && !found && (
                <p role="status">The gateway doesn't answer. Try again when you are connected.</p>
            )}
            {found?.page && (
                <>
                    <Copyable label="Link for a browser" text={found.page} />
                    <QrCode text={found.page} label="The link as a QR code" />
                </>
            )}
            {found && !found.page && (
                <div class="callout">
                    <p>
                        This gateway listens on this machine only: nobody else can reach its page. Its
                        operator can change that with <code>chatlock.listen.page-tls</code>.
                    </p>
                </div>
            )}
            {found?.terminal && <Copyable label="Line for a terminal" text={`chatlock ${found.terminal}`} />}
            {found?.page && (
                <p class="fine">
                    What stands behind <code>#</code> is the fingerprint of this server's key. The page
                    compares it with the server it reaches and takes it out of the address bar; it is never
                    sent anywhere.
                    {found.isSelfSigned &&
                        " A browser warns once about a gateway that made its certificate itself."}
                </p>
            )}
        </Dialog>
    );
}

export function Copyable({ label, text }: { label: string; text: string }) {
    const store = useStore();
    return (
        <div class="copyable">
            <span class="copyable-label">{label}</span>
            <code class="copyable-text" tabIndex={0} role="region" aria-label={label}>
                {text}
            </code>
            <button
                type="button"
                onClick={async () => {
                    store.toast.value = (await copyText(text))
                        ? "Copied."
                        : "The browser didn't allow copying.";
                }}
            >
                <Icon name="copy" size={16} /> Copy
            </button>
        </div>
    );
}
