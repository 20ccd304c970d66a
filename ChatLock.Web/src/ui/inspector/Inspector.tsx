/** What the server saw of a message, and how it was encrypted and signed, step by step. */

import type { InspectedMessage } from "../../client/client";
import type { Row, Section } from "../../suites/explanation";
import { useStore } from "../context";
import { Dialog } from "../dialogs/Dialog";
import { useLoaded } from "../loaded";
import { Icon } from "../parts/Icon";
import { MissingPart } from "../parts/MissingPart";
import { DesView } from "./DesView";
import { EcdsaView } from "./EcdsaView";
import { EnvelopeView } from "./EnvelopeView";
import { Dump, Hex } from "./Hex";

export function Inspector({ number }: { number: number }) {
    const store = useStore();
    const found = useLoaded(() => store.inspect(number), number);
    const message = found.state === "here" ? found.value : undefined;
    return (
        <Dialog kind="drawer" title={message ? <bdi>{message.title}</bdi> : `Message ${number}`}>
            {found.state === "loading" && <p role="status">Computing every step…</p>}
            {found.state === "missing" && <MissingPart what="The inspector" />}
            {found.state === "here" && !message && (
                <p>
                    Nothing more is known of this message: it came too long ago, or without an envelope that
                    could be read.
                </p>
            )}
            {message && <Steps message={message} />}
        </Dialog>
    );
}

function Steps({ message }: { message: InspectedMessage }) {
    return (
        <>
            <section class="step">
                <h3>What the server saw</h3>
                <p class="fine">
                    {message.envelope.length} bytes, and who sent them to whom: nothing else left the sender.
                    Only with the key of step 2 do they say anything.
                </p>
                <EnvelopeView envelope={message.envelope} />
            </section>
            {message.explanation.sections.map((section, index) => (
                <Step key={index} number={index + 1} section={section} />
            ))}
        </>
    );
}

function Step({ number, section }: { number: number; section: Section }) {
    return (
        <section class="step">
            <h3>
                <span class="step-number">{number}</span>
                <span>
                    {section.title} {section.insecure && <span class="tag tag-insecure">INSECURE</span>}
                </span>
            </h3>
            <div class="rows">
                {section.rows.map((row, index) => (
                    <RowView key={index} row={row} />
                ))}
            </div>
        </section>
    );
}

function RowView({ row }: { row: Row }) {
    switch (row.kind) {
        case "text":
            return <Labelled label={row.label}>{row.text}</Labelled>;
        case "hex":
            return (
                <Labelled label={row.label}>
                    <Hex bytes={row.bytes} />
                </Labelled>
            );
        case "dump":
            return (
                <Labelled label={row.label}>
                    <Dump bytes={row.bytes} label={row.label || "bytes"} />
                </Labelled>
            );
        case "verdict":
            return (
                <Labelled label={row.label}>
                    <strong class={row.good ? "verdict verdict-good" : "verdict verdict-bad"}>
                        <Icon name={row.good ? "verified" : "alert"} size={16} /> {row.text}
                    </strong>
                </Labelled>
            );
        case "des":
            return <DesView label={row.label} trace={row.trace} />;
        case "ecdsa":
            return <EcdsaView label={row.label} trace={row.trace} />;
    }
}

function Labelled({ label, children }: { label: string; children: preact.ComponentChildren }) {
    return (
        <div class="labelled">
            <span class="row-label">{label}</span>
            <div class="row-value">{children}</div>
        </div>
    );
}
