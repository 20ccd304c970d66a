/** A plugin of buf: what chatlock.proto says of each message, as one line of text for src/wire/codec.ts. The descriptor that
 * protoc-gen-es embeds, and the library that reads it, are a quarter of the page's code; this is a fiftieth. */

import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import {
    CodeGeneratorRequestSchema,
    CodeGeneratorResponse_Feature,
    CodeGeneratorResponseSchema,
    FieldDescriptorProto_Label,
    FieldDescriptorProto_Type,
} from "@bufbuild/protobuf/wkt";
import { readFileSync } from "node:fs";

const { BOOL, BYTES, ENUM, INT64, MESSAGE, STRING, UINT32, UINT64 } = FieldDescriptorProto_Type;

/** How the codec spells what it knows. */
const spelled = new Map([
    [UINT32, "u"],
    [UINT64, "U"],
    [INT64, "I"],
    [BOOL, "?"],
    [ENUM, "e"],
    [STRING, "s"],
    [BYTES, "b"],
]);

/** "identityKey 1 b": name, number, type; a * before the type of a list, "body.hello" for a choice of body. */
function spell(field, { oneofDecl }) {
    const type = field.type === MESSAGE ? field.typeName.split(".").at(-1) : spelled.get(field.type);
    if (!type || field.proto3Optional) throw new Error(`${field.name} is of a type that the page can't read`);
    const isList = field.label === FieldDescriptorProto_Label.REPEATED;
    const choice = Object.hasOwn(field, "oneofIndex") ? `${oneofDecl[field.oneofIndex].name}.` : "";
    return `${choice}${field.jsonName} ${field.number} ${isList ? "*" : ""}${type}`;
}

function generate({ protoFile, fileToGenerate }) {
    const messages = protoFile
        .filter(({ name }) => fileToGenerate.includes(name))
        .flatMap(({ messageType }) => messageType)
        .sort((a, b) => (a.name < b.name ? -1 : 1));
    const line = message =>
        `    ${message.name}: "${[...message.field]
            .sort((a, b) => a.number - b.number)
            .map(field => spell(field, message))
            .join(",")}",`;
    const names = messages.map(({ name }) => name);
    return [
        "// Written by build/protoc-gen-tables.mjs from chatlock.proto; src/wire/codec.ts reads it.",
        `import type { ${names.join(", ")} } from "./chatlock_pb";`,
        "",
        "export interface Messages {",
        ...names.map(name => `    ${name}: ${name};`),
        "}",
        "",
        "export const TABLES: Readonly<Record<keyof Messages, string>> = {",
        ...messages.map(line),
        "};",
        "",
    ].join("\n");
}

const request = fromBinary(CodeGeneratorRequestSchema, readFileSync(0));
const response = create(CodeGeneratorResponseSchema, {
    supportedFeatures: BigInt(CodeGeneratorResponse_Feature.PROTO3_OPTIONAL),
    file: [{ name: "tables.ts", content: generate(request) }],
});
process.stdout.write(toBinary(CodeGeneratorResponseSchema, response));
