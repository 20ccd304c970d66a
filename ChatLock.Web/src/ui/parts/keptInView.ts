/** A list whose chosen option is always in sight, however it was chosen. */

import { useLayoutEffect, useRef } from "preact/hooks";

export function useKeptInView<T extends HTMLElement>(chosen: number) {
    const list = useRef<T>(null);
    useLayoutEffect(() => list.current?.children[chosen]?.scrollIntoView({ block: "nearest" }), [chosen]);
    return list;
}
