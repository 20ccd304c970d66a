/** Frames and envelopes as bytes: one frame is one binary WebSocket message. docs/PROTOCOL.md section 2. */

import type { Bytes } from "../suites/contract";
import { create, decode, encode, type Init } from "./codec";
import type { ClientFrame, Envelope, ServerFrame } from "./generated/chatlock_pb";

/** A request without its ref, or a frame that has none. */
export const clientFrame = (body: Init<"ClientFrame">["body"]): ClientFrame =>
    create("ClientFrame", body === undefined ? {} : { body });

export const serverFrame = (body: Init<"ServerFrame">["body"]): ServerFrame =>
    create("ServerFrame", body === undefined ? {} : { body });

export const encodeClientFrame = (frame: ClientFrame): Bytes => encode("ClientFrame", frame);

export const encodeServerFrame = (frame: ServerFrame): Bytes => encode("ServerFrame", frame);

export const encodeEnvelope = (envelope: Envelope): Bytes => encode("Envelope", envelope);

/** Undefined for bytes that aren't protobuf; without a body for a frame of a newer peer. */
export const decodeClientFrame = (bytes: Uint8Array): ClientFrame | undefined => decode("ClientFrame", bytes);

export const decodeServerFrame = (bytes: Uint8Array): ServerFrame | undefined => decode("ServerFrame", bytes);

export const decodeEnvelope = (bytes: Uint8Array): Envelope | undefined => decode("Envelope", bytes);
