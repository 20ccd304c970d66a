/** The page's first code: the chat, and the shell that an installed page opens with. */

import { Start } from "./start";
import { trustedServiceWorkerUrl } from "./trustedUrls";

const root = document.getElementById("app")!;
void new Start(root).begin();

if ("serviceWorker" in navigator && globalThis.isSecureContext)
    navigator.serviceWorker.register(trustedServiceWorkerUrl()).catch((refused: unknown) => {
        // A certificate that the browser only tolerates: the page works, it can't be installed.
        if (!(refused instanceof DOMException)) throw refused;
    });
