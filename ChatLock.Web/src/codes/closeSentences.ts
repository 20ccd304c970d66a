/** Why a connection ended, in a sentence for the person at its other end. docs/PROTOCOL.md section 9. */

import { CloseReason } from "../wire/generated/chatlock_pb";

export function closeSentence(reason: CloseReason): string {
    switch (reason) {
        case CloseReason.LEFT:
            return "You left.";
        case CloseReason.SERVER_STOPPING:
            return "The server is stopping.";
        case CloseReason.MOVING:
            return "This node is stopping; another one takes over.";
        case CloseReason.TOO_SLOW:
            return "You read too slowly; what waited for you was more than the server keeps.";
        case CloseReason.SILENT:
            return "Nothing was heard from you for too long.";
        case CloseReason.HELLO_TIMEOUT:
            return "No valid Hello came in time.";
        case CloseReason.FRAME_TIMEOUT:
            return "A frame was begun and not finished in time.";
        case CloseReason.FRAME_TOO_LARGE:
            return "A frame's length is above the limit, or this isn't the ChatLock protocol.";
        case CloseReason.MALFORMED:
            return "These bytes are not a frame of the ChatLock protocol.";
        case CloseReason.UNEXPECTED_FRAME:
            return "That frame isn't allowed at this point.";
        case CloseReason.BAD_PROOF:
            return "The signature doesn't prove that you hold the key.";
        case CloseReason.BAD_KEY:
            return "A key is not a point on the curve P-256.";
        case CloseReason.TAKEN_OVER:
            return "The same key connected again and took this session over.";
        case CloseReason.TOO_MANY_CONNECTIONS:
            return "There are too many connections from your address.";
        case CloseReason.INTERNAL_ERROR:
            return "Something went wrong in the server.";
        case CloseReason.CONNECTION_LOST:
            return "The connection was lost.";
        case CloseReason.KICKED:
            return "You were sent out of the room.";
        default:
            return "The connection was ended.";
    }
}
