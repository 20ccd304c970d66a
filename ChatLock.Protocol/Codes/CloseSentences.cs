using ChatLock.Protocol.Wire;

namespace ChatLock.Protocol.Codes;

/// <summary>Why a connection ended, in a sentence for the person at its other end.</summary>
/// <remarks>docs/PROTOCOL.md section 9.</remarks>
public static class CloseSentences
{
    /// <summary>The sentence that goes with a reason.</summary>
    public static string Of(CloseReason reason) => reason switch
    {
        CloseReason.Left => "You left.",
        CloseReason.ServerStopping => "The server is stopping.",
        CloseReason.Moving => "This node is stopping; another one takes over.",
        CloseReason.TooSlow => "You read too slowly; what waited for you was more than the server keeps.",
        CloseReason.Silent => "Nothing was heard from you for too long.",
        CloseReason.HelloTimeout => "No valid Hello came in time.",
        CloseReason.FrameTimeout => "A frame was begun and not finished in time.",
        CloseReason.FrameTooLarge => "A frame's length is above the limit, or this isn't the ChatLock protocol.",
        CloseReason.Malformed => "These bytes are not a frame of the ChatLock protocol.",
        CloseReason.UnexpectedFrame => "That frame isn't allowed at this point.",
        CloseReason.BadProof => "The signature doesn't prove that you hold the key.",
        CloseReason.BadKey => "A key is not a point on the curve P-256.",
        CloseReason.TakenOver => "The same key connected again and took this session over.",
        CloseReason.TooManyConnections => "There are too many connections from your address.",
        CloseReason.InternalError => "Something went wrong in the server.",
        CloseReason.ConnectionLost => "The connection was lost.",
        CloseReason.Kicked => "You were sent out of the room.",
        _ => "The connection was ended.",
    };
}
