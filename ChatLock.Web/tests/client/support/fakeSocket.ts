import { SUBPROTOCOL, type Socket } from "../../../src/connection/webSocketLink";
import { copyOf } from "../../../src/crypto/bytes";
import { decodeClientFrame, encodeServerFrame } from "../../../src/wire/frames";
import type { ClientFrame, ServerFrame } from "../../../src/wire/generated/chatlock_pb";

/** A WebSocket whose other end is the test. */
export class FakeSocket implements Socket {
    binaryType: BinaryType = "blob";
    bufferedAmount = 0;
    protocol = SUBPROTOCOL;
    onopen: Socket["onopen"] = null;
    onmessage: Socket["onmessage"] = null;
    onclose: Socket["onclose"] = null;
    onerror: Socket["onerror"] = null;
    isClosed = false;
    /** What the client has sent and the test hasn't read. */
    readonly sent: ClientFrame[] = [];
    /** Instead of keeping it. */
    onSent: ((frame: ClientFrame) => void) | undefined;

    // ---- as the client sees it ----

    send(data: string | ArrayBufferLike | Blob | ArrayBufferView): void {
        const frame = decodeClientFrame(data as Uint8Array)!;
        if (this.onSent) this.onSent(frame);
        else this.sent.push(frame);
    }

    close(): void {
        this.isClosed = true;
    }

    // ---- as the test sees it ----

    open(): void {
        this.onopen?.call(this as unknown as WebSocket, new Event("open"));
    }

    /** One frame to the client. */
    say(frame: ServerFrame): void {
        this.sayRaw(copyOf(encodeServerFrame(frame)).buffer);
    }

    sayRaw(data: unknown): void {
        if (!this.isClosed)
            this.onmessage?.call(this as unknown as WebSocket, { data } as unknown as MessageEvent);
    }

    /** The network is gone. */
    break(): void {
        this.isClosed = true;
        this.onclose?.call(this as unknown as WebSocket, new Event("close") as CloseEvent);
    }
}
