import { fromJson, toJson, type DescMessage, type JsonValue } from "@bufbuild/protobuf";
import { afterAll, describe, expect, test } from "vitest";
import { concat, toHex } from "../../src/crypto/bytes";
import { decode, encode } from "../../src/wire/codec";
import { readFrame, withPrefix } from "../../src/wire/framing";
import { ClientFrameSchema, EnvelopeSchema, ServerFrameSchema } from "../../src/wire/generated/chatlock_pb";
import { bytes, passed, readJson } from "../vectors";

interface FrameFile {
    readonly frames: readonly {
        readonly name: string;
        readonly body: string;
        readonly json: JsonValue;
        readonly canonical: boolean;
    }[];
    readonly others: readonly {
        readonly name: string;
        readonly body: string;
        readonly expected: "malformed" | "unknown" | "no-frame";
    }[];
}

interface StreamFile {
    readonly streams: readonly {
        readonly name: string;
        readonly body_max_bytes: number;
        readonly chunks: readonly string[];
        readonly frames: readonly string[];
        readonly end: "whole" | "part" | "too-large" | "empty";
    }[];
}

type Name = "ClientFrame" | "ServerFrame" | "Envelope";

describe.each<[string, DescMessage, Name]>([
    ["frames/client.json", ClientFrameSchema, "ClientFrame"],
    ["frames/server.json", ServerFrameSchema, "ServerFrame"],
    ["frames/envelope.json", EnvelopeSchema, "Envelope"],
])("%s", (file, schema, message) => {
    const { frames, others } = readJson<FrameFile>(file);
    let done = 0;
    afterAll(() => passed(file, done, frames.length + others.length));

    test.each(frames)("$name", ({ body, json, canonical }) => {
        expect(toJson(schema, decode(message, bytes(body))!)).toEqual(json);
        expect(toHex(encode(message, fromJson(schema, json) as never)) === body).toBe(canonical);
        done++;
    });

    test.each(others)("no frame: $name", ({ body, expected }) => {
        const read = decode(message, bytes(body));
        if (expected === "malformed") expect(read).toBeUndefined();
        if (expected === "unknown") expect(read).toBeDefined();
        if (read && "body" in read) expect(read.body.case).toBeUndefined();
        done++;
    });
});

describe("frames/stream.json", () => {
    const { streams } = readJson<StreamFile>("frames/stream.json");
    let done = 0;
    afterAll(() => passed("frames/stream.json", done, streams.length));

    test.each(streams)("$name", ({ body_max_bytes, chunks, frames, end }) => {
        let buffer = new Uint8Array();
        let broken: string | undefined;
        const cut: string[] = [];
        for (const chunk of chunks) {
            if (broken) break;
            buffer = concat(buffer, bytes(chunk));
            let read = readFrame(buffer, body_max_bytes);
            for (; read.read === "complete"; read = readFrame(buffer, body_max_bytes)) {
                cut.push(toHex(read.body));
                buffer = concat(read.rest);
            }
            if (read.read !== "need-more") broken = read.read;
        }
        expect(cut).toEqual(frames);
        expect(broken ?? (buffer.length === 0 ? "whole" : "part")).toBe(end);
        done++;
    });

    test("a body with its prefix is read as that body", () => {
        const body = bytes("0a0b0c");
        expect(toHex(withPrefix(body))).toBe("000000030a0b0c");
        expect(readFrame(withPrefix(body), 3)).toMatchObject({ read: "complete", body });
    });
});
