/** Cuts a protobuf message into its fields without knowing it: what anyone sees who looks at the bytes. */

export type WireField = { readonly number: number } & (
    | { readonly kind: "number"; readonly value: bigint }
    | { readonly kind: "bytes"; readonly bytes: Uint8Array }
);

/** The fields up to the first thing that isn't one; a damaged envelope shows what can be read of it. */
export function envelopeFields(message: Uint8Array): WireField[] {
    const fields: WireField[] = [];
    let at = 0;
    const varint = (): bigint | undefined => {
        let value = 0n;
        for (let shift = 0n; shift < 70n && at < message.length; shift += 7n) {
            const byte = message[at++]!;
            value |= BigInt(byte & 0x7f) << shift;
            if (byte < 0x80) return value;
        }
        return undefined;
    };
    while (at < message.length) {
        const tag = varint();
        if (tag === undefined) break;
        const number = Number(tag >> 3n);
        if ((tag & 7n) === 0n) {
            const value = varint();
            if (value === undefined) break;
            fields.push({ number, kind: "number", value });
        } else if ((tag & 7n) === 2n) {
            const length = varint();
            if (length === undefined || length > BigInt(message.length - at)) break;
            fields.push({ number, kind: "bytes", bytes: message.subarray(at, at + Number(length)) });
            at += Number(length);
        } else break;
    }
    return fields;
}
