using System.Buffers;

namespace ChatLock.Protocol.Tests.Framing;

/// <summary>Bytes as a network delivers them: in pieces.</summary>
internal static class TwoSegments
{
    public static ReadOnlySequence<byte> Of(ReadOnlyMemory<byte> bytes, int cut)
    {
        var first = new Segment(bytes[..cut], 0);
        var last = first.Append(bytes[cut..]);
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    /// <summary>Each byte in a segment of its own.</summary>
    public static ReadOnlySequence<byte> OneByOne(ReadOnlyMemory<byte> bytes)
    {
        var first = new Segment(bytes[..1], 0);
        var last = first;
        for (var i = 1; i < bytes.Length; i++)
            last = last.Append(bytes.Slice(i, 1));
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, long at) => (Memory, RunningIndex) = (memory, at);

        public Segment Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Segment(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
