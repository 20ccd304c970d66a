/** Protobuf for chatlock.proto's messages: made, read and written by the tables that are generated from it. The types are
 * protobuf-es's, and so is what tests compare this with. Unknown fields are skipped; so is a known one of another wire type. */

import type { MessageInitShape } from "@bufbuild/protobuf";
import type { GenMessage } from "@bufbuild/protobuf/codegenv2";
import type { Bytes } from "../suites/contract";
import { TABLES, type Messages } from "./generated/tables";
import { BYTES, Malformed, VARINT, WireReader } from "./wireReader";
import { WireWriter } from "./wireWriter";

export type MessageName = keyof Messages;

/** A message's fields, each of which may be left out. */
export type Init<Name extends MessageName> = MessageInitShape<GenMessage<Messages[Name]>>;

interface Field {
    readonly name: string;
    readonly number: number;
    /** u U I: numbers of 32, 64 and signed 64 bits; ? bool, e enumeration, s text, b bytes; else a message's name. */
    readonly type: string;
    readonly isList: boolean;
    /** The choice that it is one of. */
    readonly choice: string | undefined;
}

/** Of any message; what each field holds is in its table. */
type Fields = Record<string, unknown>;
type Chosen = { readonly case: string | undefined; readonly value?: unknown };

/** A message with the fields given, the others as they are where nothing was sent. */
export const create = <Name extends MessageName>(name: Name, init: Init<Name> = {} as Init<Name>) =>
    filled(name, init as Fields) as unknown as Messages[Name];

export const encode = <Name extends MessageName>(name: Name, message: Messages[Name]): Bytes =>
    write(name, message as unknown as Fields);

/** Undefined for bytes that aren't protobuf. */
export function decode<Name extends MessageName>(name: Name, bytes: Uint8Array): Messages[Name] | undefined {
    try {
        return read(name, bytes, filled(name, {})) as unknown as Messages[Name];
    } catch (thrown) {
        if (thrown instanceof Malformed) return undefined;
        throw thrown;
    }
}

// ---- tables ----

const tables = new Map<string, readonly Field[]>();

function fieldsOf(message: string): readonly Field[] {
    const known = tables.get(message);
    if (known) return known;
    const text = TABLES[message as MessageName];
    const fields = text === "" ? [] : text.split(",").map(fieldOf);
    tables.set(message, fields);
    return fields;
}

function fieldOf(text: string): Field {
    const [path, number, type] = text.split(" ") as [string, string, string];
    const [name, choice] = path.split(".").reverse() as [string, string | undefined];
    return {
        name,
        number: Number(number),
        type: type.replace("*", ""),
        isList: type.startsWith("*"),
        choice,
    };
}

const isMessage = ({ type }: Field): boolean => type.length > 1;

// ---- made ----

function filled(message: string, init: Fields): Fields {
    const made: Fields = { $typeName: `chatlock.v1.${message}` };
    for (const field of fieldsOf(message)) {
        const { name, choice, isList } = field;
        if (choice !== undefined)
            made[choice] ??= choiceOf(message, choice, init[choice] as Chosen | undefined);
        else if (isList)
            made[name] = ((init[name] as readonly unknown[]) ?? []).map(one => valueOf(field, one));
        else made[name] = init[name] === undefined ? emptyOf(field) : valueOf(field, init[name]);
    }
    return made;
}

function choiceOf(message: string, choice: string, chosen: Chosen | undefined): Chosen {
    if (chosen?.case === undefined) return { case: undefined };
    const field = fieldsOf(message).find(({ name, choice: of }) => of === choice && name === chosen.case)!;
    return { case: chosen.case, value: valueOf(field, chosen.value) };
}

const valueOf = (field: Field, value: unknown): unknown =>
    isMessage(field) ? filled(field.type, value as Fields) : value;

function emptyOf({ type }: Field): unknown {
    switch (type) {
        case "u":
        case "e":
            return 0;
        case "U":
        case "I":
            return 0n;
        case "?":
            return false;
        case "s":
            return "";
        case "b":
            return new Uint8Array();
        default:
            return undefined;
    }
}

// ---- read ----

function read(message: string, bytes: Uint8Array, into: Fields): Fields {
    const reader = new WireReader(bytes);
    const fields = fieldsOf(message);
    while (!reader.isAtEnd) {
        const [number, wireType] = reader.tag();
        const field = fields.find(one => one.number === number);
        const isPacked = field?.isList === true && isNumber(field) && wireType === BYTES;
        if (field && isPacked) readPacked(reader, field, into);
        else if (field && wireType === (isNumber(field) ? VARINT : BYTES)) readField(reader, field, into);
        else reader.skip(number, wireType);
    }
    return into;
}

const isNumber = ({ type }: Field): boolean => "uUIe?".includes(type);

function readPacked(reader: WireReader, field: Field, into: Fields): void {
    const inner = new WireReader(reader.part());
    while (!inner.isAtEnd) (into[field.name] as unknown[]).push(readValue(inner, field, undefined));
}

/** A message that is there already is added to. */
function readField(reader: WireReader, field: Field, into: Fields): void {
    const { name, choice, isList } = field;
    if (isList) (into[name] as unknown[]).push(readValue(reader, field, undefined));
    else if (choice === undefined) into[name] = readValue(reader, field, into[name]);
    else {
        const before = into[choice] as Chosen;
        const value = readValue(reader, field, before.case === name ? before.value : undefined);
        into[choice] = { case: name, value };
    }
}

function readValue(reader: WireReader, { type }: Field, before: unknown): unknown {
    switch (type) {
        case "u":
            return reader.uint32();
        case "e":
            return reader.uint32() | 0;
        case "U":
            return reader.uint64();
        case "I":
            return BigInt.asIntN(64, reader.uint64());
        case "?":
            return reader.bool();
        case "s":
            return reader.text();
        case "b":
            return reader.part().slice();
        default:
            return read(type, reader.part(), (before as Fields | undefined) ?? filled(type, {}));
    }
}

// ---- written ----

function write(message: string, from: Fields): Bytes {
    const writer = new WireWriter();
    for (const field of fieldsOf(message)) {
        const { name, choice, isList } = field;
        if (isList) writeList(writer, field, from[name] as readonly unknown[]);
        else if (choice === undefined) {
            if (!isEmpty(from[name])) writeValue(writer, field, from[name]);
        } else {
            const chosen = from[choice] as Chosen;
            if (chosen.case === name) writeValue(writer, field, chosen.value);
        }
    }
    return writer.done();
}

function writeList(writer: WireWriter, field: Field, values: readonly unknown[]): void {
    if (values.length === 0) return;
    if (isNumber(field))
        writer.packed(
            field.number,
            values.map(value => BigInt(value as number)),
        );
    else for (const value of values) writeValue(writer, field, value);
}

const isEmpty = (value: unknown): boolean => !value || (value instanceof Uint8Array && value.length === 0);

function writeValue(writer: WireWriter, field: Field, value: unknown): void {
    const { number, type } = field;
    if (isNumber(field)) writer.varint(number, BigInt(value as number | bigint | boolean));
    else if (type === "s") writer.text(number, value as string);
    else writer.part(number, type === "b" ? (value as Uint8Array) : write(type, value as Fields));
}
