using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Protocol.Framing;

/// <summary>Turns a body into a frame. Bad bytes are an answer, <c>false</c>, never an exception.</summary>
/// <remarks>docs/PROTOCOL.md section 2. Bounds: a body is at most the frame limit, nesting at most 100 deep.</remarks>
public static class FrameBody
{
    /// <summary>Reads what a client sent.</summary>
    /// <param name="body">One body without its length prefix.</param>
    /// <param name="frame">The frame; its body case is <c>None</c> where a newer client sent one unknown here.</param>
    /// <returns><c>false</c> for bytes that are no frame of this protocol.</returns>
    public static bool TryRead(ReadOnlySequence<byte> body, [NotNullWhen(true)] out ClientFrame? frame) =>
        TryParse(ClientFrame.Parser, body, out frame);

    /// <summary>Reads what a server sent.</summary>
    /// <param name="body">One body without its length prefix.</param>
    /// <param name="frame">The frame; its body case is <c>None</c> where a newer server sent one unknown here.</param>
    /// <returns><c>false</c> for bytes that are no frame of this protocol.</returns>
    public static bool TryRead(ReadOnlySequence<byte> body, [NotNullWhen(true)] out ServerFrame? frame) =>
        TryParse(ServerFrame.Parser, body, out frame);

    private static bool TryParse<T>(
        MessageParser<T> parser, ReadOnlySequence<byte> body, [NotNullWhen(true)] out T? frame)
        where T : class, IMessage<T>
    {
        try
        {
            frame = parser.ParseFrom(body);
            return true;
        }
        catch (InvalidProtocolBufferException)
        {
            frame = null;
            return false;
        }
    }
}
