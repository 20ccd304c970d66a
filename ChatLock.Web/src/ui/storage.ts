/** Small things that a browser keeps for the page. Where it keeps nothing (a setting, a private window) they are forgotten. */

export function recall(storage: "localStorage" | "sessionStorage", key: string): string | undefined {
    return tolerant(() => window[storage].getItem(key) ?? undefined);
}

/** @param value undefined takes it out. */
export function keep(
    storage: "localStorage" | "sessionStorage",
    key: string,
    value: string | undefined,
): void {
    tolerant(() =>
        value === undefined ? window[storage].removeItem(key) : window[storage].setItem(key, value),
    );
}

/** A closed store throws already when it is asked for. */
function tolerant<T>(act: () => T): T | undefined {
    try {
        return act();
    } catch (refused) {
        if (refused instanceof DOMException) return undefined;
        throw refused;
    }
}
