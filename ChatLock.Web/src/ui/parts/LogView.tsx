/** The lines of the open conversation. Stays at the end while one reads there, and where one is while one reads back. */

import { useComputed, useSignal, type ReadonlySignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { useStore } from "../context";
import type { Conversation } from "../store/conversations";
import type { Block, Line } from "../store/lines";
import { memo } from "../memo";
import { Icon } from "./Icon";
import { Row } from "./MessageRow";
import { clockChars, dayName, sameDay, today } from "./time";

/** Pixels from the end that still count as the end. */
const endSlack = 48;

/** Blocks drawn at first, from the end: more than a screen of any height, or one couldn't scroll to the others. */
const blocksAtFirst = 6;
/** Blocks more when one reads up to the first of them, and less with each that comes once one is at the end again: so
 * few that drawing them, or letting go of them, isn't felt. */
const blocksAtOnce = 3;
/** Blocks at the end whose height must be true, for staying there. */
const blocksAlwaysDrawn = 2;
/** Screens above which nothing is drawn yet: time to draw it before it is seen. */
const screensAhead = 2;

/** For one conversation: another one has a view of its own. */
export function LogView({ conversation }: { conversation: Conversation }) {
    const store = useStore();
    const log = useRef<HTMLDivElement>(null);
    const content = useRef<HTMLDivElement>(null);
    const isAtEnd = useRef(true);
    const seen = useRef({ top: 0, height: 0 });
    const below = useSignal(0);
    const drawn = useSignal(blocksAtFirst);

    const toEnd = () => {
        const view = log.current;
        if (view) view.scrollTop = view.scrollHeight;
    };
    const onScroll = () => {
        const view = log.current!;
        const { scrollTop: top, scrollHeight: height } = view;
        // Whoever is at the end leaves it by scrolling up. Lines that came since the last frame have only moved the end.
        const isScrolledUp = top < seen.current.top && height >= seen.current.height;
        seen.current = { top, height };
        if (height - top - view.clientHeight < endSlack) isAtEnd.current = true;
        else if (isScrolledUp) isAtEnd.current = false;
        if (isAtEnd.current) below.value = 0;
        else if (view.scrollTop < screensAhead * view.clientHeight) drawMore(view);
        watch();
    };
    const drawMore = (view: HTMLElement) => {
        if (drawn.peek() >= conversation.log.blocks.peek().length) return;
        // At its very top a browser doesn't hold the view still when something comes above it.
        if (view.scrollTop === 0) view.scrollTop = 1;
        drawn.value += blocksAtOnce;
    };
    const watch = () => {
        store.conversations.isWatching.value = isAtEnd.current && document.hasFocus();
        if (store.conversations.isWatching.value) store.conversations.read();
    };

    useLayoutEffect(() => {
        toEnd();
        watch();
        const resized = new ResizeObserver(() => isAtEnd.current && toEnd());
        resized.observe(content.current!);
        resized.observe(log.current!);
        return () => resized.disconnect();
    }, []);

    useEffect(() => {
        window.addEventListener("focus", watch);
        window.addEventListener("blur", watch);
        return () => {
            window.removeEventListener("focus", watch);
            window.removeEventListener("blur", watch);
        };
    }, []);

    // What comes while one reads back is counted, not jumped to; what one says oneself is shown.
    useEffect(() => {
        let first = true;
        return conversation.latest.subscribe(() => {
            if (first) first = false;
            else if (!isAtEnd.current) below.value++;
        });
    }, []);

    // A block more is drawn with each that comes, so that the first doesn't go while one reads it; at the end it may.
    useEffect(() => {
        let known = conversation.log.blocks.peek().length;
        return conversation.log.blocks.subscribe(({ length }) => {
            drawn.value = isAtEnd.current
                ? Math.max(blocksAtFirst, drawn.peek() - blocksAtOnce)
                : drawn.peek() + Math.max(0, length - known);
            known = length;
        });
    }, []);
    useEffect(
        () =>
            store.saidSomething.subscribe(() => {
                isAtEnd.current = true;
                below.value = 0;
                requestAnimationFrame(toEnd);
            }),
        [],
    );

    return (
        <div class="log-frame">
            <div
                class="log"
                role="log"
                aria-label="Messages"
                // What is new is read out by the Announcer.
                aria-live="off"
                tabIndex={0}
                style={{ "--clock-chars": clockChars }}
                ref={log}
                onScroll={onScroll}
            >
                <div class="log-content" ref={content}>
                    <Blocks conversation={conversation} drawn={drawn} />
                </div>
            </div>
            <JumpButton
                below={below}
                onClick={() => {
                    isAtEnd.current = true;
                    toEnd();
                    log.current?.focus();
                }}
            />
        </div>
    );
}

function Blocks({ conversation, drawn }: { conversation: Conversation; drawn: ReadonlySignal<number> }) {
    const blocks = conversation.log.blocks.value;
    if (blocks.length === 0) return <p class="empty">Nothing has been said here yet.</p>;
    const first = Math.max(0, blocks.length - drawn.value);
    return (
        <>
            {blocks.slice(first).map((block, index) => (
                <BlockView
                    key={block.id}
                    block={block}
                    mark={conversation.mark}
                    isLatest={first + index >= blocks.length - blocksAlwaysDrawn}
                />
            ))}
        </>
    );
}

const BlockView = memo(function BlockView({
    block,
    mark,
    isLatest,
}: {
    block: Block;
    mark: ReadonlySignal<number | undefined>;
    isLatest: boolean;
}) {
    const lines = block.lines.value;
    const markHere = useComputed(() => {
        const id = mark.value;
        const all = block.lines.value;
        const [first, last] = [all[0]!.id, all.at(-1)!.id];
        return id !== undefined && id >= first && id <= last ? id : undefined;
    }).value;
    return (
        <div class={isLatest ? "block latest" : "block"}>
            {lines.map((line, index) => {
                const before = index === 0 ? block.before : lines[index - 1];
                const divided = line.id === markHere || !before || !sameDay(line.at, before.at);
                return (
                    <LineView
                        key={line.id}
                        line={line}
                        before={divided ? undefined : before}
                        isNewDay={!before || !sameDay(line.at, before.at)}
                        isMarked={line.id === markHere}
                    />
                );
            })}
        </div>
    );
});

const LineView = memo(function LineView({
    line,
    before,
    isNewDay,
    isMarked,
}: {
    line: Line;
    before: Line | undefined;
    isNewDay: boolean;
    isMarked: boolean;
}) {
    return (
        <>
            {isNewDay && <DayLine at={line.at} />}
            {isMarked && <div class="divider unread-mark">New</div>}
            <Row line={line} before={before} />
        </>
    );
});

function DayLine({ at }: { at: number }) {
    return <div class="divider day">{dayName(at, today.value)}</div>;
}

function JumpButton({ below, onClick }: { below: ReadonlySignal<number>; onClick: () => void }) {
    if (below.value === 0) return null;
    return (
        <button type="button" class="jump" onClick={onClick}>
            {below.value} new <Icon name="down" size={16} />
            <span class="sr">: go to the latest</span>
        </button>
    );
}
