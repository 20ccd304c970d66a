using System.Buffers;
using System.Buffers.Binary;

namespace ChatLock.Protocol.Framing;

/// <summary>What <see cref="LengthPrefix.TryRead"/> found at the front of a stream.</summary>
public enum FrameRead
{
    /// <summary>The frame isn't all there yet; the buffer was left as it was.</summary>
    NeedMore,

    /// <summary>One body was cut off the front.</summary>
    Complete,

    /// <summary>The length is above the limit. Nothing was allocated from it; the stream can't be read on.</summary>
    TooLarge,

    /// <summary>The length is 0: no frame of this protocol is empty. The stream can't be read on.</summary>
    Empty,
}

/// <summary>Frames on a byte stream: a 4-byte big-endian unsigned length, then that many bytes of body.</summary>
/// <remarks>docs/PROTOCOL.md section 2. A WebSocket message is one body without the prefix.</remarks>
public static class LengthPrefix
{
    /// <summary>Length of the prefix, in bytes.</summary>
    public const int Bytes = 4;

    /// <summary>Takes one frame body from the front of <paramref name="buffer"/>, if it is all there.</summary>
    /// <param name="buffer">Bytes received so far; cut past the frame on <see cref="FrameRead.Complete"/>,
    /// untouched otherwise.</param>
    /// <param name="bodyMaxBytes">Longest body accepted, in bytes.</param>
    /// <param name="body">The body, without its length; a view into <paramref name="buffer"/>, not a copy.</param>
    /// <remarks>docs/PROTOCOL.md section 2. A length with the top bit set reads as above 2 GiB: too large.</remarks>
    public static FrameRead TryRead(
        ref ReadOnlySequence<byte> buffer, int bodyMaxBytes, out ReadOnlySequence<byte> body)
    {
        body = default;
        if (buffer.Length < Bytes)
            return FrameRead.NeedMore;

        Span<byte> prefix = stackalloc byte[Bytes];
        buffer.Slice(0, Bytes).CopyTo(prefix);
        var length = BinaryPrimitives.ReadUInt32BigEndian(prefix);
        if (length == 0)
            return FrameRead.Empty;
        if (length > (uint)bodyMaxBytes)
            return FrameRead.TooLarge;
        if (buffer.Length - Bytes < length)
            return FrameRead.NeedMore;

        body = buffer.Slice(Bytes, length);
        buffer = buffer.Slice(body.End);
        return FrameRead.Complete;
    }
}
