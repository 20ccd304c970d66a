/** Line icons on a 20 × 20 grid. Decorative: whatever holds one says in words what it means. */

const paths = {
    lock: "M5 9h10v8H5zM7 9V6a3 3 0 0 1 6 0v3",
    shield: "M10 2.5 4 5v4.5c0 3.8 2.5 6.6 6 8 3.5-1.4 6-4.2 6-8V5z",
    verified: "M10 2.5 4 5v4.5c0 3.8 2.5 6.6 6 8 3.5-1.4 6-4.2 6-8V5zM7.3 9.8l2 2 3.6-3.8",
    alert: "M10 3 2.5 16.5h15zM10 8v4M10 14.2v.3",
    check: "m4 10.5 4 4 8-9",
    checks: "m2 10.5 3.6 3.8 6.8-8.6M9 13.6l.8.7 7-8.6",
    clock: "M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM10 6v4.2l2.7 1.8",
    people: "M7.5 9.5a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6zM2.5 16c0-2.8 2.2-4.5 5-4.5s5 1.7 5 4.5M13 4.2a2.6 2.6 0 0 1 0 5M14.5 11.8c1.8.5 3 2 3 4.2",
    menu: "M3.5 6h13M3.5 10h13M3.5 14h13",
    close: "m5 5 10 10M15 5 5 15",
    send: "M10 16V4.5M5 9l5-5 5 5",
    search: "M9 4a5 5 0 1 0 0 10A5 5 0 0 0 9 4zM12.7 12.7 17 17",
    copy: "M7 7h9v9H7zM4 13V4h9",
    down: "M10 4v11.5M5 11l5 5 5-5",
    help: "M7.4 7.6a2.6 2.6 0 1 1 3.7 2.4c-.8.4-1.1.9-1.1 1.8M10 14.8v.3M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15z",
    invite: "M8.5 11.5 11.5 8.5M9.3 6.2l1.6-1.6a3.2 3.2 0 0 1 4.5 4.5l-1.6 1.6M10.7 13.8l-1.6 1.6a3.2 3.2 0 0 1-4.5-4.5l1.6-1.6",
    inspect:
        "M2.5 10S5 5 10 5s7.5 5 7.5 5-2.5 5-7.5 5-7.5-5-7.5-5zM10 7.8a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 0 0 0-4.4z",
    key: "M12.5 3.5a4 4 0 1 0-3.4 6.2L3.5 15.3V17h2.8v-2h2v-2h1.6l1.6-1.7",
    everything: "M4 5h12M4 9h12M4 13h7",
    hash: "M7.8 3.5 6.2 16.5M13.8 3.5l-1.6 13M3.5 7.5h13.5M3 12.5h13.5",
    plus: "M10 4v12M4 10h12",
    more: "M4 10a.7.7 0 1 0 1.4 0A.7.7 0 1 0 4 10zM9.3 10a.7.7 0 1 0 1.4 0 .7.7 0 1 0-1.4 0zM14.6 10a.7.7 0 1 0 1.4 0 .7.7 0 1 0-1.4 0z",
    edit: "m4 16 .8-3.4L13.4 4a1.7 1.7 0 0 1 2.4 2.4L7.4 15.2zM12 5.4l2.4 2.4",
    moon: "M16.5 11.8A7 7 0 1 1 8.2 3.5a5.6 5.6 0 0 0 8.3 8.3z",
    lobby: "M3 15V8l7-4.5L17 8v7zM8 15v-4h4v4",
    bell: "M10 3a4 4 0 0 0-4 4c0 4-1.8 5.3-1.8 5.3h11.6S14 11 14 7a4 4 0 0 0-4-4zM8.5 15.2a1.7 1.7 0 0 0 3 0",
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
    return (
        <svg class="icon" width={size} height={size} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
            <path d={paths[name]} />
        </svg>
    );
}
