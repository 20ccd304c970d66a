/** What leads into a room: a link for a browser, a line for a terminal. That of a sealed room holds its key. */

import { roomLink } from "../../rooms/inviteLink";
import { readInvite } from "../invite";
import { useLoaded } from "../loaded";
import { QrCode } from "../parts/QrCode";
import { Dialog } from "./Dialog";
import { Copyable } from "./InviteDialog";

export function RoomInviteDialog({
    room,
    displayName,
    code,
}: {
    room: string;
    displayName: string;
    code: string | undefined;
}) {
    const invite = useLoaded(readInvite, "once");
    const found = invite.state === "here" ? invite.value : undefined;
    const linkTo = (base: string) =>
        roomLink(base, code ?? room, code === undefined ? undefined : displayName);
    const page = linkTo(found?.page ?? `${location.origin}/`);
    return (
        <Dialog
            title={
                <>
                    Invite into <bdi>{displayName}</bdi>
                </>
            }
        >
            {code === undefined ? (
                <p>
                    It is an open room: anyone here finds it by its name. The link leads there from outside.
                </p>
            ) : (
                <div class="callout">
                    <p>
                        <strong>Whoever has this link can read the room.</strong> Give it to those who may,
                        over a channel that you trust. Until it is reloaded, this page can show it again; keep
                        it if you want to invite others later.
                    </p>
                </div>
            )}
            {invite.state !== "loading" && (
                <>
                    <Copyable label="Link for a browser" text={page} />
                    <QrCode text={page} label="The link as a QR code" />
                    {!found?.page && (
                        <div class="callout">
                            <p>
                                This gateway listens on this machine only: nobody else can reach the link. Its
                                operator can change that with <code>chatlock.listen.page-tls</code>.
                            </p>
                        </div>
                    )}
                    {found?.terminal && (
                        <Copyable label="Line for a terminal" text={`chatlock '${linkTo(found.terminal)}'`} />
                    )}
                </>
            )}
            <p class="fine">
                What stands behind <code>#</code> is never sent to the gateway: the page reads it and takes it
                out of the address bar.
            </p>
        </Dialog>
    );
}
