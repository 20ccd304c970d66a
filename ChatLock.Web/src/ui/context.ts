/** The store, for components. */

import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { ChatStore } from "./store/chatStore";

export const StoreContext = createContext<ChatStore | undefined>(undefined);

export function useStore(): ChatStore {
    const store = useContext(StoreContext);
    if (!store) throw new Error("no store around this component");
    return store;
}
