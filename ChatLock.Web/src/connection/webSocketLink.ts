/** Frames over one WebSocket: a binary message each. A bound in each direction, and nothing decided. */

import { decodeServerFrame, encodeClientFrame } from "../wire/frames";
import { CloseReason, type ClientFrame, type ServerFrame } from "../wire/generated/chatlock_pb";

export const SUBPROTOCOL = "chatlock.v1";

/** Bytes that may wait in the socket; beyond that the server doesn't read any more. */
export const OUTBOUND_MAX_BYTES = 2 * 1024 * 1024;

/** Longest frame taken before Challenge has said the server's limit, and whatever it says. */
export const INBOUND_LEAST_BYTES = 64 * 1024;
export const INBOUND_MOST_BYTES = 1024 * 1024;

/** As much of a WebSocket as is used. */
export type Socket = Pick<
    WebSocket,
    | "binaryType"
    | "bufferedAmount"
    | "protocol"
    | "send"
    | "close"
    | "onopen"
    | "onmessage"
    | "onclose"
    | "onerror"
>;

export type OpenSocket = (url: string, subprotocol: string) => Socket;

/** What a link tells. After `ended` it tells nothing more; after `drop` nothing at all. */
export interface LinkListener {
    opened(): void;
    came(frame: ServerFrame): void;
    /** Without having been open: nobody there, or nobody who speaks the protocol. */
    failed(): void;
    ended(reason: CloseReason): void;
}

export class WebSocketLink {
    #isOpen = false;
    #inboundMaxBytes = INBOUND_LEAST_BYTES;

    constructor(
        private readonly socket: Socket,
        private readonly listener: LinkListener,
    ) {
        socket.binaryType = "arraybuffer";
        socket.onopen = () => this.#onOpen();
        socket.onmessage = ({ data }: MessageEvent<unknown>) => this.#onMessage(data);
        socket.onclose = () => this.#end(CloseReason.CONNECTION_LOST);
        socket.onerror = null; // a close follows
    }

    /** @param bytes what Challenge says. */
    limitInbound(bytes: number): void {
        this.#inboundMaxBytes = Math.min(Math.max(bytes, INBOUND_LEAST_BYTES), INBOUND_MOST_BYTES);
    }

    /** False when the server doesn't read. */
    send(frame: ClientFrame): boolean {
        if (this.socket.bufferedAmount > OUTBOUND_MAX_BYTES) return false;
        if (this.#isOpen) this.socket.send(encodeClientFrame(frame));
        return true;
    }

    /** Ends at once and tells nothing. */
    drop(): void {
        this.socket.onopen = this.socket.onmessage = this.socket.onclose = null;
        this.socket.close();
    }

    #onOpen(): void {
        if (this.socket.protocol !== SUBPROTOCOL) return this.#end(CloseReason.MALFORMED);
        this.#isOpen = true;
        this.listener.opened();
    }

    #onMessage(data: unknown): void {
        if (!(data instanceof ArrayBuffer)) return this.#end(CloseReason.MALFORMED);
        if (data.byteLength > this.#inboundMaxBytes) return this.#end(CloseReason.FRAME_TOO_LARGE);
        const frame = decodeServerFrame(new Uint8Array(data));
        if (frame) this.listener.came(frame);
        else this.#end(CloseReason.MALFORMED);
    }

    #end(reason: CloseReason): void {
        this.drop();
        if (this.#isOpen) this.listener.ended(reason);
        else this.listener.failed();
    }
}
