/** One line of a log. Own, others', private and system lines differ in words and shape, not in colour alone. */

import { useStore } from "../context";
import { everything } from "../store/conversations";
import {
    isRoom,
    lobby,
    type Delivery,
    type Line,
    type MessageLine,
    type SystemLine,
    type UnreadableLine,
} from "../store/lines";
import { Icon, type IconName } from "./Icon";
import { CompareButton } from "./KeyChangedNotice";
import { KeyGlyph } from "./KeyGlyph";
import { MessageText } from "./MessageText";
import { Name } from "./Name";
import { StandingShield, standingInAWord, standingInWords } from "./Standing";
import { clockTime, isoTime, preciseTime } from "./time";

/** Lines of one sender that follow within this time share a head. */
const groupMs = 5 * 60_000;

export function continues(line: Line, before: Line | undefined): boolean {
    return (
        line.kind === "message" &&
        before?.kind === "message" &&
        !line.body.isAction &&
        !before.body.isAction &&
        line.from?.key === before.from?.key &&
        line.conversation === before.conversation &&
        line.suite.id === before.suite.id &&
        line.at - before.at < groupMs
    );
}

export function Row({ line, before }: { line: Line; before: Line | undefined }) {
    switch (line.kind) {
        case "message":
            return <Message line={line} isFirst={!continues(line, before)} />;
        case "unreadable":
            return <Unreadable line={line} />;
        case "system":
            return <System line={line} />;
    }
}

function Message({ line, isFirst }: { line: MessageLine; isFirst: boolean }) {
    const store = useStore();
    const person = line.from && store.people.of(line.from.key)?.value;
    if (person?.isIgnored) return null;
    const isPrivate = !isRoom(line.conversation);
    const kind = [
        "line message",
        line.from ? "other" : "own",
        isPrivate ? "private" : "public",
        isFirst ? "first" : "next",
        line.body.isAction ? "action" : "",
        line.isMention ? "mention" : "",
    ].join(" ");
    return (
        <div class={kind}>
            <div class="gutter">{isFirst && <Glyph line={line} />}</div>
            <div class="content">
                {isFirst && !isBare(line, store.conversations.open.value) && <Head line={line} />}
                <div class="text">
                    {line.body.isAction && (
                        <>
                            <span aria-hidden="true">* </span>
                            <Sender line={line} />{" "}
                        </>
                    )}
                    <MessageText text={line.body.text} isInline={line.body.isAction} />
                </div>
                {line.delivery && <Fate line={line} delivery={line.delivery.value} />}
            </div>
            <Meta line={line} />
        </div>
    );
}

/** What someone does, said to all where one looks in the usual way, needs no head: its sender stands in the text. */
function isBare(line: MessageLine, open: string): boolean {
    const isHere = line.conversation === lobby || line.conversation === open;
    return line.body.isAction && isRoom(line.conversation) && isHere && !line.suite.insecure;
}

function Glyph({ line }: { line: MessageLine }) {
    const you = useStore().you.value;
    return <KeyGlyph of={line.from?.key ?? you?.key ?? ""} />;
}

function Sender({ line }: { line: MessageLine }) {
    const store = useStore();
    const { from } = line;
    if (!from) return <strong class="name me">Me</strong>;
    const person = store.people.of(from.key)?.value;
    return (
        <button
            type="button"
            class="name-button"
            title={`Write to ${from.name} privately`}
            onClick={() => store.openPerson(from.key)}
        >
            <Name name={person?.name ?? from.name} of={from.key} />
        </button>
    );
}

function Head({ line }: { line: MessageLine }) {
    return (
        <div class="head">
            {!line.body.isAction && <Sender line={line} />}
            <span class="to">
                to <Receiver line={line} />
            </span>
            {line.suite.insecure && <span class="tag tag-insecure">{line.suite.label}</span>}
        </div>
    );
}

function Receiver({ line }: { line: MessageLine }) {
    const store = useStore();
    if (!isRoom(line.conversation))
        return (
            <>
                {line.from ? "me" : <bdi>{line.toName}</bdi>}
                <span class="tag tag-private">
                    <Icon name="lock" size={12} /> private
                </span>
            </>
        );
    if (line.conversation === lobby || store.conversations.open.value !== everything) return "all";
    return (
        <>
            all in <RoomName line={line} />
        </>
    );
}

/** In the unified view: where it is, and the way there. */
function RoomName({ line }: { line: Line }) {
    const store = useStore();
    return (
        <button
            type="button"
            class="link room-link"
            title="Open this room"
            onClick={() => store.conversations.show(line.conversation)}
        >
            <bdi>{line.roomName}</bdi>
        </button>
    );
}

function Meta({ line }: { line: MessageLine }) {
    const store = useStore();
    const number = line.number.value;
    const { from, delivery } = line;
    const standing = store.people.of(from?.key ?? "")?.value.standing ?? "new";
    const about = from ? `${from.name}: ${standingInWords(standing)}. Signature verified.` : "Signed by you.";
    const state = from ? standingInAWord(standing) : delivery ? words[delivery.value.state] : "";
    return (
        <div class="meta">
            <button
                type="button"
                class="stamp"
                disabled={number === 0}
                title={`${preciseTime(line.at)}\n${about}\nShow how it was encrypted and signed`}
                onClick={() => (store.panel.value = { kind: "inspector", number })}
            >
                <time dateTime={isoTime(line.at)}>{clockTime(line.at)}</time>
                {from ? (
                    <StandingShield standing={standing} />
                ) : (
                    delivery && <DeliveryMark delivery={delivery.value} />
                )}
                <span class="sr">{state}, inspect</span>
            </button>
        </div>
    );
}

const deliveryIcons: Record<Delivery["state"], IconName> = {
    queued: "clock",
    waiting: "moon",
    sent: "check",
    delivered: "checks",
    failed: "alert",
};

const words: Record<Delivery["state"], string> = {
    queued: "queued",
    sent: "sent",
    waiting: "sent, waiting for its receiver",
    delivered: "delivered",
    failed: "not sent",
};

function DeliveryMark({ delivery }: { delivery: Delivery }) {
    return (
        <span class={`delivery delivery-${delivery.state}`} title={words[delivery.state]}>
            <Icon name={deliveryIcons[delivery.state]} size={16} />
        </span>
    );
}

/** What became of a message of ours, where a mark isn't enough. */
function Fate({ line, delivery }: { line: MessageLine; delivery: Delivery }) {
    const store = useStore();
    if (delivery.state === "queued")
        return (
            <p class="fate">
                queued: <bdi dir="ltr">{delivery.why ?? "it leaves as soon as the connection is there"}</bdi>
            </p>
        );
    if (delivery.state === "waiting")
        return (
            <p class="fate">
                sent: <bdi>{line.toName}</bdi> is away and gets it on coming back
            </p>
        );
    if (delivery.state !== "failed") return null;
    return (
        <p class="fate fate-failed">
            <Icon name="alert" size={16} /> Not sent. <bdi dir="ltr">{delivery.sentence}</bdi>{" "}
            {delivery.canRetry && (
                <button
                    type="button"
                    class="small"
                    onClick={event => {
                        // The button goes; the focus stays near.
                        event.currentTarget.closest<HTMLElement>(".log")?.focus({ preventScroll: true });
                        store.retry(line);
                    }}
                >
                    Retry
                </button>
            )}
        </p>
    );
}

function Unreadable({ line }: { line: UnreadableLine }) {
    const store = useStore();
    const isElsewhere = useIsElsewhere(line);
    if (store.people.of(line.from.key)?.value.isIgnored) return null;
    return (
        <div class="line unreadable">
            <div class="gutter">
                <Icon name="alert" />
            </div>
            <div class="content">
                <strong>
                    Message {line.number} from <bdi>{line.from.name}</bdi>
                    {!isRoom(line.conversation) && " (private)"}
                    {isElsewhere && (
                        <>
                            {" "}
                            in <RoomName line={line} />
                        </>
                    )}
                </strong>
                : {line.sentence}
            </div>
            <div class="meta">
                <button
                    type="button"
                    class="stamp"
                    onClick={() => (store.panel.value = { kind: "inspector", number: line.number })}
                >
                    <time dateTime={isoTime(line.at)}>{clockTime(line.at)}</time>
                    <Icon name="inspect" size={16} />
                    <span class="sr">inspect</span>
                </button>
            </div>
        </div>
    );
}

/** Until it is answered. */
function Compare({ of }: { of: string }) {
    if (useStore().people.of(of)?.value.standing !== "changed") return null;
    return (
        <>
            {" "}
            <CompareButton of={of} />
        </>
    );
}

/** Whether the view is the unified one and the line is of a room other than the lobby. */
function useIsElsewhere({ roomName }: Line): boolean {
    return useStore().conversations.open.value === everything && roomName !== undefined;
}

function System({ line }: { line: SystemLine }) {
    const isElsewhere = useIsElsewhere(line);
    return (
        <div class={`line system system-${line.tone}`}>
            <div class="gutter">{line.tone === "warning" && <Icon name="alert" size={16} />}</div>
            <div class="content">
                {isElsewhere && (
                    <>
                        <RoomName line={line} />:{" "}
                    </>
                )}
                <bdi dir="ltr">{line.text}</bdi>
                {line.toCompare && <Compare of={line.toCompare} />}
            </div>
            <div class="meta meta-bare">
                <time dateTime={isoTime(line.at)}>{clockTime(line.at)}</time>
            </div>
        </div>
    );
}
