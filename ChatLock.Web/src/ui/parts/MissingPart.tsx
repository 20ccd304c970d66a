/** In the place of what couldn't be loaded. */

import { useStore } from "../context";

export function MissingPart({ what }: { what: string }) {
    const { isOnline } = useStore();
    return (
        <div class="callout" role="status">
            {isOnline.value ? (
                <>
                    <p>
                        {what} couldn't be loaded: the gateway has a newer version of this page. Reloading
                        brings it; what was said so far is no longer shown then.
                    </p>
                    <p>
                        <button type="button" onClick={() => location.reload()}>
                            Reload
                        </button>
                    </p>
                </>
            ) : (
                <p>{what} couldn't be loaded: there is no connection. Try again when it is back.</p>
            )}
        </div>
    );
}
