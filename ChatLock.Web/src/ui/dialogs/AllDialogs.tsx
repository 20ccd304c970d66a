/** Which dialog is open. */

import { HelpDialog } from "./HelpDialog";
import { InviteDialog } from "./InviteDialog";
import { JoinDialog } from "./JoinDialog";
import type { DialogPanel } from "./LazyDialog";
import { MemberDialog } from "./MemberDialog";
import { PersonDialog } from "./PersonDialog";
import { RoomDialog } from "./RoomDialog";
import { RoomInviteDialog } from "./RoomInviteDialog";
import { RoomsDialog } from "./RoomsDialog";
import { Switcher } from "./Switcher";
import { YouDialog } from "./YouDialog";

export function AllDialogs({ panel }: { panel: DialogPanel }) {
    switch (panel.kind) {
        case "help":
            return <HelpDialog />;
        case "switcher":
            return <Switcher />;
        case "invite":
            return <InviteDialog />;
        case "you":
            return <YouDialog />;
        case "person":
            return <PersonDialog key={panel.key} of={panel.key} />;
        case "rooms":
            return <RoomsDialog />;
        case "room":
            return <RoomDialog key={panel.room} of={panel.room} />;
        case "member":
            return <MemberDialog key={panel.key} room={panel.room} of={panel.key} />;
        case "room-invite":
            return <RoomInviteDialog key={panel.room} {...panel} />;
        case "join":
            return <JoinDialog key={panel.target} target={panel.target} name={panel.name} />;
    }
}
