/** The mark and the name. */
export function Brand() {
    return (
        <span class="brand">
            <svg width="26" height="26" viewBox="0 0 26 26" aria-hidden="true" focusable="false">
                <path
                    class="brand-bubble"
                    d="M4 3h18a2.5 2.5 0 0 1 2.5 2.5v12A2.5 2.5 0 0 1 22 20h-9l-6 4.5V20H4a2.5 2.5 0 0 1-2.5-2.5v-12A2.5 2.5 0 0 1 4 3z"
                />
                <path
                    class="brand-key"
                    d="M13 7.2a2.6 2.6 0 0 1 1.2 4.9l.9 3.7h-4.2l.9-3.7A2.6 2.6 0 0 1 13 7.2z"
                />
            </svg>
            ChatLock
        </span>
    );
}
