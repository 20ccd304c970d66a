/** The page: the name prompt until one is in, then conversations, log and people side by side. */

import { useStore } from "../context";
import { LazyDialog } from "../dialogs/LazyDialog";
import { LazyInspector } from "../inspector/LazyInspector";
import { arePeopleOpen, closeDrawers, isDrawerOpen } from "../layout";
import { Announcer } from "./Announcer";
import { Composer } from "./Composer";
import { KeyChangedNotice } from "./KeyChangedNotice";
import { LogView } from "./LogView";
import { NamePrompt } from "./NamePrompt";
import { PeopleList } from "./PeopleList";
import { RoomLeftNotice } from "./RoomLeftNotice";
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
            <RoomLeftNotice />
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
        case "inspector":
            return <LazyInspector key={panel.number} number={panel.number} />;
        default:
            return <LazyDialog panel={panel} />;
    }
}
