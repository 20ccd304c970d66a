/** An encoded Envelope, field by field as it lies on the wire (docs/PROTOCOL.md section 6). */

import { Dump, Hex } from "./Hex";
import { envelopeFields, type WireField } from "./envelopeFields";

const names: Record<number, string> = {
    1: "suite",
    2: "salt",
    3: "counter",
    4: "ciphertext",
    5: "signature",
};

export function EnvelopeView({ envelope }: { envelope: Uint8Array }) {
    const fields = envelopeFields(envelope);
    return (
        <div class="rows">
            {fields.map((field, index) => (
                <FieldView key={index} field={field} />
            ))}
            <details class="fold">
                <summary>All {envelope.length} bytes as they were sent</summary>
                <Dump bytes={envelope} label="The envelope's bytes" />
            </details>
        </div>
    );
}

function FieldView({ field }: { field: WireField }) {
    return (
        <div class="labelled">
            <span class="row-label">{names[field.number] ?? `field ${field.number}`}</span>
            <div class="row-value">
                {field.kind === "number" ? (
                    <code>{field.value.toString()}</code>
                ) : (
                    <>
                        <span class="away">{field.bytes.length} bytes</span> <Hex bytes={field.bytes} />
                    </>
                )}
            </div>
        </div>
    );
}
