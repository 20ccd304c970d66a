/** Frames and envelopes as bytes: one frame is one binary WebSocket message. docs/PROTOCOL.md section 2. */

import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import type { DescMessage, MessageInitShape, MessageShape } from "@bufbuild/protobuf";
import type { Bytes } from "../suites/contract";
import { copyOf } from "../crypto/bytes";
import {
    ClientFrameSchema,
    EnvelopeSchema,
    ServerFrameSchema,
    type ClientFrame,
    type Envelope,
    type ServerFrame,
} from "./generated/chatlock_pb";

/** A request without its ref, or a frame that has none. */
export const clientFrame = (body: MessageInitShape<typeof ClientFrameSchema>["body"]): ClientFrame =>
    create(ClientFrameSchema, body === undefined ? {} : { body });

export const serverFrame = (body: MessageInitShape<typeof ServerFrameSchema>["body"]): ServerFrame =>
    create(ServerFrameSchema, body === undefined ? {} : { body });

export const encodeClientFrame = (frame: ClientFrame): Bytes => encode(ClientFrameSchema, frame);

export const encodeServerFrame = (frame: ServerFrame): Bytes => encode(ServerFrameSchema, frame);

export const encodeEnvelope = (envelope: Envelope): Bytes => encode(EnvelopeSchema, envelope);

/** Undefined for bytes that aren't protobuf; without a body for a frame of a newer peer. */
export const decodeClientFrame = (bytes: Uint8Array): ClientFrame | undefined =>
    decode(ClientFrameSchema, bytes);

export const decodeServerFrame = (bytes: Uint8Array): ServerFrame | undefined =>
    decode(ServerFrameSchema, bytes);

export const decodeEnvelope = (bytes: Uint8Array): Envelope | undefined => decode(EnvelopeSchema, bytes);

const encode = <Desc extends DescMessage>(schema: Desc, message: MessageShape<Desc>): Bytes =>
    copyOf(toBinary(schema, message));

function decode<Desc extends DescMessage>(schema: Desc, bytes: Uint8Array): MessageShape<Desc> | undefined {
    try {
        return fromBinary(schema, bytes);
    } catch {
        // Whatever the decoder says of a peer's bytes, the answer is the same: they are no frame.
        return undefined;
    }
}
