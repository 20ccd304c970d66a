/** The page: the name prompt until one is in, then conversations, log and people side by side. */

import { useStore } from "../context";
import { HelpDialog } from "../dialogs/HelpDialog";
import { InviteDialog } from "../dialogs/InviteDialog";
import { PersonDialog } from "../dialogs/PersonDialog";
import { Switcher } from "../dialogs/Switcher";
import { YouDialog } from "../dialogs/YouDialog";
import { LazyInspector } from "../inspector/LazyInspector";
import { arePeopleOpen, closeDrawers, isDrawerOpen } from "../layout";
import { Announcer } from "./Announcer";
import { Composer } from "./Composer";
import { KeyChangedNotice } from "./KeyChangedNotice";
import { LogView } from "./LogView";
import { NamePrompt } from "./NamePrompt";
import { PeopleList } from "./PeopleList";
import { Sidebar } from "./Sidebar";
import { StatusBanner } from "./StatusBanner";
import { Toast } from "./Toast";
import { ViewHeader } from "./ViewHeader";

export function App() {
    const store = useStore();
    if (!store.you.value || store.nameRequest.value) return <NamePrompt />;
    return (
        <>
            <div
                class="shell"
                data-drawer={isDrawerOpen.value ? "open" : "closed"}
                data-people={arePeopleOpen.value ? "open" : "closed"}
            >
                <Sidebar />
                <Conversation />
                <PeopleList />
                <div class="shade" onClick={closeDrawers} />
            </div>
            <OpenPanel />
            <Announcer />
            {store.panel.value.kind === "none" && <Toast />}
        </>
    );
}

function Conversation() {
    const conversation = useStore().conversations.current.value;
    return (
        <main class="conversation" inert={isDrawerOpen.value || arePeopleOpen.value}>
            <ViewHeader />
            <StatusBanner />
            <KeyChangedNotice />
            <LogView key={conversation.id} conversation={conversation} />
            <Composer conversation={conversation} />
        </main>
    );
}

function OpenPanel() {
    const panel = useStore().panel.value;
    switch (panel.kind) {
        case "none":
            return null;
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
        case "inspector":
            return <LazyInspector key={panel.number} number={panel.number} />;
    }
}
