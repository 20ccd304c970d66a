/** A component that is drawn again only when a property is another one: preact/compat's, without the rest of compat, which
 * is there for React's sake. */

import { h, type Component, type FunctionComponent } from "preact";

export function memo<P extends object>(of: FunctionComponent<P>): FunctionComponent<P> {
    return function (this: Component<P>, props: P) {
        this.shouldComponentUpdate = next => differ(this.props, next);
        return h(of, props as P & { key?: never });
    } as FunctionComponent<P>;
}

function differ<P extends object>(before: P, now: P): boolean {
    const names = Object.keys({ ...before, ...now }) as (keyof P)[];
    return names.some(name => before[name] !== now[name]);
}
